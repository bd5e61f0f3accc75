# SPDX-License-Identifier: MIT
"""Reads what SQLite alone knows of a table: strict, without_rowid, and what adoption brings in line."""

from __future__ import annotations

from dataclasses import dataclass

from forge_codegen.spec.diagnostics import Reporter
from forge_codegen.spec.shapes import Record


@dataclass(frozen=True)
class TableOptions:
    strict: bool
    without_rowid: bool
    adopt: tuple[str, ...]


def read_options(
    table: str, record: Record, autoincrement: bool, dialects: tuple[str, ...], report: Reporter
) -> TableOptions:
    """The options, with errors reported for those that have no place."""
    for key in ("strict", "without_rowid", "adopt"):
        if record[key] and "sqlite" not in dialects:
            report.error(
                record.place(key),
                f"'{key}' of table '{table}' is SQLite's, which is not among the 'dialects'; remove it",
            )
    refuse_rowids(table, record, autoincrement, report)
    adopt = _adopt(table, record["adopt"], report)
    return TableOptions(bool(record["strict"]), bool(record["without_rowid"]), adopt)


def refuse_rowids(table: str, record: Record, autoincrement: bool, report: Reporter) -> None:
    """Refuses numbering rowids in a table without them."""
    if record["without_rowid"] and autoincrement:
        report.error(
            record.place("without_rowid"),
            f"'without_rowid' of table '{table}' beside 'autoincrement', which numbers rowids; remove one",
        )


def _adopt(table: str, record: Record | None, report: Reporter) -> tuple[str, ...]:
    words = record.get("normalise", []) if record is not None else []
    if record is not None and record["normalise"] == [] and not record.node.get("normalise").items:
        report.error(record.place("normalise"), f"'normalise' of table '{table}' is empty; remove 'adopt'")
    seen: list[str] = []
    for word in words:
        if word.text in seen:
            report.error(
                word.at, f"'{word.text}' appears twice in 'normalise' of table '{table}'; remove one"
            )
        seen.append(word.text)
    return tuple(seen)
