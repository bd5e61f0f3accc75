# SPDX-License-Identifier: MIT
"""Reads by what a repository guards its rows: soft deletion, optimistic lock, scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from forge_codegen.model import ddl
from forge_codegen.model.defaults import sql_text
from forge_codegen.model.guards import NO_GUARDS, Guards, SoftDelete
from forge_codegen.model.schema import Enum
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.diagnostics import Reporter, nearest, one_of
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import NOT_YET, Record
from forge_codegen.spec.table_parts import TableParts


class GuardsReader:
    """Of one table, whose columns are read and whose references are not resolved yet."""

    def __init__(
        self, table: str, drafts: list[ColumnDraft], enums: Mapping[str, Enum], report: Reporter
    ) -> None:
        self._table = table
        self._drafts = {draft.text: draft for draft in drafts}
        self._enums = enums
        self._report = report

    def read(self, record: Record | None, key: tuple[str, ...]) -> Guards:
        if record is None:
            return NO_GUARDS
        soft, lock = record["soft_delete"], record["optimistic_lock"]
        guards = Guards(
            self._soft_delete(soft, key) if soft is not None else None,
            self._lock(lock["column"], key) if lock is not None and lock["column"] is not None else "",
            self._scope(record["scope"], key) if record["scope"] is not None else "",
        )
        named = [name for name in (guards.mark, guards.optimistic_lock, guards.scope) if name]
        for name in {name for name in named if named.count(name) > 1}:
            self._report.error(
                record.at,
                f"column '{name}' has two tasks in the repository of "
                f"'{self._table}'; "
                "give each a column of its own",
            )
        return guards

    def _column(self, name: Scalar, key: str, primary_key: tuple[str, ...]) -> ColumnDraft | None:
        """The column, if it is one that only the repository may write; reported when not."""
        what = f"'{key}' of '{self._table}'"
        draft = self._drafts.get(name.text)
        if draft is None:
            self._report.error(
                name.at,
                f"unknown column '{name.text}' in {what}; expected {one_of(self._drafts)}"
                f"{nearest(name.text, self._drafts)}",
            )
            return None
        refusals: list[tuple[bool, str]] = [
            (bool(draft.record["generated"]), "is generated, never written; take another column"),
            (
                draft.origin is not None,
                f"belongs to an embedded struct, which {NOT_YET}; take another column",
            ),
            (draft.record["cpp"] is not None, f"has a C++ type of its own, which {NOT_YET}; remove 'cpp'"),
            (bool(draft.record["lenient"]), "is lenient; what it says must be readable, remove 'lenient'"),
            (key != "scope" and name.text in primary_key, "is in the primary key; take another column"),
        ]
        for refused, why in refusals:
            if refused:
                self._report.error(name.at, f"column '{name.text}' of {what} {why}")
                return None
        return draft

    def _soft_delete(self, record: Record, primary_key: tuple[str, ...]) -> SoftDelete | None:
        name = record["column"]
        draft = self._column(name, "soft_delete", primary_key) if name is not None else None
        if draft is None or draft.broken:
            return None
        unique_all = record["unique"] is not None and record["unique"].text == "all"
        kind = draft.type.kind if draft.type is not None else ""
        readers: dict[str, Callable[[ColumnDraft, Record], SoftDelete | None]] = {
            "timestamp": self._since,
            "bool": self._flag,
            **dict.fromkeys(("text", "string", "enum"), self._value),
        }
        if kind not in readers:
            shown = draft.type.describe() if draft.type is not None else "a reference"
            self._report.error(
                name.at,
                f"column '{name.text}' of 'soft_delete' is {shown}; expected a nullable timestamp, a "
                "bool, a text "
                "or an enum",
            )
            return None
        read = readers[kind](draft, record)
        return replace(read, unique_all=unique_all) if read is not None else None

    def _since(self, draft: ColumnDraft, record: Record) -> SoftDelete | None:
        self._refuse_values(record)
        if not draft.nullable:
            self._report.error(
                draft.at,
                f"column '{draft.text}' of 'soft_delete' is NULL in living rows; add 'nullable: true'",
            )
        for key in ("default", "client_default", "on_update"):
            if draft.record.given(key):
                self._report.error(
                    draft.record.place(key),
                    f"'{key}' of column '{draft.text}' has no place beside 'soft_delete'; new rows "
                    "live, remove it",
                )
        return SoftDelete(draft.text, "since")

    def _flag(self, draft: ColumnDraft, record: Record) -> SoftDelete | None:
        self._refuse_values(record)
        if draft.type is not None and draft.type.storage not in ("", "integer"):
            self._report.error(
                record.place("column"),
                f"column '{draft.text}' of 'soft_delete' is {draft.type.describe()}, which {NOT_YET}; "
                "store it as "
                "integer",
            )
        return SoftDelete(draft.text, "flag_or_null" if draft.nullable else "flag")

    def _value(self, draft: ColumnDraft, record: Record) -> SoftDelete | None:
        assert draft.type is not None
        if draft.nullable:
            self._report.error(
                draft.at,
                f"column '{draft.text}' of 'soft_delete' may be NULL, which says neither; make it required",
            )
        if draft.type.kind == "enum" and draft.type.storage not in ("", "text"):
            self._report.error(
                record.place("column"),
                f"column '{draft.text}' of 'soft_delete' is {draft.type.describe()}, which {NOT_YET}; "
                "store it as "
                "text",
            )
        values = []
        for key in ("deleted", "restored"):
            if record[key] is None:
                if not record.given(key):
                    self._report.error(
                        record.at,
                        f"'soft_delete' by column '{draft.text}' lacks '{key}', a value of it; add it",
                    )
                continue
            values.append(record[key].text)
            self._refuse_foreign_value(draft, record[key])
        if len(values) < 2:
            return None
        if values[0] == values[1]:
            self._report.error(
                record.place("restored"), "'restored' of 'soft_delete' is what 'deleted' is; change one"
            )
        return SoftDelete(draft.text, "value", sql_text(values[0]), sql_text(values[1]))

    def _refuse_foreign_value(self, draft: ColumnDraft, value: Scalar) -> None:
        enum = self._enums.get(draft.type.enum) if draft.type is not None and draft.type.enum else None
        known = [one.text for one in enum.values] if enum is not None else []
        if known and value.text not in known:
            self._report.error(
                value.at,
                f"'{value.text}' is no value of enum '{enum.name}'; expected {one_of(known)}"
                f"{nearest(value.text, known)}",
            )

    def _refuse_values(self, record: Record) -> None:
        for key in ("deleted", "restored"):
            if record.given(key):
                self._report.error(
                    record.place(key), f"'{key}' of 'soft_delete' is for a text or an enum; remove it"
                )

    def _lock(self, name: Scalar, primary_key: tuple[str, ...]) -> str:
        draft = self._column(name, "optimistic_lock", primary_key)
        if draft is None or draft.broken:
            return ""
        if draft.type is None or draft.type.kind not in ("int32", "int64") or draft.nullable:
            shown = draft.type.describe() if draft.type is not None else "a reference"
            shown += ", nullable" if draft.nullable else ""
            self._report.error(
                name.at,
                f"column '{name.text}' of 'optimistic_lock' is {shown}; expected int32 or "
                "int64, not nullable",
            )
            return ""
        given = [draft.record.node.get(key) for key in ("default", "client_default")]
        if not any(isinstance(node, Scalar) and node.text == "1" for node in given):
            self._report.error(
                draft.at, f"column '{name.text}' of 'optimistic_lock' is 1 in a new row; add 'default: 1'"
            )
        return name.text

    def _scope(self, name: Scalar, primary_key: tuple[str, ...]) -> str:
        draft = self._column(name, "scope", primary_key)
        if draft is None or draft.broken:
            return ""
        if draft.nullable:
            self._report.error(
                draft.at,
                f"column '{name.text}' of 'scope' may be NULL, and such rows belong to none; "
                "make it required",
            )
        if primary_key == (name.text,):
            self._report.error(
                name.at,
                f"column '{name.text}' of 'scope' is the primary key, which names one row; "
                "take another column",
            )
        for key in ("default", "client_default"):
            if draft.record.given(key):
                self._report.error(
                    draft.record.place(key),
                    f"'{key}' of column '{name.text}' has no place beside 'scope'; the repository fills "
                    "it, remove it",
                )
        if draft.type is not None and (
            "equals" not in draft.type.filters or draft.type.kind in ("float64", "bool")
        ):
            self._report.error(
                name.at,
                f"column '{name.text}' of 'scope' is {draft.type.describe()}; expected an integer, "
                "text, uuid, "
                "enum, or a reference to such a key",
            )
        return name.text


def living_uniques(guards: Guards, table: str, parts: TableParts) -> TableParts:
    """The parts with the unique constraints as partial unique indexes, where living rows alone are unique."""
    if not guards.keeps_living_unique:
        return parts
    assert guards.soft_delete is not None
    where = guards.soft_delete.living
    made = tuple(
        ddl.Index(unique.name, table, tuple(ddl.IndexColumn(name) for name in unique.columns), True, where)
        for unique in parts.uniques
    )
    return replace(parts, uniques=(), indexes=(*made, *parts.indexes))
