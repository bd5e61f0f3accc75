# SPDX-License-Identifier: MIT
"""SQL text as quoted pieces, comments and single characters: what can be told without parsing it."""

from __future__ import annotations

import re

PIECE = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\] | --[^\n]* | /\*.*?(?:\*/|\Z) | .""",
    re.DOTALL | re.VERBOSE,
)
_ASKS_THE_CLOCK = ("'now'", "'localtime'", "'utc'")


def without_double_quotes(text: str) -> str:
    """SQLite takes an unknown name in double quotes for text; in backticks it stays a name.

    >>> without_double_quotes('"a" = \\'"b"\\' or "c""d" = 1')
    '`a` = \\'"b"\\' or `c"d` = 1'
    """
    return "".join(map(_in_backticks, PIECE.findall(text)))


def _in_backticks(piece: str) -> str:
    if piece[0] != '"' or len(piece) == 1:
        return piece
    name = piece[1:-1].replace('""', '"').replace("`", "``")
    return f"`{name}`"


def is_one_expression(text: str) -> bool:
    """
    >>> [is_one_expression(e) for e in ("(a) + (b)", "a = ')'", "1) or (1", "(1", "a; b", "a = ';'")]
    [True, True, False, False, False, True]
    """
    depth = 0
    for piece in map(reduced, PIECE.findall(text)):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if depth < 0 or piece == ";":
            return False
    return depth == 0


def reduced(piece: str) -> str:
    """A piece of SQL without what stands in its quotes, unless it is a word that asks for the clock."""
    if piece in _ASKS_THE_CLOCK:
        return "'now'"
    if piece[0] == "'" and len(piece) > 1:
        return "''"
    return piece if len(piece) == 1 else " quoted "
