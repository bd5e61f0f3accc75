# SPDX-License-Identifier: MIT
"""Makes columns of drafts that have their types."""

from __future__ import annotations

from collections.abc import Mapping

from forge_codegen.model.defaults import Default
from forge_codegen.model.schema import Column, Enum
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.default_values import read_default
from forge_codegen.spec.diagnostics import Reporter
from forge_codegen.spec.dialect_texts import DialectTexts
from forge_codegen.spec.structs import column_in_table


class ColumnBuilder:
    """Serves tables, views and structs; what does not fit a column's type is reported."""

    def __init__(self, enums: Mapping[str, Enum], dialects: tuple[str, ...], report: Reporter) -> None:
        self._enums = enums
        self._dialects = dialects
        self._report = report

    def build(self, draft: ColumnDraft) -> Column | None:
        """The column, or None where its type is not known or something of it is wrong."""
        kind = draft.type
        if kind is None or draft.broken:
            return None
        if draft.origin is not None:
            return column_in_table(draft, draft.origin.built) if draft.origin.built is not None else None
        record = draft.record
        if record["on_update"] is not None and kind.kind != "timestamp":
            self._report.error(
                record.place("on_update"),
                f"'on_update: now' of column '{draft.text}' needs type timestamp; "
                f"the column is {kind.describe()}, remove it",
            )
        was = record["was"].text if record["was"] is not None else ""
        collation, generated = DialectTexts(self._dialects, self._report).of_column(draft)
        return Column(
            name=draft.text,
            type=kind,
            at=draft.at,
            nullable=draft.nullable,
            default=self._default(draft, "default"),
            client_default=self._default(draft, "client_default"),
            on_update_now=record["on_update"] is not None,
            reference=draft.reference,
            id_of=draft.id_of,
            doc=record.doc,
            was=was,
            collation=collation,
            generated=generated,
            secret=bool(record["secret"]),
        )

    def _default(self, draft: ColumnDraft, key: str) -> Default | None:
        node = draft.record.node.get(key)
        if node is None or draft.type is None:
            return None
        if draft.record["autoincrement"]:
            self._report.error(
                node.at,
                f"'{key}' of column '{draft.text}' beside 'autoincrement'; the database numbers it, "
                "remove one",
            )
        enum = self._enums.get(draft.type.enum) or Enum(draft.type.enum, ())
        default = read_default(node, key, draft.text, draft.type, enum if enum.values else None, self._report)
        if default is not None and default.kind == "sql":
            for dialect, text in (("sqlite", default.text), ("postgres", default.postgres)):
                if dialect in self._dialects and not text:
                    self._report.error(
                        node.at,
                        f"'{key}' of column '{draft.text}' has no SQL for {dialect}; add it, or take "
                        f"{dialect} out of 'dialects'",
                    )
        return default
