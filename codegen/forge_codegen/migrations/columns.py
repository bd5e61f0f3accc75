# SPDX-License-Identifier: MIT
"""Columns of migration files: as in specs, with references resolved against the tables of that moment."""

from __future__ import annotations

from forge_codegen.model import ddl
from forge_codegen.model.defaults import Default
from forge_codegen.model.types import Type
from forge_codegen.spec.columns import ColumnDraft, read_columns
from forge_codegen.spec.default_values import read_default
from forge_codegen.spec.diagnostics import Location, Reporter, listed, nearest
from forge_codegen.spec.dialect_texts import DialectTexts
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record


class ColumnReader:
    """Reads the columns of one table; `state` is the schema before the operation."""

    def __init__(self, state: ddl.State, table: str, report: Reporter) -> None:
        self._state = state
        self._table = table
        self._report = report

    def drafts(self, entries: list[tuple[Scalar, Record | None]]) -> list[ColumnDraft]:
        """Drafts with their types, also of those that refer to another column."""
        drafts = read_columns(entries, None, self._report)
        for draft in drafts:
            self._resolve(draft, {other.text: other for other in drafts}, set())
        return drafts

    def column(self, draft: ColumnDraft) -> ddl.Column | None:
        """The column as the database holds it; None when something is wrong with it."""
        if draft.type is None:
            return None
        default = self._default(draft, draft.type)
        collation, generated = DialectTexts((), self._report).of_column(draft)
        return ddl.Column(draft.text, draft.type.in_ddl(), draft.nullable, default, collation, generated)

    def foreign_key(self, draft: ColumnDraft) -> ddl.ForeignKey | None:
        """The key that the column's `references` makes."""
        to = draft.reference
        if to is None:
            return None
        return ddl.ForeignKey(
            f"fk_{self._table}_{draft.text}",
            (draft.text,),
            to.table,
            (to.column,),
            to.on_delete,
            ref_schema=to.schema,
        )

    def referenced_type(self, table: str, column: str, at: Location) -> Type | None:
        """The type of an existing column that a key may refer to."""
        found = self._state.table(table)
        if found is None:
            names = [other.name for other in self._state.tables]
            self._report.error(
                at,
                f"no table '{table}' at this point; there are {listed(names)}{nearest(table, names)}",
            )
            return None
        target = found.column(column)
        if target is None:
            names = [other.name for other in found.columns]
            self._report.error(
                at,
                f"no column '{column}' in '{table}' at this point; there are {listed(names)}"
                f"{nearest(column, names)}",
            )
            return None
        if frozenset([column]) not in self._state.unique_sets(found):
            self._not_a_key(table, column, at)
        return target.type

    def check_self_reference(self, draft: ColumnDraft, table: ddl.Table) -> None:
        """A column that refers to its own, new table."""
        to = draft.reference
        if to is None or to.target != table.name or table.column(to.column) is None:
            return
        if frozenset([to.column]) not in self._state.unique_sets(table):
            self._not_a_key(table.name, to.column, draft.reference_at or draft.at)

    def _not_a_key(self, table: str, column: str, at: Location) -> None:
        self._report.error(
            at,
            f"'{table}.{column}' is neither the primary key nor unique at this point; "
            "a foreign key needs one, and a partial index does not count",
        )

    def _default(self, draft: ColumnDraft, kind: Type) -> Default | None:
        node = draft.record.node.get("default")
        if node is None:
            return None
        default = read_default(node, "default", draft.text, kind, None, self._report)
        if default is not None and not default.in_ddl:
            self._report.error(
                node.at,
                f"'default' of column '{draft.text}' is '{default.kind}', which only ForgeDB fills in; "
                "it belongs to the spec, remove it",
            )
            return None
        return default

    def _resolve(self, draft: ColumnDraft, own: dict[str, ColumnDraft], path: set[str]) -> None:
        to = draft.reference
        if to is None or draft.type is not None or draft.broken:
            return
        at = draft.reference_at or draft.at
        if to.table == self._table and to.column in own:
            if draft.text in path:
                self._report.error(at, f"column '{draft.text}' takes its type from itself; refer to the key")
                draft.broken = True
                return
            self._resolve(own[to.column], own, path | {draft.text})
            draft.type = own[to.column].type
        else:
            draft.type = self.referenced_type(to.table, to.column, at)
        draft.broken = draft.type is None
