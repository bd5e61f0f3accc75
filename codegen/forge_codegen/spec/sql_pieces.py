# SPDX-License-Identifier: MIT
"""SQL text as quoted pieces, comments and single characters: what can be told without parsing it."""

from __future__ import annotations

import re
from dataclasses import dataclass

PIECE = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\] | --[^\n]* | /\*.*?(?:\*/|\Z) | .""",
    re.DOTALL | re.VERBOSE,
)
_TOKEN = re.compile(
    r"""(?P<skip>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))
      | '(?:[^']|'')*' | "(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\] | [^\W\d]\w* | [\d.]*\d | .""",
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


@dataclass(frozen=True)
class Token:
    """A word, number, quoted piece or symbol, and where it begins."""

    text: str
    at: int

    @property
    def is_space(self) -> bool:
        """Whether it is white space or a comment."""
        return self.text.isspace() or self.text.startswith(("--", "/*"))

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these (lower-case) words, or symbols, unquoted."""
        return self.text.lower() in words

    @property
    def name(self) -> str:
        """The name that it is, without its quotes; empty for what is no name.

        >>> [Token(text, 0).name for text in ('a', '"b""c"', "'d'", '(')]
        ['a', 'b"c', '', '']
        """
        first, last = self.text[0], self.text[-1]
        if first in '"`[' and len(self.text) > 1:
            return self.text[1:-1].replace(last * 2, last)
        return self.text if first.isalpha() or first == "_" else ""


def tokens_and_space(text: str) -> list[Token]:
    """The whole text: joined, the tokens are it."""
    return [Token(found[0], found.start()) for found in _TOKEN.finditer(text)]


def tokens(text: str) -> list[Token]:
    """The text without white space and comments.

    >>> [token.text for token in tokens('select "a b", c.*  -- no')]
    ['select', '"a b"', ',', 'c', '.', '*']
    """
    return [Token(found[0], found.start()) for found in _TOKEN.finditer(text) if not found["skip"]]
