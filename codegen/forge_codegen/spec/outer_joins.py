# SPDX-License-Identifier: MIT
"""Which columns of a SELECT an outer join may leave null, told from its text by names, without parsing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from forge_codegen.spec.sql_pieces import Token, tokens

_CLAUSES = ("select", "from", "where", "group", "having", "order")
# What may follow a table or a column, and is no name for it.
_NO_ALIAS = (
    *("on", "using", "join", "left", "right", "full", "inner", "cross", "natural", "indexed", "not"),
    *("limit", "union", "intersect", "except", "window"),
    *_CLAUSES,
)


@dataclass(frozen=True)
class _Source:
    """A table of the FROM, under the name that it has there."""

    table: str
    alias: str
    may_be_null: bool


def may_be_null(text: str, table: str, column: str, result: str) -> bool:
    """Whether an outer join may leave the result column null that is `column` of `table`. Where the table
    stands on both sides of the join, the name before the dot decides; without one, the answer is no.

    >>> text = "select a.id, b.id as other, b.name from t a left join t b on b.id = a.up"
    >>> [may_be_null(text, "t", *pair) for pair in (("id", "id"), ("id", "other"), ("name", "name"))]
    [False, True, True]
    >>> [may_be_null("select id, x from t full join u on a = b", one, "x", "x") for one in ("t", "u", "v")]
    [True, True, False]
    >>> may_be_null("select t.id, u.x, y from t left join u using (a)", "u", "y", "y")
    True
    >>> may_be_null("select x from t right outer join u using (a)", "u", "x", "x")
    False
    """
    read = tokens(text)
    sources = [source for source in _sources(read) if source.table == table]
    aliases = {source.alias for source in sources if source.may_be_null}
    if not aliases or len(aliases) == len(sources):
        return bool(aliases)
    for at, (clause, owner) in enumerate(_in_clauses(read)):
        if clause != "select" or owner.name not in aliases or at + 2 >= len(read):
            continue
        named = read[at + 1].text == "." and read[at + 2].name == column
        if named and _alias(read, at + 3, column) == result:
            return True
    return False


def _sources(read: list[Token]) -> list[_Source]:
    found: list[_Source] = []
    for at, (clause, token) in enumerate(_in_clauses(read[:-1])):
        if clause != "from" or not token.is_word("from", "join", ","):
            continue
        kind = read[max(at - 2, 0) : at] if token.is_word("join") else ()
        before = {one.text.lower() for one in kind}
        if before & {"right", "full"}:
            found = [replace(source, may_be_null=True) for source in found]
        name = read[at + 1].name
        found.append(_Source(name, _alias(read, at + 2, name), bool(before & {"left", "full"})))
    return found


def _in_clauses(read: list[Token]) -> Iterator[tuple[str, Token]]:
    """Each token behind the word that began its clause."""
    clause = ""
    for token in read:
        if token.is_word(*_CLAUSES):
            clause = token.text.lower()
        yield clause, token


def _alias(read: list[Token], at: int, otherwise: str) -> str:
    """The name that is given at a place, with `as` or without; else the other one."""
    if at < len(read) and read[at].is_word("as"):
        return read[at + 1].name
    given = at < len(read) and read[at].name and not read[at].is_word(*_NO_ALIAS)
    return read[at].name if given else otherwise
