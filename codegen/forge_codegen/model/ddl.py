# SPDX-License-Identifier: MIT
"""What a database holds of a schema: tables, columns, keys, constraints, indexes, views, triggers. Mirrors
the C++ values.

`to_json` is what hashes are made of: values that equal their default are left out, so that a later release
may add fields without changing the hashes of files that do not use them; columns are sorted, as their order
means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from forge_codegen.model.defaults import Default, ddl_default
from forge_codegen.model.types import Type

if TYPE_CHECKING:
    from forge_codegen.model.full_text import FullText


@dataclass(frozen=True)
class PerDialect:
    """A text that may differ between the dialects; empty where there is none."""

    sqlite: str = ""
    postgres: str = ""

    def __bool__(self) -> bool:
        return bool(self.sqlite or self.postgres)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that are there, each once."""
        return tuple(dict.fromkeys(text for text in (self.sqlite, self.postgres) if text))

    def describe(self) -> str:
        """
        >>> PerDialect("a  b", "a b").describe(), PerDialect("x").describe()
        ('a b', 'x (sqlite)')
        >>> PerDialect("NOCASE", "und").describe()
        'NOCASE (sqlite), und (postgres)'
        """
        texts = {"sqlite": one_space(self.sqlite), "postgres": one_space(self.postgres)}
        if texts["sqlite"] == texts["postgres"]:
            return texts["sqlite"] or "none"
        return ", ".join(f"{text} ({dialect})" for dialect, text in texts.items() if text)


@dataclass(frozen=True)
class Generated:
    """The expression of a generated column; `stored` keeps its value in the row."""

    expression: PerDialect
    stored: bool = False

    def describe(self) -> str:
        return f"{self.expression.describe()}{', stored' if self.stored else ''}"


@dataclass(frozen=True)
class Column:
    name: str
    type: Type
    nullable: bool = False
    default: Default | None = None
    collation: PerDialect = PerDialect()
    generated: Generated | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The expressions that its value is computed by."""
        return self.generated.expression.texts if self.generated is not None else ()

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
            dimensions=kind.dimensions,
            nullable=self.nullable,
            sqlite_default=self.sqlite_default,
            postgres_default=self.postgres_default,
            sqlite_collation=self.collation.sqlite,
            postgres_collation=self.collation.postgres,
            sqlite_generated=self.generated.expression.sqlite if self.generated else "",
            postgres_generated=self.generated.expression.postgres if self.generated else "",
            stored=self.generated is not None and self.generated.stored,
        )


@dataclass(frozen=True)
class ForeignKey:
    """`ref_schema` names the other schema of the same database that the referenced table belongs to."""

    name: str
    columns: tuple[str, ...]
    ref_table: str
    ref_columns: tuple[str, ...]
    on_delete: str = "no_action"
    on_update: str = "no_action"
    ref_schema: str = ""

    @property
    def target(self) -> str:
        """The referenced table as specs name it."""
        return f"{self.ref_schema}.{self.ref_table}" if self.ref_schema else self.ref_table

    def refers_to(self, table: str) -> bool:
        """Whether the key refers to that table of its own schema."""
        return self.ref_table == table and not self.ref_schema

    def to_json(self) -> dict[str, Any]:
        return _filled(
            name=self.name,
            columns=self.columns,
            ref_table=self.ref_table,
            ref_columns=self.ref_columns,
            on_delete="" if self.on_delete == "no_action" else self.on_delete,
            on_update="" if self.on_update == "no_action" else self.on_update,
            ref_schema=self.ref_schema,
        )


@dataclass(frozen=True)
class Unique:
    name: str
    columns: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return _filled(name=self.name, columns=self.columns)


@dataclass(frozen=True)
class Check:
    """`postgres` is PostgreSQL's text where it is another one than `expression`."""

    name: str
    expression: str
    postgres: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return PerDialect(self.expression, self.postgres).texts

    def to_json(self) -> dict[str, Any]:
        return _filled(name=self.name, expression=self.expression, postgres=self.postgres)


@dataclass(frozen=True)
class IndexColumn:
    """A column, or (without a name) an expression."""

    name: str
    descending: bool = False
    expression: PerDialect = PerDialect()
    collation: PerDialect = PerDialect()

    @property
    def is_plain(self) -> bool:
        return not self.expression and not self.collation

    def __str__(self) -> str:
        """
        >>> str(IndexColumn("a", True)), str(IndexColumn("", False, PerDialect("lower(a)", "lower(a)")))
        ('a desc', '(lower(a))')
        """
        shown = self.name or f"({self.expression.describe()})"
        collation = f" collate {self.collation.describe()}" if self.collation else ""
        return shown + collation + (" desc" if self.descending else "")

    def to_json(self) -> str | dict[str, Any]:
        if self.is_plain:
            return str(self)
        return _filled(
            name=self.name,
            descending=self.descending,
            sqlite_expression=self.expression.sqlite,
            postgres_expression=self.expression.postgres,
            sqlite_collation=self.collation.sqlite,
            postgres_collation=self.collation.postgres,
        )


@dataclass(frozen=True)
class Index:
    """`include` are columns kept beside the key; `postgres_where` is PostgreSQL's text if it differs."""

    name: str
    table: str
    columns: tuple[IndexColumn, ...]
    unique: bool = False
    where: str = ""
    postgres_where: str = ""
    include: tuple[str, ...] = ()

    @property
    def plain_columns(self) -> tuple[str, ...]:
        """The columns that the index keeps unique in every row; none when partial or of expressions."""
        return () if self.where else self.key_columns

    @property
    def key_columns(self) -> tuple[str, ...]:
        """Its columns; none when it is of expressions."""
        if any(column.expression for column in self.columns):
            return ()
        return tuple(column.name for column in self.columns)

    @property
    def is_key(self) -> bool:
        """Whether foreign keys may refer to its columns: unique in every row, as the columns compare."""
        return self.unique and bool(self.plain_columns) and all(column.is_plain for column in self.columns)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every SQL text in it."""
        wheres = PerDialect(self.where, self.postgres_where).texts
        return (*wheres, *(text for column in self.columns for text in column.expression.texts))

    def to_json(self) -> dict[str, Any]:
        return _filled(
            name=self.name,
            table=self.table,
            columns=[column.to_json() for column in self.columns],
            unique=self.unique,
            where=self.where,
            postgres_where=self.postgres_where,
            include=self.include,
        )


@dataclass(frozen=True)
class View:
    """A select with a name."""

    name: str
    sql: PerDialect

    def to_json(self) -> dict[str, Any]:
        return _filled(name=self.name, sqlite=self.sql.sqlite, postgres=self.sql.postgres)


@dataclass(frozen=True)
class Trigger:
    """What follows `create trigger name`, per dialect; `table` may be a view. `postgres_function` is the body
    of the trigger's own function.
    """

    name: str
    table: str
    sql: PerDialect
    postgres_function: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text in (*self.sql.texts, self.postgres_function) if text)

    def to_json(self) -> dict[str, Any]:
        return _filled(
            name=self.name,
            table=self.table,
            sqlite=self.sql.sqlite,
            postgres=self.sql.postgres,
            postgres_function=self.postgres_function,
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
    strict: bool = False
    without_rowid: bool = False

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def foreign_key_of(self, column: str) -> ForeignKey | None:
        """The key over that column alone."""
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
            strict=self.strict,
            without_rowid=self.without_rowid,
        )


@dataclass(frozen=True)
class State:
    """Everything in the database at one moment of a schema's history. Views stand behind those they use."""

    tables: tuple[Table, ...] = ()
    indexes: tuple[Index, ...] = ()
    views: tuple[View, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    full_texts: tuple[FullText, ...] = ()

    def table(self, name: str) -> Table | None:
        return next((table for table in self.tables if table.name == name), None)

    def index(self, name: str) -> Index | None:
        return next((index for index in self.indexes if index.name == name), None)

    def indexes_of(self, table: str) -> tuple[Index, ...]:
        return tuple(index for index in self.indexes if index.table == table)

    def unique_sets(self, table: Table) -> frozenset[frozenset[str]]:
        """The sets of its columns that foreign keys may refer to: no two rows share their values."""
        full = (index for index in self.indexes_of(table.name) if index.is_key)
        sets = (table.primary_key, *(u.columns for u in table.uniques), *(i.plain_columns for i in full))
        return frozenset(frozenset(columns) for columns in sets)

    def unfounded_keys(self) -> Iterator[tuple[Table, ForeignKey]]:
        """The keys that refer to columns of this schema which are not unique, each with its table."""
        for table in self.tables:
            for key in table.foreign_keys:
                target = None if key.ref_schema else self.table(key.ref_table)
                if target is not None and frozenset(key.ref_columns) not in self.unique_sets(target):
                    yield table, key

    def view(self, name: str) -> View | None:
        return next((view for view in self.views if view.name == name), None)

    def trigger(self, name: str) -> Trigger | None:
        return next((trigger for trigger in self.triggers if trigger.name == name), None)

    def full_text(self, table: str) -> FullText | None:
        return next((one for one in self.full_texts if one.table == table), None)

    def full_text_behind(self, trigger: str) -> FullText | None:
        """The full-text index that the trigger keeps in step, if any does."""
        return next((one for one in self.full_texts if trigger in [own.name for own in one.triggers]), None)

    def triggers_of(self, table: str) -> tuple[Trigger, ...]:
        return tuple(trigger for trigger in self.triggers if trigger.table == table)

    def to_json(self) -> dict[str, Any]:
        later = _filled(
            views=_sorted(self.views),
            triggers=_sorted(self.triggers),
            full_texts=_sorted(self.full_texts),
        )
        return {"tables": _sorted(self.tables), "indexes": _sorted(self.indexes), **later}


def one_space(text: str) -> str:
    """SQL as it is compared: white space does not matter.

    >>> one_space(" a\\n  b ")
    'a b'
    """
    return " ".join(text.split())


def mentions(expression: str, name: str) -> bool:
    """Whether SQL text names a column, table or view.

    >>> mentions("score is not null", "score"), mentions("scores > 1", "score"), mentions("SCORE", "score")
    (True, False, True)
    """
    return re.search(rf"(?i)(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", expression) is not None


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, False, 0, "", (), [])}


def _sorted(values: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [value.to_json() for value in sorted(values, key=lambda value: value.name)]
