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
class Behaviours:
    """What is None, or empty, the table does without."""

    get_or_create: tuple[str, ...] = ()
    settings: Settings | None = None
    quota: Quota | None = None
    tree: Tree | None = None
