# SPDX-License-Identifier: MIT
"""What an engine does with names and columns that a spec could not expect, refused before it happens."""

from __future__ import annotations

from forge_codegen import naming
from forge_codegen.model.schema import Column, Table
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.diagnostics import Reporter
from forge_codegen.spec.references import TableDraft


def refuse_postgres_columns(drafts: list[ColumnDraft], report: Reporter) -> None:
    for draft in drafts:
        if draft.text in naming.POSTGRES_COLUMNS:
            report.error(
                draft.at,
                f"column name '{draft.text}' is PostgreSQL's, where every table has such a column; "
                "rename it, or take postgres out of 'dialects'",
            )


def refuse_real_first(table: TableDraft, columns: tuple[Column, ...], report: Reporter) -> None:
    """SQLite 3.40 treats every column of a RETURNING as it treats the table's first."""
    if columns and columns[0].type.sqlite_type == "REAL":
        first = next(draft for draft in table.drafts if draft.text == columns[0].name)
        report.error(
            first.at,
            f"column '{first.text}' is stored as a real number and stands first in table "
            f"'{table.name}': SQLite then gives back the integers of an inserted row as real "
            "numbers, rounded; put another column before it",
        )


def check_index_names(tables: list[Table], views: list[str], report: Reporter) -> None:
    """Index names are one space for the whole database, unlike constraint names."""
    owners = {table.name: "a table" for table in tables}
    owners |= dict.fromkeys(views, "a view")
    for table in tables:
        for index in table.indexes:
            owner = owners.setdefault(index.name.lower(), f"an index of '{table.name}'")
            if owner != f"an index of '{table.name}'":
                report.error(
                    table.at,
                    f"index '{index.name}' of table '{table.name}' has the name of {owner}; "
                    "give it another 'name'",
                )
