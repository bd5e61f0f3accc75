# SPDX-License-Identifier: MIT
"""Resolves `references:`: a column takes the type of the key that it points to, and its typed id."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from forge_codegen.model import ddl
from forge_codegen.model.schema import Reference, Schema, Table
from forge_codegen.model.types import Type
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.diagnostics import Location, Reporter, nearest, one_of
from forge_codegen.spec.foreign_keys import KeyDraft, Target, check_actions, check_target
from forge_codegen.spec.shapes import NOT_YET


@dataclass
class TableDraft:
    """A table while it is being checked."""

    name: str
    drafts: list[ColumnDraft]
    key: tuple[str, ...]
    unique_sets: frozenset[frozenset[str]]
    foreign_keys: tuple[KeyDraft, ...]
    typed: bool

    def draft(self, name: str) -> ColumnDraft | None:
        return next((draft for draft in self.drafts if draft.text == name), None)

    @property
    def types(self) -> dict[str, Type | None]:
        return {draft.text: None if draft.broken else draft.type for draft in self.drafts}

    @property
    def target(self) -> Target:
        return Target(self.name, self.types, self.unique_sets)


class References:
    """All tables of a schema, by name. `known` also holds tables that were too wrong to read; a used schema
    is None when it is.
    """

    def __init__(
        self,
        schema: str,
        tables: dict[str, TableDraft],
        known: set[str],
        used: Mapping[str, Schema | None],
        report: Reporter,
    ) -> None:
        self._schema = schema
        self._tables = tables
        self._known = known
        self._used = used
        self._report = report

    def resolve_struct(self, name: str, drafts: list[ColumnDraft]) -> None:
        """Resolves the columns of a struct, before those of the tables that embed it."""
        struct = TableDraft(f"struct {name}", drafts, (), frozenset(), (), False)
        for draft in drafts:
            self._resolve(struct, draft)

    def resolve_all(self) -> None:
        for table in self._tables.values():
            for draft in table.drafts:
                self._resolve(table, draft)
        for table in self._tables.values():
            for key in table.foreign_keys:
                self._check_key(table, key)
        while any(self._take_ids(table) for table in self._tables.values()):
            pass  # an id may come to a table by way of others

    def _check_key(self, table: TableDraft, key: KeyDraft) -> None:
        defaulted = [draft.text for draft in table.drafts if draft.record.given("default")]
        nullable = [draft.text for draft in table.drafts if draft.nullable]
        check_actions(key, nullable, defaulted, self._report)
        where = f"in foreign key '{key.key.name}'"
        if key.key.ref_schema:
            other = self._table_of(key.key.ref_schema, key.key.ref_table, where, key.at)
            if other is not None:
                types = {column.name: column.type for column in other.columns}
                check_target(key, Target(key.key.target, types, other.unique_sets), table.types, self._report)
            return
        target = self._tables.get(key.key.ref_table)
        if target is not None:
            check_target(key, target.target, table.types, self._report)
        elif key.key.ref_table not in self._known:
            self._unknown("table", key.key.ref_table, where, self._known, key.at)

    def _take_ids(self, table: TableDraft) -> bool:
        """Columns of the table's own keys take the typed ids that they point to; the first key decides."""
        taken = False
        for key in table.foreign_keys:
            for column, ref_column in key.pairs:
                own, other = table.draft(column), self._id_of(key.key, ref_column)
                if own is not None and other and not own.id_of and own.record["cpp"] is None:
                    own.id_of, taken = other, True
        return taken

    def _id_of(self, key: ddl.ForeignKey, column: str) -> str:
        if key.ref_schema:
            used = self._used.get(key.ref_schema)
            return _id_elsewhere(used, key.ref_table, column) if used is not None else ""
        target = self._tables.get(key.ref_table)
        draft = target.draft(column) if target is not None else None
        return draft.id_of if draft is not None else ""

    def resolve(self, view: TableDraft) -> None:
        """Gives the columns of a view their types. Nothing refers to a view."""
        for draft in view.drafts:
            self._resolve(view, draft)

    def _table_of(self, schema: str, table: str, where: str, at: Location) -> Table | None:
        """A table of a used schema; None when it is not there, or its schema has errors of its own."""
        if schema == self._schema:
            self._report.error(at, f"'{schema}' {where} is this schema itself; write '{table}' alone")
            return None
        if schema not in self._used:
            cure = f"expected {one_of(self._used)}" if self._used else f"add 'uses: [{schema}]' to the spec"
            self._report.error(at, f"unknown schema '{schema}' {where}; {cure}{nearest(schema, self._used)}")
            return None
        used = self._used[schema]
        if used is None:
            return None
        names = [each.name for each in used.tables]
        if table not in names:
            self._unknown("table", table, f"of schema '{schema}' {where}", names, at)
            return None
        return used.table(table)

    def _resolve_elsewhere(self, draft: ColumnDraft, reference: Reference) -> None:
        """A column that refers to another schema, which is finished: it has its types and ids."""
        draft.broken = True
        at, where = draft.reference_at or draft.at, f"in the reference of column '{draft.text}'"
        table = self._table_of(reference.schema, reference.table, where, at)
        if table is None:
            return
        names = [column.name for column in table.columns]
        if reference.column not in names:
            self._unknown("column", reference.column, f"of table '{reference.target}' {where}", names, at)
            return
        target = table.column(reference.column)
        if frozenset([target.name]) not in table.unique_sets:
            self._not_a_key(draft, f"{reference.target}.{target.name}")
        if target.type.kind == "enum":
            self._fail(
                draft,
                f"column '{draft.text}' would take its type from an enum of schema '{reference.schema}', "
                f"which {NOT_YET}; refer to a key of another type",
            )
            return
        used = self._used[reference.schema]
        draft.type, draft.broken = target.type, False
        draft.id_of = _id_elsewhere(used, table.name, target.name) if used is not None else ""

    def _unknown(self, what: str, name: str, where: str, known: Collection[str], at: Location) -> None:
        self._report.error(
            at, f"unknown {what} '{name}' {where}; expected {one_of(known)}{nearest(name, known)}"
        )

    def _not_a_key(self, draft: ColumnDraft, target: str, among_living: bool = False) -> None:
        what = f"column '{draft.text}' refers to '{target}', which is "
        if among_living:
            what += (
                "unique among the living rows only; refer to the key, or say 'unique: all' in 'soft_delete'"
            )
        else:
            what += "neither the primary key nor unique; refer to the key, or make that column 'unique: true'"
        self._fail(draft, what)

    def _resolve(self, table: TableDraft, draft: ColumnDraft) -> None:
        reference = draft.reference
        if draft.origin is not None:
            self._resolve(table, draft.origin)
            draft.type, draft.id_of = draft.origin.type, draft.origin.id_of
            draft.broken = draft.origin.broken
            return
        if reference is None:
            if table.typed and table.key == (draft.text,):
                draft.id_of = table.name
            return
        if draft.type is not None or draft.broken:
            return
        if reference.schema:
            self._resolve_elsewhere(draft, reference)
            return
        if draft.resolving:
            self._fail(
                draft,
                f"column '{draft.text}' of '{table.name}' takes its type from itself, by a cycle of keys "
                "that are references; give one of them a 'type' in place of 'references'",
            )
            return
        target_table, target = self._target(draft)
        if target is None or target_table is None:
            draft.broken = True
            return
        draft.resolving = True
        self._resolve(target_table, target)
        draft.resolving = False
        if target.broken:
            draft.broken = True
        else:
            draft.type, draft.id_of = target.type, target.id_of

    def _target(self, draft: ColumnDraft) -> tuple[TableDraft | None, ColumnDraft | None]:
        reference = draft.reference
        assert reference is not None
        table = self._tables.get(reference.table)
        if table is None:
            if reference.table not in self._known:
                self._fail(
                    draft,
                    f"unknown table '{reference.table}' in the reference of column '{draft.text}'; expected "
                    f"{one_of(self._known)}{nearest(reference.table, self._known)}",
                )
            return None, None
        target = table.draft(reference.column)
        if target is None:
            columns = [other.text for other in table.drafts]
            self._fail(
                draft,
                f"unknown column '{reference.column}' of table '{table.name}' in the reference of column "
                f"'{draft.text}'; expected {one_of(columns)}{nearest(reference.column, columns)}",
            )
        elif frozenset([target.text]) not in table.unique_sets:
            self._not_a_key(draft, f"{table.name}.{target.text}", bool(target.record["unique"]))
        return table, target

    def _fail(self, draft: ColumnDraft, message: str) -> None:
        draft.broken = True
        self._report.error(draft.reference_at or draft.at, message)


def _id_elsewhere(used: Schema, table: str, column: str) -> str:
    """The typed id of a used schema's column, with that schema's name; empty when it has none."""
    columns = (each for owner in used.tables if owner.name == table for each in owner.columns)
    owner = next((each.id_of for each in columns if each.name == column), "")
    return f"{used.name}.{owner}" if owner and "." not in owner else owner
