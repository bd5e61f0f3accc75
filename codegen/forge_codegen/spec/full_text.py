# SPDX-License-Identifier: MIT
"""Reads `full_text:` of a table, and the operation that makes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from forge_codegen.model.full_text import RESERVED, TOKENIZERS, FullText
from forge_codegen.model.types import Type
from forge_codegen.spec.diagnostics import Reporter, nearest, one_of
from forge_codegen.spec.key_values import names
from forge_codegen.spec.shapes import Choice, Key, Object, Record, Text

INTEGERS = ("int32", "int64")
keys = (
    Key("columns", names, "the columns whose words are looked for", required=True),
    Key(
        "tokenize",
        Choice(tuple(TOKENIZERS)),
        "how SQLite finds words: unicode61 folds case and accents, porter also the endings of English words, "
        "trigram finds any three letters",
        default="unicode61",
    ),
    Key(
        "configuration",
        Text("a text search configuration such as 'english'", r"[a-z_][a-z0-9_]*"),
        "how PostgreSQL finds words",
        default="simple",
    ),
)
full_text = Object(
    "a full-text index",
    keys,
    {},
    {"column": "the key is 'columns'", "language": "the keys are 'tokenize' and 'configuration'"},
)


class FullTextReader:
    """`types` are those of all columns of the table, None for broken ones."""

    def __init__(
        self, table: str, key: tuple[str, ...], types: Mapping[str, Type | None], secret: Collection[str]
    ) -> None:
        self._table = table
        self._key = key
        self._types = types
        self._secret = secret

    def read(self, record: Record | None, without_rowid: bool, report: Reporter) -> FullText | None:
        """None when it is not there, or something is wrong with it."""
        if record is None or record["columns"] is None:
            return None
        where = f"the full text of table '{self._table}'"
        good = self._has_key(record, without_rowid, report)
        found: list[str] = []
        for name in record["columns"]:
            problem = self._problem(name.text, found)
            if problem:
                hint = nearest(name.text, self._types) if name.text not in self._types else ""
                report.error(name.at, f"column '{name.text}' of {where} {problem}{hint}")
                good = False
            found.append(name.text)
        if not found and good:
            report.error(record.place("columns"), f"{where} has no columns; name at least one")
        if not found or not good:
            return None
        tokenize = record["tokenize"].text if record["tokenize"] is not None else "unicode61"
        configuration = record["configuration"].text if record["configuration"] is not None else "simple"
        return FullText(self._table, self._key[0], tuple(found), tokenize, configuration)

    def _has_key(self, record: Record, without_rowid: bool, report: Reporter) -> bool:
        kind = self._types.get(self._key[0]) if len(self._key) == 1 else None
        if kind is not None and kind.kind in INTEGERS and not without_rowid:
            return True
        if len(self._key) != 1 or kind is not None:
            report.error(
                record.at,
                f"the full text of table '{self._table}' needs one whole number as primary key, which is "
                "SQLite's rowid; other keys are not supported yet, remove it",
            )
        return False

    def _problem(self, name: str, before: list[str]) -> str:
        if name not in self._types:
            return f"is not there; expected {one_of(self._types)}"
        kind = self._types[name]
        if kind is not None and kind.kind not in ("text", "string"):
            return f"is {kind.describe()}; words are looked for in text and string"
        if name in self._secret:
            return "is secret, but the index would hold its words; remove it"
        if name in RESERVED:
            return "has a name that FTS5 has itself; rename the column"
        return "appears twice; remove one" if name in before else ""
