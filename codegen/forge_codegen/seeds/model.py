# SPDX-License-Identifier: MIT
"""Checked seed files, as the generator prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from forge_codegen.model.schema import Table
from forge_codegen.spec.diagnostics import Location


@dataclass(frozen=True)
class Row:
    """One row: what it says of its columns, in the table's order. None is NULL; texts are normal forms."""

    at: Location
    cells: tuple[tuple[str, str | None, Location], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self.cells)

    def values(self, columns: Iterable[str]) -> tuple[str, ...] | None:
        """The values of some columns; None unless the row gives all of them, and none is NULL."""
        given = {name: text for name, text, _ in self.cells}
        found = tuple(given.get(name) for name in columns)
        return None if None in found else found  # type: ignore[return-value]

    def place(self, column: str) -> Location:
        return next((at for name, _, at in self.cells if name == column), self.at)


@dataclass(frozen=True)
class SeedTable:
    table: Table
    key: tuple[str, ...]
    existing: str
    rows: tuple[Row, ...]
    at: Location

    @property
    def batches(self) -> Iterator[Batch]:
        """The rows in order, in as few texts as there are changes of columns: a text has one header."""
        for columns, rows in groupby(self.rows, key=lambda row: row.columns):
            yield Batch(columns, tuple(rows))


@dataclass(frozen=True)
class Batch:
    """Rows that say something of the same columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def csv(self) -> list[str]:
        """The lines of the text, the columns' names first."""
        return [csv_line(self.columns)] + [csv_line(text for _, text, _ in row.cells) for row in self.rows]

    @property
    def lines(self) -> list[int]:
        return [row.at.line for row in self.rows]


@dataclass(frozen=True)
class SeedFile:
    """`source` is what generated code calls the file: its path from the folder of the specs on."""

    name: str
    source: str
    doc: str
    tables: tuple[SeedTable, ...]
    at: Location


def csv_line(fields: Iterable[str | None]) -> str:
    """One record; None is an empty field, empty text is quoted.

    >>> csv_line(["a", None, "", "b,c", " d"]), csv_line(['"'])
    ('a,,"","b,c", d\\n', '"\"""\\n')
    """
    return ",".join(_field(field) for field in fields) + "\n"


def _field(text: str | None) -> str:
    if text is None:
        return ""
    return text if re.fullmatch('[^",\r\n]+', text) else '"' + text.replace('"', '""') + '"'
