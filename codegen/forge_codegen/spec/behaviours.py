# SPDX-License-Identifier: MIT
"""Reads the behaviours of `repository:`. They are read when all tables are built, because some speak of other
tables.
"""

from __future__ import annotations

from dataclasses import replace

from forge_codegen.model.behaviours import Behaviours
from forge_codegen.model.schema import Table
from forge_codegen.spec.behaviour_columns import BehaviourColumns
from forge_codegen.spec.diagnostics import Reporter
from forge_codegen.spec.linked_behaviours import LinkedBehaviours
from forge_codegen.spec.own_behaviours import OwnBehaviours
from forge_codegen.spec.shapes import NOT_YET, Record

# What of a table's repository does not go together yet, pair by pair.
WATCHING = ("tree", "versions", "audit")
APART = tuple(
    (one, other) for one in ("settings", "quota") for other in ("soft_delete", "optimistic_lock", *WATCHING)
)


def read_behaviours(tables: list[Table], records: list[Record | None], report: Reporter) -> list[Table]:
    """The tables with their behaviours."""
    known = {table.name: table for table in tables}
    read = []
    for table, record in zip(tables, records, strict=True):
        if record is None:
            read.append(table)
            continue
        _refuse_combinations(table, record, report)
        columns = BehaviourColumns(table, report)
        own = OwnBehaviours(columns, record)
        linked = LinkedBehaviours(columns, record, known)
        read.append(
            replace(
                table,
                behaviours=Behaviours(
                    get_or_create=own.get_or_create(),
                    settings=own.settings(),
                    quota=own.quota(),
                    tree=own.tree(),
                    versions=linked.versions(),
                    audit=linked.audit(),
                    tags=own.tags(),
                    cascade=linked.cascade(),
                ),
            )
        )
    return read


def _refuse_combinations(table: Table, record: Record, report: Reporter) -> None:
    for one, other in APART:
        if record.given(one) and record.given(other):
            report.error(
                record.place(one), f"'{one}' beside '{other}' in '{table.name}' {NOT_YET}; remove one of them"
            )
