# SPDX-License-Identifier: MIT
"""Full-text indexes in the course of migrations. Each comes and goes with the triggers of its own."""

from __future__ import annotations

from dataclasses import replace

from forge_codegen.migrations import operations as op
from forge_codegen.model import ddl
from forge_codegen.model.full_text import FullText
from forge_codegen.spec.diagnostics import Reporter, listed, nearest
from forge_codegen.spec.full_text import FullTextReader
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record


class FullTextReplay:
    """The operations of full-text indexes, for the replay to inherit."""

    state: ddl.State
    _report: Reporter

    def _do(self, operation: op.Operation) -> None:
        raise NotImplementedError

    def _table(self, name: Scalar | None) -> ddl.Table | None:
        raise NotImplementedError

    def _create_full_text(self, record: Record) -> None:
        table = self._table(record["table"])
        if table is None:
            return
        if self.state.full_text(table.name) is not None:
            self._report.error(
                record.place("table"), f"table '{table.name}' has a full text at this point; drop that first"
            )
            return
        types = {column.name: column.type for column in table.columns}
        made = FullTextReader(table.name, table.primary_key, types, ()).read(
            record, table.without_rowid, self._report
        )
        if made is None:
            return
        self.state = replace(
            self.state,
            full_texts=(*self.state.full_texts, made),
            triggers=(*self.state.triggers, *made.triggers),
        )
        self._do(op.CreateFullText(made))
        for trigger in made.triggers:
            self._do(op.CreateTrigger(trigger))

    def _drop_full_text(self, record: Record) -> None:
        table = record["table"]
        if table is None:
            return
        found = self.state.full_text(table.text)
        if found is None:
            names = [one.table for one in self.state.full_texts]
            self._report.error(
                table.at,
                f"no full text of table '{table.text}' at this point; there are those of {listed(names)}"
                f"{nearest(table.text, names)}",
            )
            return
        self._remove_full_text(found)

    def _remove_full_text(self, of: FullText) -> None:
        for trigger in of.triggers:
            self._do(op.DropTrigger(trigger))
        self._do(op.DropFullText(of))
        gone = {trigger.name for trigger in of.triggers}
        self.state = replace(
            self.state,
            full_texts=tuple(one for one in self.state.full_texts if one != of),
            triggers=tuple(one for one in self.state.triggers if one.name not in gone),
        )
