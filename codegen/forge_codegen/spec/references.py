# SPDX-License-Identifier: MIT
"""Resolves `references:`: a column takes the type of the key that it points to, and its typed id."""

from __future__ import annotations

from dataclasses import dataclass

from forge_codegen.model import ddl
from forge_codegen.model.types import Type
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.diagnostics import Reporter, nearest, one_of
from forge_codegen.spec.foreign_keys import KeyDraft, Target, check_actions, check_target


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
    """All tables of a schema, by name. `known` also holds tables that were too wrong to read."""

    def __init__(self, tables: dict[str, TableDraft], known: set[str], report: Reporter) -> None:
        self._tables = tables
        self._known = known
        self._report = report

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
        target = self._tables.get(key.key.ref_table)
        if target is not None:
            check_target(key, target.target, table.types, self._report)
        elif key.key.ref_table not in self._known:
            self._report.error(
                key.at,
                f"unknown table '{key.key.ref_table}' in foreign key '{key.key.name}'; expected "
                f"{one_of(self._known)}{nearest(key.key.ref_table, self._known)}",
            )

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
        target = self._tables.get(key.ref_table)
        draft = target.draft(column) if target is not None else None
        return draft.id_of if draft is not None else ""

    def _resolve(self, table: TableDraft, draft: ColumnDraft) -> None:
        reference = draft.reference
        if reference is None:
            if table.typed and table.key == (draft.text,):
                draft.id_of = table.name
            return
        if draft.type is not None or draft.broken:
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
            self._fail(
                draft,
                f"column '{draft.text}' refers to '{table.name}.{target.text}', which is neither the primary "
                "key nor unique; refer to the key, or make that column 'unique: true'",
            )
        return table, target

    def _fail(self, draft: ColumnDraft, message: str) -> None:
        draft.broken = True
        self._report.error(draft.reference_at or draft.at, message)
