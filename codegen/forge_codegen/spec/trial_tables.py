# SPDX-License-Identifier: MIT
"""The tables of a spec as SQL texts of it are compiled against them, in a database in memory.

A column's type says which column it is, and SQLite hands it on to the columns of a view that are taken from
it as they are. The keys are those that ON CONFLICT may name.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from forge_codegen.model import ddl
from forge_codegen.model.schema import Column, Table, View
from forge_codegen.model.types import Type
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.sql_pieces import without_double_quotes
from forge_codegen.spec.table_parts import TableParts

Failure = (sqlite3.Error, sqlite3.Warning)
_KEY = "_forge_key"


@dataclass(frozen=True)
class SourceColumn:
    """A column as far as trials need it; the type is None where that is wrong."""

    text: str
    type: Type | None
    nullable: bool
    generated: bool
    secret: bool


@dataclass(frozen=True)
class Source:
    """A table, or a view that another one reads. `keys` are what stands behind ON in its unique indexes."""

    name: str
    columns: tuple[SourceColumn, ...]
    keys: tuple[str, ...] = ()

    @staticmethod
    def of_drafts(name: str, drafts: Iterable[ColumnDraft], parts: TableParts | None = None) -> Source:
        """What is being read now; a view has no parts."""
        return Source(name, tuple(map(_of_draft, drafts)), _keys(parts) if parts is not None else ())

    @staticmethod
    def of_used(of: Table | View) -> Source:
        """What has been read."""
        return Source(of.name, tuple(map(_of_column, of.columns)), _keys(of) if isinstance(of, Table) else ())

    def column(self, name: str) -> SourceColumn | None:
        return next((column for column in self.columns if column.text == name), None)


def tagged(sources: Iterable[Source]) -> list[tuple[Source, SourceColumn]]:
    """The columns that the types of make_tables() say, by number: `tag0` is the first."""
    return [(source, column) for source in sources for column in source.columns]


def make_tables(database: sqlite3.Connection, sources: Iterable[Source]) -> None:
    """Makes each of them a table, also the views."""
    tag = 0
    for source in sources:
        columns = [
            f"`{column.text}` tag{tag + at}{' as (null)' if column.generated else ''}"
            for at, column in enumerate(source.columns)
        ]
        tag += len(columns)
        database.execute(f"create table `{source.name}` ({', '.join(columns)})")
        for number, key in enumerate(source.keys):
            with contextlib.suppress(*Failure):  # a wrong one is told where the table's parts are
                database.execute(
                    f"create unique index `{_KEY}_{source.name}_{number}` on `{source.name}` {key}"
                )


def _keys(of: Table | TableParts) -> tuple[str, ...]:
    columns = [of.primary_key, *(unique.columns for unique in of.uniques)]
    plain = (f"({', '.join(map(_quoted, names))})" for names in columns if names)
    return (*plain, *(_key(index) for index in of.indexes if index.unique))


def _key(index: ddl.Index) -> str:
    columns = (
        _quoted(column.name) if column.name else f"({without_double_quotes(column.expression.sqlite)})"
        for column in index.columns
    )
    where = f" where {without_double_quotes(index.where)}" if index.where else ""
    return f"({', '.join(columns)}){where}"


def _quoted(name: str) -> str:
    return f"`{name}`"


def _of_draft(of: ColumnDraft) -> SourceColumn:
    record = of.record
    return SourceColumn(
        of.text, of.type, of.nullable, record["generated"] is not None, bool(record["secret"])
    )


def _of_column(of: Column) -> SourceColumn:
    return SourceColumn(of.name, of.type, of.nullable, of.generated is not None, of.secret)
