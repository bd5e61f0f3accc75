# SPDX-License-Identifier: MIT
"""SQL tokens as a tree of parentheses, and how its clauses are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forge_codegen.spec.sql_pieces import Token


@dataclass(frozen=True)
class Group:
    """What stands in a pair of parentheses."""

    items: tuple[Node, ...]
    at: int

    def is_word(self, *_: str) -> bool:
        return False

    @property
    def name(self) -> str:
        return ""

    @property
    def is_query(self) -> bool:
        return bool(self.items) and self.items[0].is_word("select", "with", "values")


Node = Token | Group


def tree(read: Iterable[Token]) -> tuple[Node, ...]:
    """
    >>> from forge_codegen.spec.sql_pieces import tokens
    >>> [type(node).__name__ for node in tree(tokens("count(*) + (1)"))]
    ['Token', 'Group', 'Token', 'Group']
    """
    return tuple(_nodes(iter(read)))


def _nodes(read: Iterator[Token]) -> Iterator[Node]:
    for token in read:
        if token.text == ")":
            return
        yield Group(tuple(_nodes(read)), token.at) if token.text == "(" else token


def split(nodes: Iterable[Node], *words: str) -> list[tuple[Node, ...]]:
    """The parts between the words, or symbols.

    >>> from forge_codegen.spec.sql_pieces import tokens
    >>> [len(part) for part in split(tree(tokens("a, b c, (d, e)")), ",")]
    [1, 2, 1]
    """
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node.is_word(*words):
            parts.append([])
        else:
            parts[-1].append(node)
    return [tuple(part) for part in parts]


def until(nodes: tuple[Node, ...], *words: str) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """What stands before the first of the words, and the rest from it on."""
    at = next((index for index, node in enumerate(nodes) if node.is_word(*words)), len(nodes))
    return nodes[:at], nodes[at:]
