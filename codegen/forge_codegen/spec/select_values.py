# SPDX-License-Identifier: MIT
"""The types of expressions in select lists, as far as they are the same on every dialect."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from forge_codegen.model.queries import Value
from forge_codegen.model.types import Type
from forge_codegen.spec.sql_tree import Group, Node, split

if TYPE_CHECKING:
    from forge_codegen.spec.select_columns import Scope

_INTEGER, _REAL = Value(Type("int64")), Value(Type("float64"))
_TEXT, _FLAG = Value(Type("text")), Value(Type("bool", "integer"))
_WORDS = ("text", "string")


class ValueReader:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def read(self, nodes: tuple[Node, ...]) -> Value | None:
        """The value of an expression; None where it is not known."""
        nodes = _without_window(nodes)
        if len(nodes) == 1 and isinstance(nodes[0], Group):
            return self._scope.scalar(nodes[0]) if nodes[0].is_query else self.read(nodes[0].items)
        if _is_exists(nodes):
            return _FLAG
        names = [node.name for node in nodes[::2]]
        if (
            nodes
            and all(names)
            and len(nodes) in (1, 3, 5)
            and all(node.is_word(".") for node in nodes[1::2])
        ):
            column = self._scope.column(names[-1], names[-2] if len(names) > 1 else "")
            return column.value if column is not None else None
        if len(nodes) == 2 and isinstance(nodes[1], Group):
            reader = _FUNCTIONS.get(nodes[0].name.lower())
            return reader(self, _arguments(nodes[1])) if reader is not None else None
        return None

    def same(self, arguments: list[tuple[Node, ...]]) -> Value | None:
        """min() and max(): the value of their argument, NULL where there are no rows."""
        value = self.read(arguments[0]) if len(arguments) == 1 else None
        return (
            value.as_nullable()
            if value is not None and value.type.sortable and value.type.kind != "bool"
            else None
        )

    def sum(self, arguments: list[tuple[Node, ...]]) -> Value | None:
        value = self.read(arguments[0]) if len(arguments) == 1 else None
        if value is None or value.type.cpp or value.type.lenient:
            return None
        if value.type.kind in ("int32", "int64"):
            return _INTEGER.as_nullable()
        exact = value.type.kind == "decimal" and value.type.storage_info.ordered
        return value.as_nullable() if value.type.kind == "float64" or exact else None

    def average(self, arguments: list[tuple[Node, ...]]) -> Value | None:
        """Of decimals it is unknown: SQLite's is of the scaled integers."""
        value = self.read(arguments[0]) if len(arguments) == 1 else None
        plain = value is not None and value.type.kind in ("int32", "int64", "float64") and not value.type.cpp
        return _REAL.as_nullable() if plain else None

    def first_given(self, arguments: list[tuple[Node, ...]]) -> Value | None:
        """coalesce(): NULL only if all are; a literal behind the first never is."""
        first = self.read(arguments[0]) if arguments else None
        if first is None:
            return None
        nullable = first.nullable
        for argument in arguments[1:]:
            other = self.read(argument)
            if other is None and _is_literal_of(argument, first.type):
                nullable = False
            elif other is None or other.kind != first.kind:
                return None
            else:
                nullable = nullable and other.nullable
        return first.as_nullable(nullable)

    def text_of(self, arguments: list[tuple[Node, ...]]) -> Value | None:
        value = self.read(arguments[0]) if len(arguments) == 1 else None
        plain = value is not None and value.type.kind in _WORDS and not value.type.cpp
        return _TEXT.as_nullable(value.nullable) if value is not None and plain else None

    def length_of(self, arguments: list[tuple[Node, ...]]) -> Value | None:
        text = self.text_of(arguments)
        return _INTEGER.as_nullable(text.nullable) if text is not None else None


_Reader = Callable[[ValueReader, list[tuple[Node, ...]]], "Value | None"]
_FUNCTIONS: dict[str, _Reader] = {
    **dict.fromkeys(("count", "row_number", "rank", "dense_rank", "ntile"), lambda reader, _: _INTEGER),
    "sum": ValueReader.sum,
    "avg": ValueReader.average,
    "min": ValueReader.same,
    "max": ValueReader.same,
    "coalesce": ValueReader.first_given,
    "ifnull": ValueReader.first_given,
    "lower": ValueReader.text_of,
    "upper": ValueReader.text_of,
    "trim": ValueReader.text_of,
    "length": ValueReader.length_of,
}


def _arguments(group: Group) -> list[tuple[Node, ...]]:
    parts = split(group.items, ",")
    if parts[0] and parts[0][0].is_word("distinct"):
        parts[0] = parts[0][1:]
    return parts


def _without_window(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """A function's call without FILTER and OVER behind it."""
    if len(nodes) > 3 and nodes[-2].is_word("over", "filter") and isinstance(nodes[1], Group):
        return _without_window(nodes[:-2])
    return nodes


def _is_exists(nodes: tuple[Node, ...]) -> bool:
    said = nodes[1:] if nodes and nodes[0].is_word("not") else nodes
    return len(said) == 2 and said[0].is_word("exists") and isinstance(said[1], Group) and said[1].is_query


def _is_literal_of(nodes: tuple[Node, ...], kind: Type) -> bool:
    """Whether it is a literal that reads as the type."""
    text = "".join(node.text for node in nodes if not isinstance(node, Group))
    if kind.cpp or any(isinstance(node, Group) for node in nodes):
        return False
    if kind.kind in _WORDS:
        return len(nodes) == 1 and text.startswith("'")
    patterns = {"int32": r"-?\d+", "int64": r"-?\d+", "float64": r"-?\d+(\.\d+)?"}
    zero = kind.kind == "decimal" and text == "0"
    return zero or bool(kind.kind in patterns and re.fullmatch(patterns[kind.kind], text))
