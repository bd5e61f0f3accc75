# SPDX-License-Identifier: MIT
"""Checks the rows of seed files against each other: repeated values, and references to rows that are not
there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forge_codegen.model import ddl
from forge_codegen.seeds.model import Row, SeedFile, SeedTable
from forge_codegen.spec.diagnostics import Reporter


def check_links(files: list[SeedFile], report: Reporter) -> None:
    """Rows may refer to rows of other files, too, as long as no row of a table of their own file is meant."""
    for file in files:
        for at, table in enumerate(file.tables):
            _check_repeated(table, report)
            given = {name for row in table.rows for name in row.columns}
            for key in table.table.foreign_keys:
                if key.ref_schema or key.columns[0] not in given:
                    continue
                _check_order(file, at, key, report)
                _check_target(files, file, table, key, report)
                if key.refers_to(table.table.name):
                    _check_batches(table, key, report)


def _check_repeated(table: SeedTable, report: Reporter) -> None:
    owner = table.table
    for columns in dict.fromkeys([table.key, owner.primary_key, *owner.conflict_targets]):
        lines: dict[tuple[str, ...], int] = {}
        for row in table.rows if columns else ():
            values = row.values(columns)
            if values is None:
                continue
            if values in lines:
                named = ", ".join(f"'{name}'" for name in columns)
                report.error(
                    row.place(columns[0]),
                    f"a row of table '{owner.name}' repeats {named} of line {lines[values]}; keep one",
                )
            lines.setdefault(values, row.at.line)


def _check_order(file: SeedFile, at: int, key: ddl.ForeignKey, report: Reporter) -> None:
    table = file.tables[at]
    later = next((one for one in file.tables[at + 1 :] if one.table.name == key.ref_table), None)
    if later is not None:
        report.error(
            table.at,
            f"table '{table.table.name}' refers to '{key.ref_table}', which follows in line {later.at.line}; "
            f"put '{key.ref_table}' first",
        )


def _check_target(
    files: list[SeedFile], file: SeedFile, table: SeedTable, key: ddl.ForeignKey, report: Reporter
) -> None:
    if key.ref_table not in {one.table.name for one in file.tables}:
        return
    given = [row.values(key.ref_columns) for row in _rows_of(files, key.ref_table)]
    if None in given:
        return  # what the database assigns is not known here
    for row in table.rows:
        values = row.values(key.columns)
        if values is not None and values not in given:
            named = ", ".join(f"'{name}'" for name in key.columns)
            report.error(
                row.place(key.columns[0]),
                f"{named} of table '{table.table.name}' refers to no row of '{key.ref_table}' in the seed "
                "files; add that row before it",
            )


def _check_batches(table: SeedTable, key: ddl.ForeignKey, report: Reporter) -> None:
    """Rows that give the same columns go in at once, and may refer to each other in any order; others not."""
    batches = list(table.batches)
    for at, batch in enumerate(batches):
        later = {row.values(key.ref_columns): row for one in batches[at + 1 :] for row in one.rows}
        for row in batch.rows:
            values = row.values(key.columns)
            if values in later and values is not None:
                named = ", ".join(f"'{name}'" for name in key.columns)
                report.error(
                    row.place(key.columns[0]),
                    f"{named} refers to the row in line {later[values].at.line}, which goes in later, as "
                    "it gives other columns; put that row first",
                )


def _rows_of(files: Iterable[SeedFile], table: str) -> Iterator[Row]:
    for file in files:
        for one in file.tables:
            if one.table.name == table:
                yield from one.rows
