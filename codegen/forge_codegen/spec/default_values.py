# SPDX-License-Identifier: MIT
"""Reads `default:` and `client_default:` and checks that they fit the column's type."""

from __future__ import annotations

import json
import math
import re
from datetime import datetime
from typing import Any
from uuid import UUID

from forge_codegen.model.defaults import Default, scaled
from forge_codegen.model.schema import Enum
from forge_codegen.model.types import Type
from forge_codegen.spec.diagnostics import Location, Reporter, nearest, one_of
from forge_codegen.spec.nodes import Mapping, Node, Scalar, Sequence, is_null, kind_of

INTEGERS = {"int32": 31, "int64": 63}
MOMENTS = {
    "timestamp": "a time stamp such as '2024-01-31 12:00:00' (UTC)",
    "date": "a date such as '2024-01-31'",
}
FUNCTIONS = {"timestamp": ("now",), "uuid": ("uuid_v4", "uuid_v7")}
_FLOAT = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"


def read_default(
    node: Node, key: str, column: str, kind: Type, enum: Enum | None, report: Reporter
) -> Default | None:
    """The default, or None with an error reported. `enum` is None where an enum's values are not known."""
    what = f"'{key}' of column '{column}'"
    if kind.kind == "vector":
        report.error(
            node.at,
            f"{what} has no place: vectors have no literals; remove it, and make the column nullable where "
            "rows may be without one",
        )
        return None
    if isinstance(node, Mapping) and node.get("sql") is not None:
        return _sql(node, key, what, report)
    if is_null(node) and kind.kind != "json":
        report.error(
            node.at, f"{what} is null; a nullable column starts as NULL without a default, remove it"
        )
        return None
    functions = FUNCTIONS.get(kind.kind, ())
    if isinstance(node, Scalar) and node.text in functions:
        return Default(node.text)
    if isinstance(node, Scalar) and kind.kind == "enum" and kind.storage == "integer" and key == "default":
        report.error(
            node.at,
            f"{what} is '{node.text}', of which the database keeps a position; write {{sql: \"0\"}}, or use "
            "'client_default'",
        )
        return None
    text = read_literal(node, what, kind, enum, report, functions)
    return Default("literal", text) if text is not None else None


def read_literal(
    node: Node, what: str, kind: Type, enum: Enum | None, report: Reporter, functions: tuple[str, ...] = ()
) -> str | None:
    """A value of the type in its normal form, or None with an error reported, which names `functions`."""
    if kind.kind == "json":
        return _json(node, kind, what, report)
    if not isinstance(node, Scalar):
        report.error(node.at, f"{what} is {kind_of(node)}; expected a value of type {kind.describe()}")
        return None
    expected = _misfit(node.text, kind, enum)
    if expected:
        either = f"{', '.join(functions)} or " if functions else ""
        report.error(node.at, f"{what} is '{node.text}'; expected {either}{expected}")
        return None
    return _normal(node.text, kind)


def _sql(node: Mapping, key: str, what: str, report: Reporter) -> Default | None:
    if key == "client_default":
        report.error(
            node.at, f"{what} is SQL, which only the database can compute; use 'default: {{sql: ...}}'"
        )
        return None
    for name, _ in node.entries:
        if name.text != "sql":
            report.error(name.at, f"unknown key '{name.text}' beside 'sql' in {what}; expected only 'sql'")
    sql = node.get("sql")
    if isinstance(sql, Scalar):
        return Default("sql", sql.text, sql.text) if sql.text else _empty(sql.at, what, report)
    texts = {name.text: value for name, value in sql.entries} if isinstance(sql, Mapping) else {}
    if (
        not texts
        or set(texts) - {"sqlite", "postgres"}
        or not all(isinstance(t, Scalar) for t in texts.values())
    ):
        report.error(sql.at, f"'sql' in {what} must be SQL text, or a map of sqlite and postgres to SQL text")
        return None
    sqlite, postgres = (str(texts[d]) if d in texts else "" for d in ("sqlite", "postgres"))
    return Default("sql", sqlite, postgres)


def _empty(at: Location, what: str, report: Reporter) -> None:
    report.error(at, f"'sql' in {what} is empty; expected an SQL expression")


def _misfit(text: str, kind: Type, enum: Enum | None) -> str:
    """What was expected, when the text is no value of the type."""
    name = kind.kind
    if name in INTEGERS:
        bits = INTEGERS[name]
        fits = re.fullmatch(r"[+-]?[0-9]{1,19}", text) and -(1 << bits) <= int(text) < (1 << bits)
        return "" if fits else f"a whole number that fits {name}"
    if name == "float64":
        return (
            ""
            if re.fullmatch(_FLOAT, text) and abs(float(text)) <= 1.7976931348623157e308
            else "a finite number"
        )
    if name == "bool":
        return "" if text in ("true", "false") else "true or false"
    if name == "decimal":
        return _decimal_misfit(text, kind)
    if name == "string" and len(text) > kind.length:
        return f"at most {kind.length} characters"
    if name in MOMENTS:
        return "" if _moment(text, name) else MOMENTS[name]
    if name == "uuid":
        fits = re.fullmatch(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}", text)
        return "" if fits else "a UUID of 32 hexadecimal digits"
    if name == "bytes":
        fits = re.fullmatch(r"0x([0-9a-fA-F]{2})*", text)
        return "" if fits else "bytes as hexadecimal digits such as '0x00ff'"
    if name == "enum" and enum is not None:
        values = [value.text for value in enum.values]
        return "" if text in values else f"{one_of(values)}{nearest(text, values)}"
    return ""


def _moment(text: str, kind: str) -> str:
    """The canonical form of a time stamp or a date; empty when it is none.

    >>> _moment("2024-01-31T12:00:00Z", "timestamp"), _moment("2024-02-30", "date")
    ('2024-01-31 12:00:00.000000', '')
    """
    pattern = r"(\d{4}-\d\d-\d\d)" + (
        "" if kind == "date" else r"[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00:00)?"
    )
    match = re.fullmatch(pattern, text, re.ASCII)
    if match is None:
        return ""
    canonical = match[1] if kind == "date" else f"{match[1]} {match[2]}.{(match[3] or '').ljust(6, '0')}"
    try:
        datetime.fromisoformat(canonical)
    except ValueError:
        return ""
    return canonical


def _decimal_misfit(text: str, kind: Type) -> str:
    match = re.fullmatch(r"[+-]?([0-9]{1,40})(?:\.([0-9]+))?", text)
    fits = match and len(match[2] or "") <= kind.scale and abs(scaled(text, kind.scale)) < 10**kind.precision
    return (
        "" if fits else f"a number of at most {kind.precision} digits, {kind.scale} of them behind the point"
    )


def _normal(text: str, kind: Type) -> str:
    """One spelling for equal values: `+7` and `7`, `1e3` and `1000.0`."""
    if kind.kind in INTEGERS:
        return str(int(text))
    if kind.kind == "float64":
        return repr(float(text))
    if kind.kind == "decimal":
        return text.lstrip("+")
    if kind.kind in MOMENTS:
        return _moment(text, kind.kind)
    if kind.kind == "uuid":
        return str(UUID(text))
    return text.lower() if kind.kind == "bytes" else text


def _json(node: Node, kind: Type, what: str, report: Reporter) -> str | None:
    value: Any
    if isinstance(node, Scalar):
        try:
            value = json.loads(node.text)
            json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
        except (ValueError, RecursionError):
            report.error(
                node.at,
                f"{what} is '{node.text}', which is not JSON; quote the JSON text, or write a "
                "YAML list or map",
            )
            return None
    else:
        value = _plain_json(node)
    if kind.is_string_list and not (_is_text_list(value)):
        report.error(node.at, f"{what} is {json.dumps(value)}; expected a list of text")
        return None
    return json.dumps(value)


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and "\0" not in item for item in value)


def _plain_json(node: Node) -> Any:
    """A YAML list or map as a JSON value; plain numbers, true, false and null are what JSON means by them."""
    if isinstance(node, Sequence):
        return [_plain_json(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: _plain_json(value) for key, value in node.entries}
    if node.plain:
        try:
            value = json.loads(node.text)
        except ValueError:
            return node.text
        return value if not isinstance(value, float) or math.isfinite(value) else node.text
    return node.text
