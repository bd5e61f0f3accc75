# SPDX-License-Identifier: MIT
"""Foreign keys of migration files, checked against the tables of that moment."""

from __future__ import annotations

from forge_codegen.model import ddl
from forge_codegen.model.types import Type
from forge_codegen.spec.diagnostics import Location, Reporter, listed, nearest
from forge_codegen.spec.foreign_keys import KeyDraft, Target, check_actions, check_count, check_target


def check_key(state: ddl.State, table: ddl.Table, draft: KeyDraft, report: Reporter) -> None:
    """A key of `table`, which may refer to itself. Tables of other schemas have a history of their own."""
    check_actions(
        draft,
        [column.name for column in table.columns if column.nullable],
        [column.name for column in table.columns if column.default is not None],
        report,
    )
    key = draft.key
    target = table if key.refers_to(table.name) else state.table(key.ref_table)
    if key.ref_schema:
        check_count(draft, report)
        return
    if target is None:
        names = [other.name for other in state.tables]
        report.error(
            draft.at,
            f"no table '{key.ref_table}' at this point; there are {listed(names)}"
            f"{nearest(key.ref_table, names)}",
        )
        return
    check_target(
        draft,
        Target(target.name, _types(target), state.unique_sets(target)),
        _types(table),
        report,
    )


def refuse_unfounded(before: ddl.State, after: ddl.State, what: str, at: Location, report: Reporter) -> None:
    """Reports foreign keys that lose the primary key or unique columns that they refer to."""
    known = {(table.name, key.columns) for table, key in before.unfounded_keys()}
    for table, key in after.unfounded_keys():
        if (table.name, key.columns) not in known:
            report.error(
                at,
                f"{what} '{key.ref_table}' ({', '.join(key.ref_columns)}) unique, which foreign key "
                f"'{key.name}' of '{table.name}' needs; drop that key first",
            )


def _types(table: ddl.Table) -> dict[str, Type | None]:
    return {column.name: column.type for column in table.columns}
