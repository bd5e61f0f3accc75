# SPDX-License-Identifier: MIT
"""A spec's meaning: schema, tables, columns, enums and what repositories list by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forge_codegen.model import ddl
from forge_codegen.model.analytics import Analytics
from forge_codegen.model.behaviours import NO_BEHAVIOURS, Behaviours
from forge_codegen.model.defaults import Default
from forge_codegen.model.full_text import FullText
from forge_codegen.model.guards import NO_GUARDS, Guards
from forge_codegen.model.queries import NamedQuery
from forge_codegen.model.relation import Relation
from forge_codegen.model.types import Type
from forge_codegen.spec.diagnostics import Location

NO_TEXT = ddl.PerDialect()


@dataclass(frozen=True)
class EnumValue:
    enumerator: str
    text: str


@dataclass(frozen=True)
class Enum:
    name: str
    values: tuple[EnumValue, ...]
    doc: str = ""
    struct: str = ""

    @property
    def type_name(self) -> str:
        """The C++ enum."""
        return self.struct or self.name

    def enumerator_of(self, text: str) -> str:
        return next(value.enumerator for value in self.values if value.text == text)


@dataclass(frozen=True)
class Reference:
    """`schema` names another schema of the same database; empty for the column's own."""

    table: str
    column: str
    on_delete: str = "no_action"
    schema: str = ""

    @property
    def target(self) -> str:
        return f"{self.schema}.{self.table}" if self.schema else self.table


@dataclass(frozen=True)
class Column:
    """`id_of` names the table whose typed id this column holds: its own, a referenced one, or, as
    `schema.table`, one of another schema. A `generated` column is computed by the database, never written.
    """

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
    collation: ddl.PerDialect = NO_TEXT
    generated: ddl.Generated | None = None
    secret: bool = False

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
        return ddl.Column(
            self.name, self.type.in_ddl(), self.nullable, default, self.collation, self.generated
        )


@dataclass(frozen=True)
class Filter:
    """One field of a generated filter. `search` looks in several columns, the last `lists` of which are lists
    of text, the others in one.
    """

    kind: str
    field: str
    columns: tuple[str, ...]
    lists: int = 0


@dataclass(frozen=True)
class Repository:
    filters: tuple[Filter, ...]
    sorts: tuple[str, ...]
    default_sort: str
    descending: bool
    page_default: int
    page_max: int
    cursor: bool = False
    analytics: tuple[Analytics, ...] = ()


@dataclass(frozen=True)
class Struct:
    """Columns that tables share and that rows hold as one C++ struct, `type_name`."""

    name: str
    type_name: str
    columns: tuple[Column, ...]
    doc: str = ""

    @property
    def members(self) -> set[str]:
        return _members(self.columns)


@dataclass(frozen=True)
class Embed:
    """A struct in a table: the field `name` of its rows, which holds the columns from number `first` on. A
    nullable one is not there when all its columns are NULL.
    """

    name: str
    struct: Struct
    first: int
    nullable: bool = False
    doc: str = ""

    def holds(self, index: int) -> bool:
        return self.first <= index < self.first + len(self.struct.columns)


def _members(columns: tuple[Column, ...]) -> set[str]:
    return {name for column in columns for name in (column.name, f"{column.name}_t")}


@dataclass(frozen=True)
class Table:
    """`columns` stand as in the row struct: generated ones behind those that are written."""

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
    table_keys: tuple[ddl.ForeignKey, ...] = ()
    triggers: tuple[ddl.Trigger, ...] = ()
    strict: bool = False
    without_rowid: bool = False
    adopt: tuple[str, ...] = ()
    embeds: tuple[Embed, ...] = ()
    guards: Guards = NO_GUARDS
    behaviours: Behaviours = NO_BEHAVIOURS
    relations: tuple[Relation, ...] = ()
    full_text: FullText | None = None

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def members(self) -> set[str]:
        """The names that members of the generated structs have."""
        filters = {found.field for found in self.repository.filters}
        return _members(self.columns) | filters | {embed.name for embed in self.embeds}

    @property
    def generated_key(self) -> bool:
        """Whether the database assigns the key: one integer that refers to nothing and has no default. SQLite
        assigns rowids only.
        """
        if len(self.primary_key) != 1 or self.without_rowid:
            return False
        key = self.column(self.primary_key[0])
        refers = key.reference is not None or any(of.columns == (key.name,) for of in self.table_keys)
        return key.type.kind in ("int32", "int64") and not refers and not key.has_default

    @property
    def conflict_targets(self) -> Iterator[tuple[str, ...]]:
        """Column sets that ON CONFLICT may name, beside the primary key."""
        yield from (unique.columns for unique in self.uniques)
        for index in self.indexes:
            if index.unique and index.plain_columns:
                yield index.plain_columns
        yield from (index.key_columns for index in self.living_uniques)

    @property
    def living_uniques(self) -> Iterator[ddl.Index]:
        """The indexes that keep columns unique among the living rows."""
        soft_delete = self.guards.soft_delete
        for index in self.indexes:
            if (
                soft_delete is not None
                and index.unique
                and index.where == soft_delete.living
                and index.key_columns
            ):
                yield index

    @property
    def unique_sets(self) -> frozenset[frozenset[str]]:
        """The sets of columns that foreign keys may refer to."""
        return ddl.State(indexes=self.indexes).unique_sets(self.to_ddl())

    @property
    def foreign_keys(self) -> Iterator[ddl.ForeignKey]:
        """Those of the columns' `references`, then those of the table's `foreign_keys`."""
        for column in self.columns:
            if column.reference is not None:
                name = f"fk_{self.name}_{column.name}"
                to = column.reference
                yield ddl.ForeignKey(
                    name, (column.name,), to.table, (to.column,), to.on_delete, ref_schema=to.schema
                )
        yield from self.table_keys

    def to_ddl(self) -> ddl.Table:
        return ddl.Table(
            name=self.name,
            columns=tuple(column.to_ddl() for column in self.columns),
            primary_key=self.primary_key,
            autoincrement=self.autoincrement,
            uniques=self.uniques,
            foreign_keys=tuple(self.foreign_keys),
            checks=self.checks,
            strict=self.strict,
            without_rowid=self.without_rowid,
        )


@dataclass(frozen=True)
class View:
    """A select with a name, whose rows are read and never written. `columns` are what the spec says that it
    returns: the database does not know their types. `primary_key` is the key that the spec names, if any.
    """

    name: str
    struct: str
    columns: tuple[Column, ...]
    sql: ddl.PerDialect
    repository: Repository
    at: Location
    primary_key: tuple[str, ...] = ()
    doc: str = ""
    triggers: tuple[ddl.Trigger, ...] = ()
    guards: Guards = NO_GUARDS

    @property
    def members(self) -> set[str]:
        """The names that members of the generated structs have."""
        return _members(self.columns) | {found.field for found in self.repository.filters}

    @property
    def embeds(self) -> tuple[Embed, ...]:
        return ()

    @property
    def generated_key(self) -> bool:
        return False

    @property
    def conflict_targets(self) -> Iterator[tuple[str, ...]]:
        """None: nothing is inserted into a view."""
        yield from ()

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def to_ddl(self) -> ddl.View:
        return ddl.View(self.name, self.sql)


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
    views: tuple[View, ...] = ()
    uses: tuple[Schema, ...] = ()
    structs: tuple[Struct, ...] = ()
    queries: tuple[NamedQuery, ...] = ()

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def enum(self, name: str) -> Enum:
        return next(enum for enum in self.enums if enum.name == name)

    def all_used(self) -> tuple[Schema, ...]:
        """The schemas that this one uses, and those that these use; each once."""
        found = {used.name: used for used in self.uses}
        for used in self.uses:
            found |= {other.name: other for other in used.all_used()}
        return tuple(found.values())

    def used(self, name: str) -> Schema:
        """A schema of the same database that this one refers to, perhaps by way of another one."""
        return next(schema for schema in self.all_used() if schema.name == name)

    def id_owner(self, id_of: str) -> tuple[Schema, Table]:
        """The schema and the table that a column's `id_of` names."""
        schema, _, table = id_of.rpartition(".")
        owner = self.used(schema) if schema else self
        return owner, owner.table(table)

    def to_ddl(self) -> ddl.State:
        owners = (*self.tables, *self.views)
        full_texts = tuple(table.full_text for table in self.tables if table.full_text is not None)
        return ddl.State(
            tables=tuple(table.to_ddl() for table in self.tables),
            indexes=tuple(index for table in self.tables for index in table.indexes),
            views=tuple(view.to_ddl() for view in self.views),
            triggers=tuple(trigger for owner in owners for trigger in owner.triggers)
            + tuple(trigger for one in full_texts for trigger in one.triggers),
            full_texts=full_texts,
        )
