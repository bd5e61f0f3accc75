# SPDX-License-Identifier: MIT
"""Resolves `references:`: a column takes the type of the key that it points to, and its typed id."""

from __future__ import annotations

from dataclasses import dataclass

from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.diagnostics import Reporter, nearest, one_of


@dataclass
class TableDraft:
    """A table while it is being checked."""

    name: str
    drafts: list[ColumnDraft]
    key: tuple[str, ...]
    unique_columns: frozenset[str]
    typed: bool

    def draft(self, name: str) -> ColumnDraft | None:
        return next((draft for draft in self.drafts if draft.text == name), None)


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
        elif (target.text,) != table.key and target.text not in table.unique_columns:
            self._fail(
                draft,
                f"column '{draft.text}' refers to '{table.name}.{target.text}', which is neither the primary "
                "key nor unique; refer to the key, or make that column 'unique: true'",
            )
        return table, target

    def _fail(self, draft: ColumnDraft, message: str) -> None:
        draft.broken = True
        self._report.error(draft.reference_at or draft.at, message)
