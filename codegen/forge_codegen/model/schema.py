# SPDX-License-Identifier: MIT
"""A spec's meaning: schema, tables, columns, enums and what repositories list by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forge_codegen.model import ddl
from forge_codegen.model.defaults import Default
from forge_codegen.model.types import Type
from forge_codegen.spec.diagnostics import Location


@dataclass(frozen=True)
class EnumValue:
    enumerator: str
    text: str


@dataclass(frozen=True)
class Enum:
    name: str
    values: tuple[EnumValue, ...]
    doc: str = ""

    def enumerator_of(self, text: str) -> str:
        return next(value.enumerator for value in self.values if value.text == text)


@dataclass(frozen=True)
class Reference:
    table: str
    column: str
    on_delete: str = "no_action"


@dataclass(frozen=True)
class Column:
    """`id_of` names the table whose typed id this column holds (its own, or a referenced one)."""

    name: str
    type: Type
    at: Location
    nullable: bool = False
    default: Default | None = None
    client_default: Default | None = None
    on_update_now: bool = False
    reference: Reference | None = None
    id_of: str = ""
    doc: str = ""
    was: str = ""

    @property
    def fill(self) -> Default | None:
        """What ForgeDB itself puts into an unset column of an insert."""
        chosen = self.client_default or self.default
        return chosen if chosen is not None and chosen.fills_in_cpp else None

    @property
    def has_default(self) -> bool:
        return self.default is not None or self.client_default is not None

    def to_ddl(self) -> ddl.Column:
        default = self.default if self.default is not None and self.default.in_ddl else None
        return ddl.Column(self.name, self.type.in_ddl(), self.nullable, default)


@dataclass(frozen=True)
class Filter:
    """One field of a generated filter. `search` looks in several columns, the others in one."""

    kind: str
    field: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Repository:
    filters: tuple[Filter, ...]
    sorts: tuple[str, ...]
    default_sort: str
    descending: bool
    page_default: int
    page_max: int


@dataclass(frozen=True)
class Table:
    name: str
    struct: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    repository: Repository
    at: Location
    autoincrement: bool = False
    uniques: tuple[ddl.Unique, ...] = ()
    checks: tuple[ddl.Check, ...] = ()
    indexes: tuple[ddl.Index, ...] = ()
    doc: str = ""
    was: str = ""

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def generated_key(self) -> bool:
        """Whether the database assigns the key: one integer that refers to nothing and has no default."""
        if len(self.primary_key) != 1:
            return False
        key = self.column(self.primary_key[0])
        return key.type.kind in ("int32", "int64") and key.reference is None and not key.has_default

    @property
    def conflict_targets(self) -> Iterator[tuple[str, ...]]:
        """Column sets that ON CONFLICT may name, beside the primary key."""
        yield from (unique.columns for unique in self.uniques)
        for index in self.indexes:
            if index.unique and not index.where:
                yield tuple(column.name for column in index.columns)

    @property
    def foreign_keys(self) -> Iterator[ddl.ForeignKey]:
        for column in self.columns:
            if column.reference is not None:
                name = f"fk_{self.name}_{column.name}"
                to = column.reference
                yield ddl.ForeignKey(name, (column.name,), to.table, (to.column,), to.on_delete)

    def to_ddl(self) -> ddl.Table:
        return ddl.Table(
            name=self.name,
            columns=tuple(column.to_ddl() for column in self.columns),
            primary_key=self.primary_key,
            autoincrement=self.autoincrement,
            uniques=self.uniques,
            foreign_keys=tuple(self.foreign_keys),
            checks=self.checks,
        )


@dataclass(frozen=True)
class EveryStart:
    name: str
    doc: str


@dataclass(frozen=True)
class Schema:
    name: str
    namespace: str
    source: str
    tables: tuple[Table, ...]
    enums: tuple[Enum, ...] = ()
    every_start: tuple[EveryStart, ...] = ()
    doc: str = ""
    licence: str = ""

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def enum(self, name: str) -> Enum:
        return next(enum for enum in self.enums if enum.name == name)

    def to_ddl(self) -> ddl.State:
        indexes = tuple(index for table in self.tables for index in table.indexes)
        return ddl.State(tuple(table.to_ddl() for table in self.tables), indexes)
