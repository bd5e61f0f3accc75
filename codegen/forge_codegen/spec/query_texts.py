# SPDX-License-Identifier: MIT
"""The text of a named query: its kind of statement, where its parameters stand, and its placeholders."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from forge_codegen.spec.diagnostics import Reporter
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.object_texts import without_end
from forge_codegen.spec.sql_pieces import Token, is_one_expression, tokens

READS = ("select", "values")
WRITES = ("insert", "update", "delete")
_TRANSACTIONS = ("begin", "start", "commit", "end", "rollback", "savepoint", "release", "abort")
_BEFORE_STAR = ("select", "distinct", "all", "returning", ",", ".")
_SETTINGS = (
    "pragma",
    "attach",
    "detach",
    "vacuum",
    "analyze",
    "reindex",
    "set",
    "reset",
    "checkpoint",
    "listen",
)


@dataclass(frozen=True)
class Replacement:
    """Other text for what stands between two places."""

    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Use:
    """A parameter in a text: tokens number `index` (the colon) and the next."""

    name: str
    index: int
    at: int


def replaced(text: str, changes: Collection[Replacement]) -> str:
    """
    >>> replaced("a :b c", [Replacement(2, 4, "?1")])
    'a ?1 c'
    """
    made, done = [], 0
    for change in sorted(changes, key=lambda one: one.first):
        made += [text[done : change.first], change.text]
        done = change.last
    return "".join([*made, text[done:]])


class QueryText:
    """One dialect's text of one query."""

    def __init__(self, query: str, dialect: str, node: Scalar) -> None:
        self.query = query
        self.dialect = dialect
        self.node = node
        self.text = without_end(node.text)
        self.offset = len(node.text) - len(node.text.lstrip())
        self.tokens = tokens(self.text)
        self.uses = tuple(self._find_uses())

    def _outermost(self, *words: str) -> int:
        """The number of the first of the words that stands in no parentheses; -1 without one."""
        depth = 0
        for number, token in enumerate(self.tokens):
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if depth == 0 and token.is_word(*words):
                return number
        return -1

    @property
    def verb(self) -> str:
        """The word that says what the statement does: behind the parts of WITH."""
        at = self._outermost(*READS, *WRITES)
        return self.tokens[at].text.lower() if at >= 0 else ""

    @property
    def writes(self) -> bool:
        return self.verb in WRITES

    @property
    def returning(self) -> Token | None:
        """The word RETURNING of a statement that writes."""
        at = self._outermost("returning") if self.writes else -1
        return self.tokens[at] if at >= 0 else None

    @property
    def target(self) -> tuple[str, str]:
        """The table that a statement writes, and the alias that it gives it."""
        at = self._outermost(*WRITES) + 1
        while self.tokens[at].is_word("into", "from", "only", "or", "rollback", "abort", "fail", "ignore"):
            at += 1
        if len(self.tokens) > at + 2 and self.tokens[at + 1].text == ".":
            at += 2
        behind = self.tokens[at + 1 : at + 3]
        alias = behind[1].name if len(behind) == 2 and behind[0].is_word("as") else ""
        return self.tokens[at].name, alias

    @property
    def stars(self) -> list[Token]:
        """The '*' of the outermost select lists."""
        depth, found = 0, []
        for before, token in pairwise(self.tokens):
            depth += {"(": 1, ")": -1}.get(before.text, 0)
            if depth == 0 and token.text == "*" and before.is_word(*_BEFORE_STAR):
                found.append(token)
        return found

    def select_of_result(self) -> str:
        """A SELECT of the columns that come back, without parameters, which a view may not have; empty where
        nothing does.
        """
        nulls = [Replacement(use.at, use.at + 1 + len(use.name), "null") for use in self.uses]
        if not self.writes:
            return replaced(self.text, nulls)
        returning = self.returning
        if returning is None:
            return ""
        first = returning.at + len(returning.text)
        behind = [
            Replacement(one.first - first, one.last - first, one.text) for one in nulls if one.first > first
        ]
        table, alias = self.target
        return f"select {replaced(self.text[first:], behind)} from `{table}`" + (
            f" as `{alias}`" if alias else ""
        )

    def error(self, report: Reporter, message: str, token: Token | None = None) -> None:
        at = self.node.place(token.at + self.offset) if token is not None else self.node.at
        report.error(at, f"query '{self.query}' {message}")

    def check(self, report: Reporter) -> bool:
        """Refuses what is not one statement that reads or changes rows."""
        found = [self._wrong_verb(), self._wrong_number(), *self._wrong_parameters(), self._wrong_conflict()]
        for message, token in filter(None, found):
            self.error(report, message, token)
        return not any(found)

    def _wrong_verb(self) -> tuple[str, Token | None] | None:
        first = self.tokens[0] if self.tokens else None
        if first is not None and (first.is_word(*READS, *WRITES) or (first.is_word("with") and self.verb)):
            return None
        said = first.text if first is not None else ""
        cure = "expected SELECT, WITH, VALUES, INSERT, UPDATE or DELETE"
        if said.lower() in _TRANSACTIONS:
            cure = "sessions begin and end transactions, remove it"
        elif said.lower() in _SETTINGS:
            cure = "that is a matter of the connection, set it there"
        elif said.lower() in ("create", "alter", "drop", "truncate"):
            cure = "the schema is changed by migrations"
        elif said.lower() == "replace":
            cure = "it fires no delete triggers; write INSERT ... ON CONFLICT ... DO UPDATE"
        return f"begins with '{said}'; {cure}", first

    def _wrong_number(self) -> tuple[str, Token | None] | None:
        if is_one_expression(self.text):
            return None
        end = next((token for token in self.tokens if token.text == ";"), None)
        return "is not one statement; remove the ';' or mend the parentheses", end

    def _wrong_parameters(self) -> Iterator[tuple[str, Token | None]]:
        for token in self.tokens:
            unnamed = token.text in ("$", "@", "?") and (token.text == "$" or self.dialect == "sqlite")
            if unnamed:
                yield f"has a '{token.text}'; parameters are named, as ':now'", token
            if token.text.startswith("[") and ":" in token.text and self.dialect == "postgres":
                yield (
                    "has a ':' within brackets, which is not supported yet; write a parameter elsewhere",
                    token,
                )

    def _wrong_conflict(self) -> tuple[str, Token | None] | None:
        for first, second in pairwise(self.tokens):
            if first.is_word("or") and second.is_word("replace") and self.writes:
                return (
                    "says OR REPLACE, which fires no delete triggers; write ON CONFLICT ... DO UPDATE",
                    second,
                )
        return None

    def _find_uses(self) -> Iterator[Use]:
        for index, (colon, name) in enumerate(pairwise(self.tokens)):
            before = self.tokens[index - 1] if index else None
            is_cast = before is not None and before.text == ":" and before.at == colon.at - 1
            plain = name.name == name.text and name.at == colon.at + 1
            if colon.text == ":" and plain and name.name and not is_cast:
                yield Use(name.text, index, colon.at)

    def placeholders(self, numbers: Mapping[str, int], lists: Collection[str]) -> list[Replacement]:
        """Placeholders for the parameters. Lists stand in `in (:list)`, see list_use()."""
        return [
            self._list_placeholder(use, numbers[use.name])
            if use.name in lists
            else Replacement(use.at, use.at + 1 + len(use.name), self._mark(numbers[use.name]))
            for use in self.uses
        ]

    def _mark(self, number: int) -> str:
        return f"${number}" if self.dialect == "postgres" else f"?{number}"

    def stands_as_list(self, use: Use) -> bool:
        """Whether the parameter is all that stands in the parentheses of an IN."""
        around = self.tokens[max(use.index - 2, 0) : use.index] + self.tokens[use.index + 2 : use.index + 3]
        return [token.text.lower() for token in around] == ["in", "(", ")"]

    def _list_placeholder(self, use: Use, number: int) -> Replacement:
        word, close = self.tokens[use.index - 2], self.tokens[use.index + 2]
        if self.dialect == "sqlite":
            return Replacement(word.at, close.at + 1, f"in (select c0 from forge_span({self._mark(number)}))")
        no = (
            self.tokens[use.index - 3]
            if use.index > 2 and self.tokens[use.index - 3].is_word("not")
            else None
        )
        head = f"<> all({self._mark(number)})" if no is not None else f"= any({self._mark(number)})"
        return Replacement((no or word).at, close.at + 1, head)
