# SPDX-License-Identifier: MIT
"""Reads what may be written once or per dialect: SQL texts, collations, expressions of generated columns."""

from __future__ import annotations

from forge_codegen.model.ddl import Generated, PerDialect
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.diagnostics import Location, Reporter
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record

DIALECTS = ("sqlite", "postgres")
COLLATED = ("text", "string", "enum")


class DialectTexts:
    """`dialects` are those that the spec names: each needs its text. None are named in migration files, whose
    end is compared with the spec.
    """

    def __init__(self, dialects: tuple[str, ...], report: Reporter) -> None:
        self._dialects = dialects
        self._report = report

    def sql(self, read: Scalar | Record | None, what: str) -> PerDialect:
        """SQL of every dialect; that of one which the spec does not name is the other's."""
        if read is None:
            return PerDialect()
        if isinstance(read, Scalar):
            return PerDialect(read.text.strip(), read.text.strip())
        self._complete(read, what, "SQL")
        texts = [read[dialect].text.strip() if read[dialect] is not None else "" for dialect in DIALECTS]
        return PerDialect(texts[0] or texts[1], texts[1] or texts[0])

    def collation(self, read: Scalar | Record | None, what: str) -> PerDialect:
        """The names of collations. A plain one is SQLite's: PostgreSQL has none of those."""
        if isinstance(read, Scalar):
            if "postgres" in self._dialects:
                self._report.error(
                    read.at,
                    f"{what} is '{read.text}', which PostgreSQL does not have; write {{sqlite: {read.text}, "
                    "postgres: <its collation, or default>}, or take postgres out of 'dialects'",
                )
            return PerDialect(read.text.upper())
        if read is None:
            return PerDialect()
        self._complete(read, what, "collation")
        sqlite, postgres = (read[dialect].text if read[dialect] is not None else "" for dialect in DIALECTS)
        return PerDialect(sqlite.upper(), postgres)

    def of_column(self, draft: ColumnDraft) -> tuple[PerDialect, Generated | None]:
        """A column's collation and expression, with what its type has to do with them."""
        record, name = draft.record, draft.text
        collation = without_own(self.collation(record["collate"], f"'collate' of column '{name}'"))
        if record.given("collate") and draft.type is not None and draft.type.kind not in COLLATED:
            self._report.error(
                record.place("collate"),
                f"'collate' of column '{name}' is for text, string and enum; the column is "
                f"{draft.type.describe()}, remove it",
            )
        return collation, self.generated(record["generated"], f"'generated' of column '{name}'")

    def generated(self, read: Scalar | Record | None, what: str) -> Generated | None:
        """The expression of a generated column."""
        if read is None:
            return None
        if isinstance(read, Record) and not any(map(read.given, ("sql", *DIALECTS))):
            return self._report.error(read.at, f"{what} has no SQL; add 'sql'")
        if isinstance(read, Scalar) or read["sql"] is None:
            stored = isinstance(read, Record) and bool(read["stored"])
            expression = self.sql(read, what)
            return Generated(expression, stored) if expression else None
        for dialect in DIALECTS:
            if read.given(dialect):
                self._report.error(
                    read.place(dialect),
                    f"{what} has 'sql' for all dialects, and one for {dialect}; write either 'sql', or one "
                    "for each",
                )
        return Generated(self.sql(read["sql"], what), bool(read["stored"]))

    def _complete(self, read: Record, what: str, noun: str) -> None:
        if not any(read.given(dialect) for dialect in DIALECTS):
            self._report.error(read.at, f"{what} has no {noun}; expected 'sqlite' and 'postgres'")
            return
        for dialect in self._dialects:
            if not read.given(dialect):
                self._report.error(
                    read.at,
                    f"{what} has no {noun} for {dialect}; add it, or take {dialect} out of 'dialects'",
                )


def without_own(collation: PerDialect) -> PerDialect:
    """Without the names of what a column has anyway.

    >>> without_own(PerDialect("BINARY", "de-x-icu")), without_own(PerDialect("NOCASE", "default"))
    (PerDialect(sqlite='', postgres='de-x-icu'), PerDialect(sqlite='NOCASE', postgres=''))
    """
    return PerDialect(
        "" if collation.sqlite == "BINARY" else collation.sqlite,
        "" if collation.postgres == "default" else collation.postgres,
    )


def sqlite_text(read: Scalar | Record | None) -> tuple[str, Location] | None:
    """SQLite's text and its place, where one was written."""
    if isinstance(read, Record):
        read = read["sqlite"] if read["sqlite"] is not None else read["sql"]
    return (read.text, read.at) if read is not None else None
