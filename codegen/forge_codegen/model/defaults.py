# SPDX-License-Identifier: MIT
"""Defaults: what an unset column becomes, in DDL per dialect and in C++."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from forge_codegen.model.types import Type

NOW_SQLITE = {
    # Canonical text has six digits; SQLite's clock has three.
    "text": "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))",
    "text_s": "(strftime('%Y-%m-%d %H:%M:%S', 'now'))",
    "iso": "(strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))",
    "unix_us": "(cast(round((julianday('now') - 2440587.5) * 86400000.0) as integer) * 1000)",
    "unix_ms": "(cast(round((julianday('now') - 2440587.5) * 86400000.0) as integer))",
    "unix_s": "(cast(strftime('%s', 'now') as integer))",
    "unix_real": "((julianday('now') - 2440587.5) * 86400.0)",
    "julian": "(julianday('now'))",
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BARE = re.compile(
    r"(?i)current_(timestamp|date|time)|null|true|false|[+-]?[0-9.]+(e[+-]?[0-9]+)?|'(?:[^']|'')*'"
)


@dataclass(frozen=True)
class Default:
    """One default.

    `kind` is `literal`, `now`, `uuid_v4`, `uuid_v7` or `sql`. For a literal, `text` is the value in a normal
    form (json: JSON text, bool: true or false); for `sql`, `text` is SQLite's expression and `postgres` the
    other's.
    """

    kind: str
    text: str = ""
    postgres: str = ""

    @property
    def in_ddl(self) -> bool:
        return self.kind in ("literal", "now", "sql")

    @property
    def fills_in_cpp(self) -> bool:
        return self.kind != "sql"

    def describe(self) -> str:
        """
        >>> Default("literal", "open").describe(), Default("literal", "").describe()
        ('open', "''")
        """
        if self.kind == "sql":
            return f"of the database: {self.text}"
        return (self.text or "''") if self.kind == "literal" else self.kind


def sql_text(value: str) -> str:
    """
    >>> sql_text("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def in_parentheses(expression: str) -> str:
    """A DEFAULT clause takes literals and CURRENT_* bare, and anything else in parentheses.

    >>> [in_parentheses(e) for e in ("CURRENT_TIMESTAMP", "-1.5", "'a'", "1 + 1", "(1 + 1)", "(1) + (2)")]
    ['CURRENT_TIMESTAMP', '-1.5', "'a'", '(1 + 1)', '(1 + 1)', '((1) + (2))']
    """
    if _BARE.fullmatch(expression) or _is_enclosed(expression):
        return expression
    return f"({expression})"


def _is_enclosed(expression: str) -> bool:
    if not (expression.startswith("(") and expression.endswith(")")):
        return False
    depth = 0
    for position, character in enumerate(expression):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0 and position < len(expression) - 1:
            return False
    return True


def scaled(text: str, scale: int) -> int:
    """A decimal's literal as the scaled integer that SQLite stores.

    >>> scaled("12.5", 2), scaled("-0.01", 2), scaled("3", 0)
    (1250, -1, 3)
    """
    sign = -1 if text.startswith("-") else 1
    whole, _, fraction = text.lstrip("+-").partition(".")
    return sign * int((whole or "0") + fraction.ljust(scale, "0"))


def ddl_default(default: Default | None, kind: Type, dialect: str) -> str | None:
    """The expression behind DEFAULT for one dialect; None when the table has none."""
    if default is None or not default.in_ddl:
        return None
    if default.kind == "now":
        if dialect == "postgres":
            return "now()"
        return "(date('now'))" if kind.kind == "date" else NOW_SQLITE[kind.storage or "text"]
    if default.kind == "sql":
        text = default.text if dialect == "sqlite" else default.postgres
        return in_parentheses(text) if text else None
    return _literal(default.text, kind, dialect)


def _literal(text: str, kind: Type, dialect: str) -> str:
    if dialect == "sqlite" and (kind.kind, kind.storage) in SQLITE_LITERALS:
        return SQLITE_LITERALS[kind.kind, kind.storage](text, kind)
    if kind.kind == "bool":
        return text if dialect == "postgres" else str(int(text == "true"))
    if kind.kind == "bytes":
        return sql_text("\\" + text[1:]) if dialect == "postgres" else f"x'{text[2:]}'"
    if kind.kind == "timestamp" and dialect == "postgres":
        return sql_text(text + "+00")
    if kind.info.number:
        return text
    if kind.kind == "decimal":
        return text if dialect == "postgres" else str(scaled(text, kind.scale))
    return sql_text(text)


def unix_us(text: str) -> int:
    """A canonical time stamp as microseconds since 1970.

    >>> unix_us("1970-01-01 00:00:01.000002"), unix_us("1969-12-31 23:59:59.999999")
    (1000002, -1)
    """
    moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
    return (moment - EPOCH) // timedelta(microseconds=1)


# How literals of these types and storages are written for SQLite.
SQLITE_LITERALS: dict[tuple[str, str], Callable[[str, Type], str]] = {
    ("bool", "true_false"): lambda text, _: sql_text(text),
    ("bool", "yes_no"): lambda text, _: "'Y'" if text == "true" else "'N'",
    ("decimal", "real"): lambda text, _: text,
    ("decimal", "text"): lambda text, _: sql_text(text),
    ("timestamp", "text_s"): lambda text, _: sql_text(text[:19]),
    ("timestamp", "iso"): lambda text, _: sql_text(text.replace(" ", "T") + "Z"),
    ("timestamp", "unix_us"): lambda text, _: str(unix_us(text)),
    ("timestamp", "unix_ms"): lambda text, _: str(unix_us(text) // 1_000),
    ("timestamp", "unix_s"): lambda text, _: str(unix_us(text) // 1_000_000),
    ("timestamp", "unix_real"): lambda text, _: repr(unix_us(text) / 1e6),
    ("timestamp", "julian"): lambda text, _: repr(unix_us(text) // 1_000 / 86_400e3 + 2_440_587.5),
    ("date", "yyyymmdd"): lambda text, _: text.replace("-", "").lstrip("0"),
    ("date", "unix_s"): lambda text, _: str(unix_us(text + " 00:00:00.000000") // 1_000_000),
    ("uuid", "hex32"): lambda text, _: sql_text(text.replace("-", "")),
    ("uuid", "blob"): lambda text, _: f"x'{text.replace('-', '')}'",
}


def string_list(text: str) -> list[str]:
    """The items of a literal default of a list of text."""
    return list(json.loads(text))
