# SPDX-License-Identifier: MIT
"""Reads `repository:`: filters, search, sort, page sizes, each checked against the column's type."""

from __future__ import annotations

import re
from collections.abc import Container
from collections.abc import Mapping as Lookup

from forge_codegen import naming
from forge_codegen.model.schema import Filter, Repository
from forge_codegen.model.types import Type
from forge_codegen.spec.diagnostics import Location, Reporter, nearest, one_of
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record

PAGE_DEFAULT = 20
PAGE_MAX = 100
# What a filter takes of the statement's mask (repository/detail/filter_piece.hpp), and what there is for all
# of a table: pages by key need the rest.
FILTER_BITS = {"range": 4, "is_null": 2}
FILTER_LIMIT = 224
CURSOR_LIMIT = 160
# The first of these on a column gets the column's name as its field; every other kind says what it does.
PLAIN_NAMED = ("equals", "range", "contains", "has", "starts_with", "match")
SUFFIX = {
    "not_equals": "_not",
    "in": "_in",
    "not_in": "_not_in",
    "is_null": "_is_null",
    "range": "_range",
    "contains": "_contains",
    "starts_with": "_starts_with",
    "has": "_has",
    "has_any": "_has_any",
    "has_all": "_has_all",
}


class RepositoryReader:
    """`columns` maps each column to its type, None where the type is wrong (and was reported). `full_text`
    says whether the table has one, None that it cannot.
    """

    def __init__(
        self,
        table: str,
        columns: Lookup[str, Type | None],
        key: tuple[str, ...],
        report: Reporter,
        full_text: bool | None = None,
        secret: Container[str] = (),
    ) -> None:
        self._table = table
        self._columns = columns
        self._full_text = full_text
        self._secret = secret
        self._key = key
        self._report = report

    def read(self, record: Record | None) -> Repository:
        if record is None:
            return Repository(
                (), self._key[:1], self._key[0] if self._key else "", False, PAGE_DEFAULT, PAGE_MAX
            )
        filters = self._filters(record)
        sorts = self._sorts(record.get("sort", []))
        default_sort, descending = self._default_sort(record, sorts)
        page_default, page_max = self._page(record["page"])
        return Repository(
            filters,
            sorts or self._key[:1],
            default_sort,
            descending,
            page_default,
            page_max,
            self._cursor(record, sorts),
        )

    def _cursor(self, record: Record, sorts: tuple[str, ...]) -> bool:
        """Cursors hold the values that a list is sorted by, and travel as text."""
        for name in dict.fromkeys((*sorts, *self._key)) if record["cursor"] else ():
            if name in self._secret:
                self._report.error(
                    record.place("cursor"),
                    f"'cursor' of '{self._table}' would show '{name}', which is secret and which lists are "
                    "sorted by; take it out of 'sort'",
                )
        if record["cursor"] and not self._key:
            self._report.error(
                record.place("cursor"),
                f"'cursor' of '{self._table}' needs a key, by which rows that sort alike are told apart; "
                "name one by 'key'",
            )
        return bool(record["cursor"])

    def _known(self, column: str, at: Location, what: str) -> bool:
        if column in self._columns:
            return True
        self._report.error(
            at,
            f"unknown column '{column}' in {what} of '{self._table}'; expected "
            f"{one_of(self._columns)}{nearest(column, self._columns)}",
        )
        return False

    def _filters(self, record: Record) -> tuple[Filter, ...]:
        wanted: list[tuple[str, str, Location]] = []
        for item in record.get("filters", []):
            pairs = [(item, None)] if isinstance(item, Scalar) else item
            for column, kinds in pairs:
                if column.text == "full_text" and self._full_text:
                    wanted += self._matches(column, kinds)
                    continue
                if not self._filterable(column):
                    continue
                for kind in self._kinds(column, kinds, isinstance(item, Scalar)):
                    if self._fits(column.text, kind):
                        wanted.append((column.text, kind.text, kind.at))
        filters: list[Filter] = []
        for column, kind, at in wanted:
            field = column + self._suffix(column, kind, [k for c, k, _ in wanted if c == column])
            self._add(filters, Filter(kind, field, (column,)), at)
        if record["search"] == [] and not record.node.get("search").items:
            self._report.error(
                record.place("search"),
                f"'search' of '{self._table}' names no columns; name text columns, or remove it",
            )
        if record["search"]:
            names = [name.text for name in record["search"] if self._searchable(name)]
            columns = tuple(sorted(names, key=self._is_list))  # lists stand last
            lists = sum(map(self._is_list, columns))
            self._add(filters, Filter("search", "search", columns, lists), record.place("search"))
        self._few_enough(filters, record)
        return tuple(filters)

    def _filterable(self, column: Scalar) -> bool:
        if column.text != "full_text" or self._full_text is None or column.text in self._columns:
            return self._known(column.text, column.at, "the filters")
        self._report.error(
            column.at,
            f"'{self._table}' has no full text to filter by; add 'full_text: {{columns: [...]}}' to the "
            "table",
        )
        return False

    def _matches(self, column: Scalar, kinds: object) -> list[tuple[str, str, Location]]:
        """The filter of the table's full text, which is no column."""
        named = self._kinds(column, kinds, kinds is None)
        for kind in named:
            if kind.text != "match":
                self._report.error(
                    kind.at,
                    f"filter '{kind.text}' does not fit the full text of '{self._table}'; expected match",
                )
        return [("full_text", "match", kind.at) for kind in named if kind.text == "match"]

    def _few_enough(self, filters: list[Filter], record: Record) -> None:
        taken = sum(FILTER_BITS.get(found.kind, 1) for found in filters)
        limit = CURSOR_LIMIT if record["cursor"] else FILTER_LIMIT
        if taken > limit:
            self._report.error(
                record.place("filters"),
                f"the filters of '{self._table}' take {taken} bits (a range 4, is_null 2, others 1); "
                f"at most {limit}, remove some",
            )

    def _kinds(self, column: Scalar, kinds: object, bare: bool) -> list[Scalar]:
        if bare:
            return [Scalar("equals", column.at)]
        if isinstance(kinds, list):
            return kinds
        return [kinds] if isinstance(kinds, Scalar) else []

    def _fits(self, column: str, kind: Scalar) -> bool:
        of_column = self._columns[column]
        if of_column is None or kind.text in of_column.filters:
            return True
        self._report.error(
            kind.at,
            f"filter '{kind.text}' does not fit column '{column}' of type {of_column.describe()}; "
            f"expected {one_of(of_column.filters)}{self._cure(of_column, kind.text)}",
        )
        return False

    def _cure(self, of_column: Type, kind: str) -> str:
        """What would make the filter fit; empty when nothing does."""
        if of_column.kind == "json" and kind.startswith("has"):
            return "; add 'of: [text]' to a column that holds a list of text"
        if kind == "match" and self._full_text is not None:
            add = "" if self._full_text else ", with 'full_text: {columns: [...]}' of the table"
            return f"; write 'full_text: match'{add}"
        return ""

    def _suffix(self, column: str, kind: str, kinds: list[str]) -> str:
        plain = next((named for named in PLAIN_NAMED if named in kinds), "")
        return "" if kind == plain else SUFFIX[kind]

    def _add(self, filters: list[Filter], new: Filter, at: Location) -> None:
        if any(new.field == other.field for other in filters):
            self._report.error(at, f"two filters of '{self._table}' make the field '{new.field}'; remove one")
            return
        filters.append(new)

    def _searchable(self, name: Scalar) -> bool:
        if not self._known(name.text, name.at, "'search'"):
            return False
        of_column = self._columns[name.text]
        if of_column is not None and "contains" not in of_column.filters and not self._is_list(name.text):
            self._report.error(
                name.at,
                f"'search' cannot look in column '{name.text}' of type {of_column.describe()}; "
                "expected a text or string column, or a list of text",
            )
            return False
        return True

    def _is_list(self, name: str) -> bool:
        of_column = self._columns[name]
        return of_column is not None and "has" in of_column.filters

    def _sorts(self, names: list[Scalar]) -> tuple[str, ...]:
        sorts: list[str] = []
        for name in names:
            if not self._known(name.text, name.at, "'sort'"):
                continue
            of_column = self._columns[name.text]
            if of_column is not None and not of_column.sortable:
                self._report.error(
                    name.at, f"column '{name.text}' of type {of_column.describe()} has no order; remove it"
                )
            elif name.text in sorts:
                self._report.error(name.at, f"column '{name.text}' appears twice in 'sort'; remove one")
            else:
                sorts.append(name.text)
        return tuple(sorts)

    def _default_sort(self, record: Record, sorts: tuple[str, ...]) -> tuple[str, bool]:
        fallback = (*sorts, *self._key[:1], "")[0]
        written = record["default_sort"]
        if written is None:
            return fallback, False
        match = re.fullmatch(rf"({naming.NAME})(?:\s+(?P<order>asc|desc))?", written.text)
        if match is None:
            self._report.error(
                written.at,
                f"'default_sort' is '{written.text}'; expected 'column', 'column asc' or 'column desc'",
            )
            return fallback, False
        if self._known(match[1], written.at, "'default_sort'") and match[1] not in (sorts or self._key[:1]):
            self._report.error(
                written.at,
                f"'default_sort' names '{match[1]}', which lists cannot be sorted by; add it to 'sort'",
            )
        return match[1], match["order"] == "desc"

    def _page(self, page: Record | None) -> tuple[int, int]:
        if page is None:
            return PAGE_DEFAULT, PAGE_MAX
        most = page.get("max", max(PAGE_MAX, page.get("default", PAGE_DEFAULT)))
        default = page.get("default", min(PAGE_DEFAULT, most))
        if default > most:
            self._report.error(
                page.place("default"),
                f"the default page of '{self._table}' has {default} rows, more than the "
                f"largest page of {most}; lower it, or raise 'max'",
            )
        return default, most
