# SPDX-License-Identifier: MIT
"""Replays migration files into the state they lead to, and into operations that hold what their reverses
need.
"""

from __future__ import annotations

from dataclasses import replace

from forge_codegen import naming
from forge_codegen.migrations import operations as op
from forge_codegen.migrations.alter import Alteration
from forge_codegen.migrations.columns import ColumnReader
from forge_codegen.migrations.files import MigrationFile
from forge_codegen.migrations.foreign_keys import check_key, refuse_unfounded
from forge_codegen.migrations.full_texts import FullTextReplay
from forge_codegen.migrations.hashing import state_hash
from forge_codegen.migrations.objects import MAKE_AGAIN, ObjectReplay, describe, user_of, users_of
from forge_codegen.model import ddl
from forge_codegen.model.ddl import mentions
from forge_codegen.spec.diagnostics import Location, Reporter, listed, nearest
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record
from forge_codegen.spec.table_options import refuse_rowids
from forge_codegen.spec.table_parts import PartsReader


def replay(files: list[MigrationFile], report: Reporter, verify_hashes: bool = True) -> op.History:
    """The history of a schema. Errors are reported; what is wrong changes nothing."""
    state = ddl.State()
    migrations = []
    for file in files:
        before = state_hash(state)
        step = _Replay(state, report)
        if file.record is not None:
            for item in file.record.get("operations", []):
                step.apply(item)
        state = step.state
        after = state_hash(state)
        if verify_hashes and file.record is not None:
            _verify(file, file.record, before, after, report)
        migrations.append(
            op.Migration(file.version, file.title, file.hash, before, after, tuple(step.operations))
        )
    return op.History(tuple(migrations), state)


def _verify(file: MigrationFile, record: Record, before: str, after: str, report: Reporter) -> None:
    if record["before"] is not None and record["before"].text != before:
        report.error(
            record.place("before"),
            f"'before' is {record['before'].text[:12]}..., but the files before this one make "
            f"{before[:12]}...; one of them was edited after `forge seal`: undo that, or seal "
            "again when no database has it yet",
        )
    elif record["after"] is not None and record["after"].text != after:
        report.error(
            record.place("after"),
            f"'after' is {record['after'].text[:12]}..., but this file makes {after[:12]}...; "
            "it was edited after `forge seal`: undo that, or seal again when no database "
            "has it yet",
        )


class _Replay(ObjectReplay, FullTextReplay):
    """Applies the operations of one file."""

    def __init__(self, state: ddl.State, report: Reporter) -> None:
        self.state = state
        self.operations: list[op.Operation] = []
        self._report = report

    def apply(self, item: Record) -> None:
        names = list(item.names())
        if len(names) != 1:
            self._report.error(
                item.at, f"an operation with {len(names)} keys; write each operation as an item of its own"
            )
            return
        content = item[names[0]]
        if isinstance(content, Record):
            getattr(self, f"_{names[0]}")(content)

    def _do(self, operation: op.Operation) -> None:
        self.operations.append(operation)

    def _replace(self, table: ddl.Table) -> None:
        tables = tuple(table if other.name == table.name else other for other in self.state.tables)
        self.state = replace(self.state, tables=tables)

    def _table(self, name: Scalar | None) -> ddl.Table | None:
        if name is None:
            return None
        table = self.state.table(name.text)
        if table is None:
            names = [other.name for other in self.state.tables]
            self._report.error(
                name.at,
                f"no table '{name.text}' at this point; there are {listed(names)}{nearest(name.text, names)}",
            )
        return table

    def _new_table_name(self, name: Scalar) -> bool:
        if self.state.table(name.text) is not None:
            self._report.error(
                name.at, f"a table '{name.text}' exists at this point; choose another name, or drop it first"
            )
            return False
        return self._is_free(name)

    def _create_table(self, record: Record) -> None:
        name = record["table"]
        if name is None or not self._new_table_name(name):
            return
        reader = ColumnReader(self.state, name.text, self._report)
        drafts = reader.drafts(record.get("columns", []))
        parts = PartsReader(name.text, [draft.text for draft in drafts], self._report).read(record, drafts)
        columns = tuple(column for draft in drafts if (column := reader.column(draft)) is not None)
        keys = tuple(key for draft in drafts if (key := reader.foreign_key(draft)) is not None)
        keys += tuple(draft.key for draft in parts.foreign_keys)
        if not parts.primary_key and not record.given("primary_key"):
            self._report.error(
                name.at, f"table '{name.text}' has no primary key; add 'primary_key: true' to a column"
            )
        options = {key: bool(record[key]) for key in ("strict", "without_rowid")}
        refuse_rowids(name.text, record, parts.autoincrement, self._report)
        table = ddl.Table(
            name.text,
            columns,
            parts.primary_key,
            parts.autoincrement,
            parts.uniques,
            keys,
            parts.checks,
            **options,
        )
        for draft in drafts:
            reader.check_self_reference(draft, table)
        for draft in parts.foreign_keys:
            check_key(self.state, table, draft, self._report)
        self.state = replace(self.state, tables=(*self.state.tables, table))
        self._do(op.CreateTable(table))
        for index in parts.indexes:
            self._add_index(index, name.at)

    def _drop_table(self, record: Record) -> None:
        table = self._table(record["table"])
        if table is None:
            return
        for other in self.state.tables:
            for key in other.foreign_keys:
                if key.refers_to(table.name) and other.name != table.name:
                    self._report.error(
                        record.place("table"),
                        f"table '{table.name}' is referenced by '{other.name}."
                        f"{key.columns[0]}'; drop that foreign key first",
                    )
                    return
        full_text = self.state.full_text(table.name)
        if full_text is not None:
            self._remove_full_text(full_text)
        own = self.state.triggers_of(table.name)
        user = next((describe(each) for each in users_of(self.state, table.name) if each not in own), "")
        if user:
            self._report.error(
                record.place("table"), f"table '{table.name}' is used by {user}; drop that first"
            )
            return
        self._drop_triggers_of(table.name)
        for index in self.state.indexes_of(table.name):
            self._do(op.DropIndex(index))
        self._do(op.DropTable(table))
        self.state = replace(
            self.state,
            tables=tuple(other for other in self.state.tables if other.name != table.name),
            indexes=tuple(index for index in self.state.indexes if index.table != table.name),
        )

    def _rename_table(self, record: Record) -> None:
        old, new = record["from"], record["to"]
        table = self._table(old)
        if table is None or new is None or not self._new_table_name(new):
            return
        user = user_of(self.state, old.text)
        if user:
            self._report.error(old.at, f"table '{old.text}' is used by {user}; {MAKE_AGAIN}")
            return

        def key(of: ddl.ForeignKey) -> ddl.ForeignKey:
            return replace(of, ref_table=new.text) if of.refers_to(old.text) else of

        tables = tuple(
            replace(
                other,
                name=new.text if other.name == old.text else other.name,
                foreign_keys=tuple(key(of) for of in other.foreign_keys),
            )
            for other in self.state.tables
        )
        indexes = tuple(
            replace(index, table=new.text) if index.table == old.text else index
            for index in self.state.indexes
        )
        self.state = replace(self.state, tables=tables, indexes=indexes)
        self._do(op.RenameTable(old.text, new.text))

    def _add_column(self, record: Record) -> None:
        table = self._table(record["table"])
        if table is None or record["column"] is None:
            return
        for key in ("unique", "check"):
            if record[key]:
                cure = "use alter_table" if key == "check" else "use alter_table, or a unique create_index"
                self._report.error(record.place(key), f"'{key}' has no place in add_column; {cure}")
        alteration = Alteration(self.state, table, self._report)
        added = alteration.add_column(record)
        if added is None:
            return
        column, key = added
        default = column.sqlite_default or ""
        if default.startswith("(") or default.upper().startswith("CURRENT_"):
            self._report.error(
                record.place("default"),
                f"SQLite cannot add column '{column.name}' with a computed default; put "
                "the add_column into an alter_table, which rebuilds the table",
            )
        if key is not None and column.default is not None:
            self._report.error(
                record.place("default"),
                f"SQLite cannot add column '{column.name}' with both 'references' and a "
                "default; put the add_column into an alter_table",
            )
        if column.generated is not None and column.generated.stored:
            self._report.error(
                record.place("generated"),
                f"SQLite cannot add column '{column.name}' with a stored generated value; put the add_column "
                "into an alter_table, which rebuilds the table",
            )
        self._replace(alteration.table)
        self._do(op.AddColumn(table.name, column, key, table.strict))
        if record["index"]:
            name = naming.default_name("ix", table.name, [column.name])
            self._add_index(
                ddl.Index(name, table.name, (ddl.IndexColumn(column.name),)), record.place("index")
            )

    def _drop_column(self, record: Record) -> None:
        table = self._table(record["table"])
        if table is None or record["column"] is None:
            return
        alteration = Alteration(self.state, table, self._report)
        key = table.foreign_key_of(record["column"].text)
        column = alteration.drop_column(record["column"])
        if column is not None:
            self._replace(alteration.table)
            self._do(op.DropColumn(table.name, column, key, table.strict))

    def _rename_column(self, record: Record) -> None:
        table, old, new = self._table(record["table"]), record["from"], record["to"]
        if table is None or old is None or new is None:
            return
        if Alteration(self.state, table, self._report).column(old) is None:
            return
        if table.column(new.text) is not None:
            self._report.error(
                new.at, f"table '{table.name}' has a column '{new.text}' already; choose another name"
            )
            return
        user = user_of(self.state, table.name, old.text)
        if user:
            self._report.error(
                old.at, f"column '{old.text}' of '{table.name}' is used by {user}; {MAKE_AGAIN}"
            )
            return
        holders = (*table.checks, *table.columns, *self.state.indexes_of(table.name))
        if any(mentions(text, old.text) for holder in holders for text in holder.texts):
            self._report.error(
                old.at,
                f"column '{old.text}' is named in the SQL of a check, an index or a generated column; "
                "renaming it is not supported yet, drop that first and create it again after",
            )
            return
        self.state = _with_renamed_column(self.state, table.name, old.text, new.text)
        self._do(op.RenameColumn(table.name, old.text, new.text))

    def _create_index(self, record: Record) -> None:
        table = self._table(record["table"])
        if table is None:
            return
        index = PartsReader(table.name, [column.name for column in table.columns], self._report).index(record)
        if index is not None:
            self._add_index(index, record.at)

    def _add_index(self, index: ddl.Index, at: Location) -> None:
        other = self.state.index(index.name)
        if other is not None:
            self._report.error(
                at,
                f"an index '{index.name}' exists at this point (on '{other.table}'); give this one another "
                "'name'",
            )
            return
        self.state = replace(self.state, indexes=(*self.state.indexes, index))
        self._do(op.CreateIndex(index))

    def _drop_index(self, record: Record) -> None:
        name = record["name"]
        if name is None:
            return
        index = self.state.index(name.text)
        if index is None:
            names = [other.name for other in self.state.indexes]
            self._report.error(name.at, f"no index '{name.text}' at this point{nearest(name.text, names)}")
            return
        before = self.state
        self.state = replace(before, indexes=tuple(one for one in before.indexes if one.name != name.text))
        refuse_unfounded(before, self.state, f"index '{name.text}' makes", name.at, self._report)
        self._do(op.DropIndex(index))

    def _alter_table(self, record: Record) -> None:
        table = self._table(record["table"])
        if table is None:
            return
        if record["changes"] is not None and not record["changes"]:
            self._report.error(record.place("changes"), "alter_table without changes; remove it")
        alteration = Alteration(self.state, table, self._report)
        for change in record.get("changes", []):
            names = list(change.names())
            if len(names) != 1:
                self._report.error(
                    change.at, f"a change with {len(names)} keys; write each change as an item of its own"
                )
            elif isinstance(change[names[0]], Record):
                alteration.apply(names[0], change[names[0]])
        before = self.state
        self._replace(alteration.table)
        what = "this alter_table takes away what makes"
        refuse_unfounded(before, self.state, what, record.at, self._report)
        self._do(op.AlterTable(table, alteration.table))

    def _data(self, record: Record) -> None:
        if record["name"] is not None and record["doc"] is not None:
            problem = naming.step_problem(record["name"].text)
            if problem:
                at = record.place("name")
                self._report.error(
                    at, f"step name '{record['name'].text}' is no name for C++: {problem}; rename it"
                )
            self._do(op.DataStep(record["name"].text, record["doc"].text.strip()))

    def _sql(self, record: Record) -> None:
        texts = {
            dialect: record[dialect].text.strip() if record[dialect] else ""
            for dialect in ("sqlite", "postgres")
        }
        if not any(texts.values()):
            self._report.error(
                record.at, "an 'sql' operation without SQL; expected 'sqlite', 'postgres' or both"
            )
        reverse = record["reverse"]
        back = {d: reverse[d].text.strip() if reverse and reverse[d] else "" for d in ("sqlite", "postgres")}
        self._do(op.SqlStep(texts["sqlite"], texts["postgres"], back["sqlite"], back["postgres"]))


def _with_renamed_column(state: ddl.State, table: str, old: str, new: str) -> ddl.State:
    def names(columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if column == old else column for column in columns)

    def key(of: ddl.ForeignKey, own: bool) -> ddl.ForeignKey:
        columns = names(of.columns) if own else of.columns
        return replace(
            of,
            columns=columns,
            ref_columns=names(of.ref_columns) if of.refers_to(table) else of.ref_columns,
        )

    def changed(of: ddl.Table) -> ddl.Table:
        own = of.name == table
        keys = tuple(key(each, own) for each in of.foreign_keys)
        if not own:
            return replace(of, foreign_keys=keys)
        return replace(
            of,
            columns=tuple(replace(c, name=new) if c.name == old else c for c in of.columns),
            primary_key=names(of.primary_key),
            uniques=tuple(replace(unique, columns=names(unique.columns)) for unique in of.uniques),
            foreign_keys=keys,
        )

    def index(of: ddl.Index) -> ddl.Index:
        columns = tuple(replace(c, name=new) if c.name == old else c for c in of.columns)
        return replace(of, columns=columns, include=names(of.include)) if of.table == table else of

    return replace(
        state,
        tables=tuple(changed(of) for of in state.tables),
        indexes=tuple(index(of) for of in state.indexes),
    )
