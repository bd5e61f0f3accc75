# SPDX-License-Identifier: MIT
"""The changes of alter_table, each a function from a table to the changed table."""

from __future__ import annotations

from dataclasses import replace

from forge_codegen.migrations.columns import ColumnReader
from forge_codegen.migrations.foreign_keys import check_key
from forge_codegen.migrations.objects import MAKE_AGAIN, user_of
from forge_codegen.model import ddl
from forge_codegen.model.ddl import mentions
from forge_codegen.model.types import Type
from forge_codegen.spec.columns import ColumnDraft, read_columns
from forge_codegen.spec.default_values import read_default
from forge_codegen.spec.diagnostics import Location, Reporter, listed, nearest
from forge_codegen.spec.dialect_texts import DialectTexts
from forge_codegen.spec.nodes import Scalar, is_null
from forge_codegen.spec.shapes import Record
from forge_codegen.spec.table_parts import PartsReader

COMPUTED = ("collate", "generated")


class Alteration:
    """Applies changes to one table in order; what is wrong is reported and changes nothing."""

    def __init__(self, state: ddl.State, table: ddl.Table, report: Reporter) -> None:
        self._state = state
        self.table = table
        self._report = report
        self._reader = ColumnReader(state, table.name, report)

    def apply(self, kind: str, change: Record) -> None:
        getattr(self, f"_{kind}")(change)

    def column(self, name: Scalar) -> ddl.Column | None:
        """The column of that name, or None with an error."""
        found = self.table.column(name.text)
        if found is None:
            names = [column.name for column in self.table.columns]
            self._report.error(
                name.at,
                f"no column '{name.text}' in '{self.table.name}' at this point; there are "
                f"{listed(names)}{nearest(name.text, names)}",
            )
        return found

    def add_column(self, change: Record) -> tuple[ddl.Column, ddl.ForeignKey | None] | None:
        """Reads the new column and adds it; checks what holds for every way of adding one."""
        name = change["column"]
        if name is None:
            return None
        if self.table.column(name.text) is not None:
            self._report.error(
                name.at, f"table '{self.table.name}' has a column '{name.text}' already; remove this"
            )
            return None
        draft = self._reader.drafts([(name, change)])[0]
        column, key = self._reader.column(draft), self._reader.foreign_key(draft)
        if column is None:
            return None
        if change["primary_key"]:
            self._report.error(
                change.place("primary_key"), "a key column cannot be added to a table; not supported yet"
            )
        if not column.nullable and column.sqlite_default is None and column.generated is None:
            self._report.error(
                name.at,
                f"column '{name.text}' is not nullable and has no default, so existing rows would have "
                "no value; add a 'default', or add it nullable, fill it in a data step, and alter it",
            )
        reader = PartsReader(self.table.name, [name.text], self._report)
        parts = reader.read(Record({}, change.node, change.at), [draft])
        self.table = replace(
            self.table,
            columns=(*self.table.columns, column),
            foreign_keys=(*self.table.foreign_keys, *([key] if key else [])),
            uniques=(*self.table.uniques, *parts.uniques),
            checks=(*self.table.checks, *parts.checks),
        )
        return column, key

    def drop_column(self, name: Scalar) -> ddl.Column | None:
        """Removes a column that nothing else uses."""
        column = self.column(name)
        if column is None:
            return None
        user = self.user_of(name.text)
        if user:
            self._report.error(
                name.at, f"column '{name.text}' of '{self.table.name}' is used by {user}; drop that first"
            )
            return None
        self.table = replace(
            self.table,
            columns=tuple(other for other in self.table.columns if other.name != name.text),
            foreign_keys=tuple(key for key in self.table.foreign_keys if name.text not in key.columns),
        )
        return column

    def user_of(self, column: str) -> str:
        """What keeps a column from being dropped; empty when nothing does."""
        table = self.table
        if column in table.primary_key:
            return "the primary key"
        for unique in table.uniques:
            if column in unique.columns:
                return f"the unique constraint '{unique.name}'"
        for index in self._state.indexes_of(table.name):
            named = column in index.include or any(part.name == column for part in index.columns)
            if named or any(mentions(text, column) for text in index.texts):
                return f"the index '{index.name}'"
        for check in table.checks:
            if any(mentions(text, column) for text in check.texts):
                return f"the check '{check.name}'"
        for other in table.columns:
            if any(mentions(text, column) for text in other.texts):
                return f"the generated column '{other.name}'"
        for key in table.foreign_keys:
            if column in key.columns and len(key.columns) > 1:
                return f"the foreign key '{key.name}'"
        for other in self._state.tables:
            for key in other.foreign_keys:
                if key.refers_to(table.name) and column in key.ref_columns:
                    return f"the foreign key '{key.name}' of '{other.name}'"
        return user_of(self._state, table.name, column)

    def _add_column(self, change: Record) -> None:
        if change["index"]:
            self._report.error(
                change.place("index"),
                "'index' has no place inside alter_table; add a 'create_index' operation",
            )
        self.add_column(change)

    def _drop_column(self, change: Record) -> None:
        if change["column"] is not None:
            self.drop_column(change["column"])

    def _alter_column(self, change: Record) -> None:
        name = change["column"]
        column = self.column(name) if name is not None else None
        if column is None:
            return
        kind = self._altered_type(name, change, column)
        nullable = column.nullable if change["nullable"] is None else change["nullable"]
        default = column.default
        node = change.node.get("default")
        if is_null(node):
            default = None
        elif node is not None:
            default = read_default(node, "default", name.text, kind, None, self._report)
        user = user_of(self._state, self.table.name, name.text) if kind != column.type else ""
        if user:
            self._report.error(
                name.at, f"column '{name.text}' of '{self.table.name}' is used by {user}; {MAKE_AGAIN}"
            )
        new = replace(self._computed(name, change, column, kind), nullable=nullable, default=default)
        if new == column:
            self._report.error(change.at, f"alter_column of '{name.text}' changes nothing; remove it")
        if new.generated is not None and new.default is not None:
            self._report.error(
                change.at,
                f"column '{name.text}' has a default and would be generated; add 'default: null'",
            )
        self.table = self.table.with_columns(
            tuple(new if other.name == name.text else other for other in self.table.columns)
        )

    def _computed(self, name: Scalar, change: Record, column: ddl.Column, kind: Type) -> ddl.Column:
        """The column with its new type, collation and expression."""
        read = {key: None if is_null(change.node.get(key)) else change[key] for key in COMPUTED}
        draft = ColumnDraft(name, Record(read, change.node, change.at), kind)
        collation, generated = DialectTexts((), self._report).of_column(draft)
        if read["generated"] is not None and name.text in self.table.primary_key:
            self._report.error(
                change.place("generated"),
                f"column '{name.text}' is part of the primary key, which is written; remove 'generated'",
            )
        return replace(
            column,
            type=kind,
            collation=collation if change.given("collate") else column.collation,
            generated=generated if change.given("generated") else column.generated,
        )

    def _set_options(self, change: Record) -> None:
        strict, without_rowid = (
            getattr(self.table, key) if change[key] is None else change[key]
            for key in ("strict", "without_rowid")
        )
        if (strict, without_rowid) == (self.table.strict, self.table.without_rowid):
            self._report.error(change.at, f"set_options of '{self.table.name}' changes nothing; remove it")
        if without_rowid and self.table.autoincrement:
            self._report.error(
                change.place("without_rowid"),
                f"'{self.table.name}' numbers its rows by AUTOINCREMENT, which needs rowids",
            )
        self.table = replace(self.table, strict=strict, without_rowid=without_rowid)

    def _altered_type(self, name: Scalar, change: Record, column: ddl.Column) -> Type:
        if not any(change.given(key) for key in ("type", "enum", "length", "precision", "scale", "storage")):
            return column.type
        draft = read_columns([(name, change)], None, self._report)[0]
        if draft.type is None:
            return column.type
        kind = draft.type.in_ddl()
        if kind != column.type and "vector" in (kind.kind, column.type.kind):
            self._report.error(
                change.at,
                f"column '{name.text}' of type {column.type.describe()} cannot become {kind.describe()}: the "
                "values of a vector cannot be converted; add another column, and drop this one",
            )
        return kind

    def _add_unique(self, change: Record) -> None:
        unique = PartsReader(
            self.table.name, [column.name for column in self.table.columns], self._report
        ).unique(change)
        if unique is None:
            return
        if any(other.columns == unique.columns for other in self.table.uniques):
            self._report.error(
                change.at,
                f"'{self.table.name}' is unique by {', '.join(unique.columns)} already; remove this",
            )
        self.table = replace(self.table, uniques=(*self.table.uniques, unique))

    def _drop_unique(self, change: Record) -> None:
        columns = tuple(name.text for name in change.get("columns", []))
        kept = tuple(unique for unique in self.table.uniques if unique.columns != columns)
        if len(kept) == len(self.table.uniques):
            self._missing(change, f"no unique constraint on {', '.join(columns)}")
        self.table = replace(self.table, uniques=kept)

    def _add_foreign_key(self, change: Record) -> None:
        columns = [column.name for column in self.table.columns]
        taken = [key.columns for key in self.table.foreign_keys]
        draft = PartsReader(self.table.name, columns, self._report).foreign_key(change, taken)
        if draft is None or not set(draft.key.columns) <= set(columns):
            return
        key = draft.key
        check_key(self._state, self.table, draft, self._report)
        if any(other.name == key.name for other in self.table.foreign_keys):
            given = change["name"]
            self._report.error(
                given.at if given is not None else change.at,
                f"'{self.table.name}' has a foreign key '{key.name}' already at this point; "
                + ("choose another" if given is not None else "give it a 'name'"),
            )
        self.table = replace(self.table, foreign_keys=(*self.table.foreign_keys, key))

    def _drop_foreign_key(self, change: Record) -> None:
        columns = tuple(name.text for name in change.get("columns", []))
        kept = tuple(key for key in self.table.foreign_keys if key.columns != columns)
        if len(kept) == len(self.table.foreign_keys):
            self._missing(change, f"no foreign key on {', '.join(columns)}")
        self.table = replace(self.table, foreign_keys=kept)

    def _add_check(self, change: Record) -> None:
        check = PartsReader(self.table.name, [], self._report).check(change)
        if check is None:
            return
        if any(other.name == check.name for other in self.table.checks):
            self._report.error(
                change.at, f"'{self.table.name}' has a check '{check.name}' already; choose another name"
            )
        self.table = replace(self.table, checks=(*self.table.checks, check))

    def _drop_check(self, change: Record) -> None:
        if change["name"] is None:
            return
        kept = tuple(check for check in self.table.checks if check.name != change["name"].text)
        if len(kept) == len(self.table.checks):
            self._missing(change, f"no check '{change['name'].text}'")
        self.table = replace(self.table, checks=kept)

    def _missing(self, change: Record, what: str) -> None:
        at: Location = change.at
        self._report.error(at, f"{what} in '{self.table.name}' at this point; remove this, or correct it")
