# SPDX-License-Identifier: MIT
"""What a database holds of a schema: tables, columns, keys, constraints, indexes. Mirrors the C++ values.

`to_json` is what hashes are made of: values that equal their default are left out, so that a later release
may add fields without changing the hashes of files that do not use them; columns are sorted, as their order
means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from forge_codegen.model.defaults import Default, ddl_default
from forge_codegen.model.types import Type


@dataclass(frozen=True)
class Column:
    name: str
    type: Type
    nullable: bool = False
    default: Default | None = None

    @property
    def sqlite_default(self) -> str | None:
        return ddl_default(self.default, self.type, "sqlite")

    @property
    def postgres_default(self) -> str | None:
        return ddl_default(self.default, self.type, "postgres")

    def to_json(self) -> dict[str, Any]:
        kind = self.type
        return _filled(
            name=self.name,
            type=kind.kind,
            storage="" if kind.storage == kind.info.storages[0].name else kind.storage,
            length=kind.length,
            precision=kind.precision,
            scale=kind.scale,
            nullable=self.nullable,
            sqlite_default=self.sqlite_default,
            postgres_default=self.postgres_default,
        )


@dataclass(frozen=True)
class ForeignKey:
    name: str
    columns: tuple[str, ...]
    ref_table: str
    ref_columns: tuple[str, ...]
    on_delete: str = "no_action"
    on_update: str = "no_action"

    def to_json(self) -> dict[str, Any]:
        return _filled(
            name=self.name,
            columns=self.columns,
            ref_table=self.ref_table,
            ref_columns=self.ref_columns,
            on_delete="" if self.on_delete == "no_action" else self.on_delete,
            on_update="" if self.on_update == "no_action" else self.on_update,
        )


@dataclass(frozen=True)
class Unique:
    name: str
    columns: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return _filled(name=self.name, columns=self.columns)


@dataclass(frozen=True)
class Check:
    name: str
    expression: str

    def to_json(self) -> dict[str, Any]:
        return _filled(name=self.name, expression=self.expression)


@dataclass(frozen=True)
class IndexColumn:
    name: str
    descending: bool = False

    def __str__(self) -> str:
        return f"{self.name} desc" if self.descending else self.name


@dataclass(frozen=True)
class Index:
    name: str
    table: str
    columns: tuple[IndexColumn, ...]
    unique: bool = False
    where: str = ""

    def to_json(self) -> dict[str, Any]:
        columns = [str(column) for column in self.columns]
        return _filled(
            name=self.name, table=self.table, columns=columns, unique=self.unique, where=self.where
        )


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    autoincrement: bool = False
    uniques: tuple[Unique, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def foreign_key_of(self, column: str) -> ForeignKey | None:
        return next((key for key in self.foreign_keys if key.columns == (column,)), None)

    def with_columns(self, columns: tuple[Column, ...]) -> Table:
        return replace(self, columns=columns)

    def to_json(self) -> dict[str, Any]:
        return _filled(
            name=self.name,
            columns=_sorted(self.columns),
            primary_key=self.primary_key,
            autoincrement=self.autoincrement,
            uniques=_sorted(self.uniques),
            foreign_keys=_sorted(self.foreign_keys),
            checks=_sorted(self.checks),
        )


@dataclass(frozen=True)
class State:
    """All tables and indexes at one moment of a schema's history."""

    tables: tuple[Table, ...] = ()
    indexes: tuple[Index, ...] = ()

    def table(self, name: str) -> Table | None:
        return next((table for table in self.tables if table.name == name), None)

    def index(self, name: str) -> Index | None:
        return next((index for index in self.indexes if index.name == name), None)

    def indexes_of(self, table: str) -> tuple[Index, ...]:
        return tuple(index for index in self.indexes if index.table == table)

    def to_json(self) -> dict[str, Any]:
        return {"tables": _sorted(self.tables), "indexes": _sorted(self.indexes)}


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, False, 0, "", (), [])}


def _sorted(values: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [value.to_json() for value in sorted(values, key=lambda value: value.name)]
