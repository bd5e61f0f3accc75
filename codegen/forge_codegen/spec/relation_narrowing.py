# SPDX-License-Identifier: MIT
"""Reads what narrows a relation to many rows: a condition, an order, a limit."""

from __future__ import annotations

from dataclasses import replace

from forge_codegen.model.ddl import PerDialect
from forge_codegen.model.relation import Relation
from forge_codegen.model.schema import Table
from forge_codegen.spec.diagnostics import Reporter, nearest, one_of
from forge_codegen.spec.dialect_texts import DialectTexts, sqlite_text
from forge_codegen.spec.shapes import Record
from forge_codegen.spec.sql_pieces import tokens_and_space
from forge_codegen.spec.sql_texts import check_condition

# Words that mean themselves where they stand bare, though a column may have their name.
_WORDS = frozenset(
    (
        "and",
        "or",
        "not",
        "is",
        "isnull",
        "notnull",
        "null",
        "in",
        "like",
        "glob",
        "match",
        "regexp",
        "between",
        "escape",
        "exists",
        "collate",
        "cast",
        "as",
        "case",
        "when",
        "then",
        "else",
        "end",
        "distinct",
        "from",
        "true",
        "false",
    )
)


class NarrowingReader:
    def __init__(self, dialects: tuple[str, ...], report: Reporter) -> None:
        self._texts = DialectTexts(dialects, report)
        self._report = report

    def read(self, what: str, relation: Relation, record: Record, related: Table) -> Relation:
        """The relation with what the record says of the rows of `related`."""
        names = [column.name for column in related.columns]
        condition = self._texts.sql(record["where"], f"'where' of {what}")
        if text := sqlite_text(record["where"]):
            free = {column.name for column in related.columns if column.type.kind in ("text", "string")}
            check_condition(f"'where' of {what}", *text, related.name, names, free, self._report)
        limit = record["limit"]
        return replace(
            relation,
            where=PerDialect(
                *(with_table(one, related.name, names) for one in (condition.sqlite, condition.postgres))
            ),
            order=self._order(what, record, related),
            limit=limit if limit is not None else 0,
        )

    def _order(self, what: str, record: Record, related: Table) -> tuple[tuple[str, bool], ...]:
        written = record["order_by"]
        order: dict[str, bool] = {}
        for one in written if isinstance(written, list) else filter(None, [written]):
            name, _, way = one.text.partition(" ")
            column = next((column for column in related.columns if column.name == name), None)
            if column is None:
                names = [column.name for column in related.columns]
                self._report.error(
                    one.at,
                    f"unknown column '{name}' in 'order_by' of {what}; expected {one_of(names)}"
                    f"{nearest(name, names)}",
                )
            elif not column.type.sortable or column.type.cpp:
                self._report.error(
                    one.at, f"column '{name}' of type {column.type.describe()} has no order; remove it"
                )
            elif name in order:
                self._report.error(one.at, f"'order_by' of {what} names '{name}' twice; remove one")
            else:
                order[name] = way.strip() == "desc"
        return tuple(order.items())


def with_table(text: str, table: str, columns: list[str]) -> str:
    """SQL text on a row, with its columns named as those of the table.

    >>> with_table("a is null and b.a > 1 and `a` = 'a'", "t", ["a", "b"])
    '"t"."a" is null and b.a > 1 and "t"."a" = \\'a\\''
    >>> with_table("case when end then a(1) else cast(x as a) end", "t", ["a", "x", "end"])
    'case when end then a(1) else cast("t"."x" as a) end'
    """
    pieces = tokens_and_space(text)
    solid = [at for at, piece in enumerate(pieces) if not piece.is_space]
    out = []
    for at, piece in enumerate(pieces):
        before = next((pieces[one] for one in reversed(solid) if one < at), None)
        after = next((pieces[one] for one in solid if one > at), None)
        name = piece.name.lower() if piece.text == piece.name else piece.name
        is_column = (
            name in columns
            and not (piece.text == piece.name and name in _WORDS)
            and not (before is not None and before.is_word(".", "as", "collate"))
            and not (after is not None and after.text in ".(")
        )
        out.append(f'"{table}"."{name}"' if is_column else piece.text)
    return "".join(out)
