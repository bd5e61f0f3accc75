# SPDX-License-Identifier: MIT
"""What a table's repository does beside reading and writing rows: the behaviours of a spec."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """A table of settings: `value` by `key`, which is unique within the columns `scope`."""

    scope: tuple[str, ...]
    key: str
    value: str


@dataclass(frozen=True)
class Quota:
    """A table of counters: `count` by the columns `key` and a `period`: every hour, day, month or year. No
    limit is -1.
    """

    key: tuple[str, ...]
    period: str
    count: str
    every: str
    limit: int = -1


@dataclass(frozen=True)
class Tree:
    """Rows below rows of the same table. `name` and `depth` are empty where the rows have none."""

    parent: str
    name: str
    depth: str
    max_depth: int


@dataclass(frozen=True)
class Versions:
    """Former contents of a row: `columns`, in the table `table`, whose column `of` refers to the row.
    `number` is a column of both; `note` one of the other table, or empty.
    """

    table: str
    of: str
    columns: tuple[str, ...]
    number: str
    note: str


@dataclass(frozen=True)
class Audit:
    """Changes of the rows are logged in `table`, in columns that are empty where it has none."""

    table: str
    action: str
    actor: str
    entity: str
    entity_id: str
    changes: str
    note: str


@dataclass(frozen=True)
class CascadeLink:
    """A foreign key from a reached table to another one, by their places in `Cascade.tables`. `action` is
    `removed`, `cleared` or `blocking`; `columns` are pairs of the referring column and the one referred to.
    """

    child: int
    parent: int
    action: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cascade:
    """What the removal of a row reaches: tables, the row's own first, and the foreign keys between them."""

    tables: tuple[str, ...]
    links: tuple[CascadeLink, ...]


@dataclass(frozen=True)
class Behaviours:
    """What is None, or empty, the table does without."""

    get_or_create: tuple[str, ...] = ()
    settings: Settings | None = None
    quota: Quota | None = None
    tree: Tree | None = None
    versions: Versions | None = None
    audit: Audit | None = None
    tags: tuple[str, ...] = ()
    cascade: Cascade | None = None


NO_BEHAVIOURS = Behaviours()
