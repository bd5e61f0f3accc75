# SPDX-License-Identifier: MIT
"""What the columns of a SELECT are: taken from which column, of which type, and whether a join, an
aggregate or a set operation can make them NULL. Databases do not tell the latter: it is read from the text.

What is not understood is unknown, never guessed: whoever asks has to be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from forge_codegen.model.queries import Value
from forge_codegen.spec.select_values import ValueReader
from forge_codegen.spec.sql_tree import Group, Node, split, until

CLAUSES = ("where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", "returning")
_SETS = ("union", "intersect", "except")
_JOIN_WORDS = ("natural", "left", "right", "full", "outer", "inner", "cross", "join", ",")


@dataclass(frozen=True)
class Result:
    """One result column. `value` is None where it is not known; `origin` says which column of the schema it
    is, when it is one as it stands, `at` where the text has it.
    """

    name: str
    value: Value | None
    origin: tuple[str, str] | None = None
    at: int = field(default=0, compare=False)


Relation = tuple[Result, ...]


@dataclass(frozen=True)
class Star:
    """A `*` in the outermost select list, and the columns that it stands for as SQL."""

    at: int
    first: int
    columns: tuple[str, ...]


class UnclearError(Exception):
    """The text is of a form that is not understood."""


@dataclass(frozen=True)
class _Source:
    alias: str
    columns: Relation
    may_be_missing: bool = False  # no row may match it, by an outer join


class Scope:
    """What FROM brings: the columns that names in a select list mean."""

    def __init__(self, sources: list[_Source], relations: Mapping[str, Relation]) -> None:
        self.sources = sources
        self.relations = relations

    def column(self, name: str, table: str = "") -> Result | None:
        """The column that a name means; of several that USING joins, one that may be NULL if any may."""
        found = [
            self._of(source, column)
            for source in self.sources
            if not table or source.alias.lower() == table.lower()
            for column in source.columns
            if column.name.lower() == name.lower()
        ]
        if len(found) < 2:
            return found[0] if found else None
        values = [one.value for one in found]
        if any(value is None or values[0] is None or value.kind != values[0].kind for value in values):
            return replace(found[0], value=None, origin=None)
        nullable = any(value is not None and value.nullable for value in values)
        return replace(found[0], value=values[0].as_nullable(nullable)) if values[0] is not None else None

    def _of(self, source: _Source, column: Result) -> Result:
        if not source.may_be_missing or column.value is None:
            return column
        return replace(column, value=column.value.as_nullable())

    def scalar(self, group: Group) -> Value | None:
        """The only value of a subquery, which is NULL where it finds no row."""
        try:
            columns = SelectReader(self.relations).read(group.items)
        except UnclearError:
            return None
        value = columns[0].value if len(columns) == 1 else None
        if value is None:
            return None
        counts = len(group.items) > 1 and group.items[1].is_word("count")
        grouped = any(node.is_word("group", "having", "limit", "offset", *_SETS) for node in group.items)
        return value if counts and not grouped else value.as_nullable()


class SelectReader:
    """`relations` are the tables, views and parts of WITH that are known, by lower-case name."""

    def __init__(self, relations: Mapping[str, Relation]) -> None:
        self._relations = dict(relations)
        self.stars: list[Star] = []

    def read(self, nodes: tuple[Node, ...]) -> Relation:
        """The columns of a SELECT. Raises UnclearError."""
        nodes = self._with(nodes)
        parts = split(nodes, *_SETS)
        parts = [part[1:] if part and part[0].is_word("all", "distinct") else part for part in parts]
        stars = (
            self.stars if len(parts) == 1 else None
        )  # elsewhere the number of columns is another part's, too
        columns = self._core(parts[0], stars)
        for part in parts[1:]:
            columns = _united(columns, self._core(part, None))
        return columns

    def read_returning(self, target: str, alias: str, nodes: tuple[Node, ...]) -> Relation:
        """The columns of RETURNING, which sees the changed table alone."""
        source = _Source(alias or target, self._relation(target))
        return self._items(nodes, Scope([source], self._relations), self.stars)

    def _with(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """Takes the parts of WITH in; what follows them."""
        if not nodes or not nodes[0].is_word("with"):
            return nodes
        rest = nodes[2:] if len(nodes) > 1 and nodes[1].is_word("recursive") else nodes[1:]
        while True:
            head, rest = until(rest, "as")
            rest = rest[1:]
            while rest and rest[0].is_word("not", "materialized"):
                rest = rest[1:]
            if not head or not head[0].name or not rest or not isinstance(rest[0], Group):
                raise UnclearError
            self._take_part(head, rest[0])
            rest = rest[1:]
            if not rest or not rest[0].is_word(","):
                return rest
            rest = rest[1:]

    def _take_part(self, head: tuple[Node, ...], body: Group) -> None:
        name = head[0].name.lower()
        names = [part[0].name for part in split(head[1].items, ",") if part] if len(head) > 1 else []
        self._relations.pop(name, None)  # it hides a table of its name
        parts = split(body.items, *_SETS)
        columns = _named(
            SelectReader(self._relations).read(parts[0] if len(parts) > 1 else body.items), names
        )
        for _ in range(2 * len(columns) if len(parts) > 1 else 0):
            self._relations[name] = columns  # what a recursive part finds there
            more = _named(SelectReader(self._relations).read(body.items), names)
            if more == columns:
                break
            columns = more
        self._relations[name] = columns

    def _core(self, nodes: tuple[Node, ...], stars: list[Star] | None) -> Relation:
        if nodes and nodes[0].is_word("values") and len(nodes) > 1 and isinstance(nodes[1], Group):
            return tuple(Result(f"column{n + 1}", None) for n in range(len(split(nodes[1].items, ","))))
        if not nodes or not nodes[0].is_word("select"):
            raise UnclearError
        nodes = nodes[2:] if len(nodes) > 1 and nodes[1].is_word("distinct", "all") else nodes[1:]
        items, rest = until(nodes, "from", *CLAUSES)
        sources: list[_Source] = []
        if rest and rest[0].is_word("from"):
            sources = self._from(until(rest[1:], *CLAUSES)[0])
        if not any(node.is_word("group") for node in rest) and any(map(_aggregates, (items, rest))):
            # One row, also of no rows at all: columns beside the aggregates are NULL then.
            sources = [replace(source, may_be_missing=True) for source in sources]
        return self._items(items, Scope(sources, self._relations), stars)

    def _from(self, nodes: tuple[Node, ...]) -> list[_Source]:
        sources: list[_Source] = []
        join: set[str] = set()
        while nodes:
            if nodes[0].is_word(*_JOIN_WORDS):
                join.add(nodes[0].text.lower())
                nodes = nodes[1:]
                continue
            part, nodes = until(nodes, *_JOIN_WORDS)
            if join & {"right", "full"}:
                sources = [replace(source, may_be_missing=True) for source in sources]
            missing = bool(join & {"left", "full"})
            sources += [
                replace(one, may_be_missing=one.may_be_missing or missing) for one in self._source(part)
            ]
            join = set()
        return sources

    def _source(self, part: tuple[Node, ...]) -> list[_Source]:
        """A table, a subquery, or a join in parentheses, with what stands behind it up to the next one."""
        part, _ = until(part, "on", "using")
        first, rest = part[0], part[1:]
        while len(rest) > 1 and rest[0].is_word("."):
            first, rest = rest[1], rest[2:]
        if rest and isinstance(rest[0], Group):  # a function that returns rows, of which nothing is known
            return [_Source(_folded(first), ())]
        rest = rest[1:] if rest and rest[0].is_word("as") else rest
        alias = _folded(rest[0]) if rest and not rest[0].is_word("indexed", "not") else ""
        if isinstance(first, Group):
            if not first.is_query:
                return self._from(first.items)
            return [_Source(alias, SelectReader(self._relations).read(first.items))]
        return [_Source(alias or _folded(first), self._relation(first.name))]

    def _relation(self, name: str) -> Relation:
        if name.lower() not in self._relations:
            raise UnclearError
        return self._relations[name.lower()]

    def _items(self, nodes: tuple[Node, ...], scope: Scope, stars: list[Star] | None) -> Relation:
        found: list[Result] = []
        for item in split(nodes, ","):
            if item and item[-1].is_word("*") and (len(item) == 1 or item[-2].is_word(".")):
                found += self._star(item, scope, stars)
            else:
                found.append(replace(_item(item, scope), at=item[0].at if item else 0))
        return tuple(found)

    def _star(self, item: tuple[Node, ...], scope: Scope, stars: list[Star] | None) -> Relation:
        alias = item[-3].name if len(item) > 2 else ""
        sources = [one for one in scope.sources if not alias or one.alias.lower() == alias.lower()]
        columns = [(one.alias, column) for one in sources for column in one.columns]
        if not columns or not all(one and column.name for one, column in columns):
            raise UnclearError
        if stars is not None:
            only = len(scope.sources) == 1
            names = tuple(
                f'"{column.name}"' if only else f'"{one}"."{column.name}"' for one, column in columns
            )
            stars.append(Star(item[-1].at, item[0].at, names))
        return tuple(Scope(sources, {})._of(one, column) for one in sources for column in one.columns)


_AGGREGATES = ("count", "sum", "total", "avg", "min", "max", "group_concat", "string_agg", "json_group_array")


def _aggregates(nodes: tuple[Node, ...]) -> bool:
    """Whether an aggregate is called, perhaps: what else is called so, or is windowed, counts as well."""
    if any(one.is_word(*_AGGREGATES) and isinstance(two, Group) for one, two in pairwise(nodes)):
        return True
    groups = (node for node in nodes if isinstance(node, Group) and not node.is_query)
    return any(_aggregates(group.items) for group in groups)


def _folded(node: Node) -> str:
    """A name as databases read it: in lower case unless it is quoted."""
    return node.name if isinstance(node, Group) or node.name != node.text else node.name.lower()


def _item(item: tuple[Node, ...], scope: Scope) -> Result:
    expression, name = _alias(item)
    names = [node.name for node in expression[::2]]
    dots = all(node.is_word(".") for node in expression[1::2])
    if len(expression) in (1, 3, 5) and dots and all(names):
        column = scope.column(names[-1], names[-2] if len(names) > 1 else "")
        if column is not None:
            return replace(column, name=name or column.name)
    return Result(name, ValueReader(scope).read(expression))


def _alias(item: tuple[Node, ...]) -> tuple[tuple[Node, ...], str]:
    """An item of a select list, and the name behind AS, or behind nothing where that is clear."""
    if len(item) > 2 and item[-2].is_word("as"):
        return item[:-2], item[-1].name
    before = item[-2] if len(item) > 1 else None
    if before is None or not item[-1].name or not (isinstance(before, Group) or before.name):
        return item, ""
    is_part = item[-1].is_word("end", "null", "isnull", "notnull")
    is_part = is_part or before.is_word("over", "collate", "is", "not", "from")
    return (item, "") if is_part else (item[:-1], item[-1].name)


def _named(columns: Relation, names: list[str]) -> Relation:
    if not names:
        return columns
    if len(names) != len(columns):
        raise UnclearError
    return tuple(replace(column, name=name) for column, name in zip(columns, names, strict=True))


def _united(first: Relation, second: Relation) -> Relation:
    if len(first) != len(second):
        raise UnclearError
    return tuple(map(_either, first, second))


def _either(one: Result, other: Result) -> Result:
    """A column of SELECTs that are put together. No row of the other may come, so that it is of both."""
    if one.value is None or other.value is None or one.value.kind != other.value.kind:
        return Result(one.name, None, at=one.at)
    nullable = one.value.nullable or other.value.nullable
    return Result(
        one.name, one.value.as_nullable(nullable), one.origin if one.origin == other.origin else None, one.at
    )
