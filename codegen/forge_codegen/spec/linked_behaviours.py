# SPDX-License-Identifier: MIT
"""Reads the behaviours that speak of other tables: versions, audit trails, reports of removals."""

from __future__ import annotations

from collections.abc import Mapping

from forge_codegen.model.behaviours import Audit, Cascade, CascadeLink, Versions
from forge_codegen.model.schema import Column, Table
from forge_codegen.spec.behaviour_columns import BehaviourColumns
from forge_codegen.spec.diagnostics import nearest, one_of
from forge_codegen.spec.shapes import NOT_YET, Record

TEXTS = ("text", "string")
WHOLE = ("int32", "int64")
ACTIONS = {
    "cascade": "removed",
    "set_null": "cleared",
    "set_default": "cleared",
    "restrict": "blocking",
    "no_action": "blocking",
}


class LinkedBehaviours:
    """Reads them from the record of a table's `repository`; `tables` are those of the schema."""

    def __init__(self, of: BehaviourColumns, record: Record, tables: Mapping[str, Table]) -> None:
        self._of = of
        self._record = record
        self._tables = tables

    def _other(self, record: Record, what: str) -> BehaviourColumns | None:
        """The table that `table` names."""
        given = record["table"]
        if given is None:
            return None
        other = self._tables.get(given.text)
        if other is None or other is self._of.table:
            known = sorted(set(self._tables) - {self._of.table.name})
            wrong = " is the table itself" if other is not None else f": '{given.text}' is unknown"
            self._of.report.error(
                given.at,
                f"'table' of {what}{wrong}; expected {one_of(known)}{nearest(given.text, known)}",
            )
            return None
        if other.guards.soft_delete is not None or other.guards.scope:
            self._of.report.error(
                given.at,
                f"'table' of {what}: '{other.name}' has soft_delete or scope, which {NOT_YET} there; "
                "remove it",
            )
            return None
        return BehaviourColumns(other, self._of.report)

    # Versions

    def versions(self) -> Versions | None:
        record: Record | None = self._record["versions"]
        if record is None:
            return None
        what = "'versions'"
        other = self._other(record, what)
        number = self._of.typed(record, "number", "version", WHOLE, what)
        if other is None or number is None:
            return None
        there = other.typed(record, "number", "version", WHOLE, what)
        note = self._note(record, other, what)
        of = self._referrer(record, other.table)
        columns = self._kept(record, other, what)
        if not number.has_default:
            self._of.report.error(
                record.place("number"),
                f"'number' of {what} is column '{number.name}' without a default; add 'default: 1'",
            )
        if there is None or of is None or columns is None:
            return None
        if number.name == self._of.table.guards.optimistic_lock or number.name in columns:
            self._of.report.error(
                record.place("number"),
                f"'number' of {what} is column '{number.name}', which is the optimistic lock or kept itself; "
                "take another one",
            )
        known = (of.name, there.name, *columns, *((note.name,) if note is not None else ()))
        other.others_fill_themselves(known, record.at, what)
        return Versions(
            other.table.name, of.name, columns, number.name, note.name if note is not None else ""
        )

    def _referrer(self, record: Record, other: Table) -> Column | None:
        """The one column by which the other table refers to this one's key."""
        key = self._of.table.primary_key
        found = [
            column
            for column in other.columns
            if len(key) == 1
            and column.reference is not None
            and not column.reference.schema
            and (column.reference.table, column.reference.column) == (self._of.table.name, key[0])
        ]
        if len(found) == 1 and not found[0].nullable:
            return found[0]
        self._of.report.error(
            record.place("table"),
            f"'table' of 'versions': '{other.name}' needs one column that refers to the key of "
            f"'{self._of.table.name}' and is not null; add 'references: {self._of.table.name}.{key[0]}'",
        )
        return None

    def _kept(self, record: Record, other: BehaviourColumns, what: str) -> tuple[str, ...] | None:
        columns = record["columns"]
        if columns is None:
            return None
        if not columns:
            self._of.report.error(record.place("columns"), f"'columns' of {what} is empty; name what is kept")
            return None
        fits = True
        for one in columns:
            own = self._of.column(one.text, one.at, f"'columns' of {what}")
            there = other.column(one.text, one.at, f"'columns' of {what}")
            if own is None or there is None:
                fits = False
            elif own.generated is not None or own.name in self._of.table.primary_key:
                wrong = "generated" if own.generated is not None else "part of the key"
                self._of.report.error(one.at, f"column '{one.text}' of {what} is {wrong}; leave it out")
                fits = False
            elif (own.type, own.nullable, own.id_of) != (there.type, there.nullable, there.id_of):
                self._of.report.error(
                    one.at,
                    f"column '{one.text}' of {what} is of another type, or differs in 'nullable', in "
                    f"'{other.table.name}'; make them alike",
                )
                fits = False
        return tuple(one.text for one in columns) if fits else None

    # Audit trails

    def audit(self) -> Audit | None:
        record: Record | None = self._record["audit"]
        if record is None:
            return None
        what = "'audit'"
        log = self._other(record, what)
        if log is None or record["action"] is None:
            return None
        if self._of.table.embeds:
            self._of.report.error(
                record.at,
                f"{what} of '{self._of.table.name}', whose rows embed structs, {NOT_YET}; remove one",
            )
        names = {"action": "", "actor": "", "entity": "", "entity_id": "", "changes": "", "note": ""}
        for key in names:
            if record.given(key):
                kinds = ("json",) if key == "changes" else TEXTS
                column = log.typed(record, key, "", kinds, what, may_be_null=key != "action")
                names[key] = column.name if column is not None else ""
                if column is not None and key == "note" and not column.nullable:
                    self._refuse_required_note(record, column, what)
        if names["action"]:
            log.others_fill_themselves(tuple(names.values()), record.at, what)
        return Audit(log.table.name, **names)

    def _note(self, record: Record, other: BehaviourColumns, what: str) -> Column | None:
        if not record.given("note"):
            return None
        column = other.typed(record, "note", "", TEXTS, what, may_be_null=True)
        if column is not None and not column.nullable:
            self._refuse_required_note(record, column, what)
        return column

    def _refuse_required_note(self, record: Record, column: Column, what: str) -> None:
        self._of.report.error(
            record.place("note"),
            f"'note' of {what} is column '{column.name}', which is null without a note; make it nullable",
        )

    # Reports of removals

    def cascade(self) -> Cascade | None:
        if not self._record["cascade_report"]:
            return None
        reached = [self._of.table]
        losing = [self._of.table]
        links = []
        for parent in losing:  # which grows meanwhile
            for child in self._tables.values():
                for key in child.foreign_keys:
                    if not key.refers_to(parent.name):
                        continue
                    action = ACTIONS[key.on_delete]
                    if child not in reached:
                        reached.append(child)
                    if action == "removed" and child not in losing:
                        losing.append(child)
                    columns = tuple(zip(key.columns, key.ref_columns, strict=True))
                    links.append(CascadeLink(reached.index(child), reached.index(parent), action, columns))
        for table in reached:
            if table.without_rowid:
                self._of.report.error(
                    self._record.place("cascade_report"),
                    f"'cascade_report' of '{self._of.table.name}' reaches '{table.name}', which is "
                    f"without_rowid; that {NOT_YET}, remove one of them",
                )
        return Cascade(tuple(table.name for table in reached), tuple(links))
