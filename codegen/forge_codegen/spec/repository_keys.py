# SPDX-License-Identifier: MIT
"""The keys of a repository: filters, sorts, pages."""

from __future__ import annotations

from forge_codegen.naming import NAME, SQL_NAME_LIMIT
from forge_codegen.spec.analytics_keys import analytics
from forge_codegen.spec.behaviour_keys import behaviours
from forge_codegen.spec.guard_keys import optimistic_lock, scope, soft_delete
from forge_codegen.spec.key_values import later, name, names
from forge_codegen.spec.shapes import Choice, Flag, Key, ListOf, MapOf, Object, OneOf, Text, Whole

filter_kind = Choice(
    (
        *("equals", "not_equals", "in", "not_in", "is_null", "range", "contains", "starts_with"),
        *("has", "has_any", "has_all", "match"),
    ),
    ("distance", "near"),
)
filters = ListOf(
    OneOf(
        (
            name,
            MapOf(
                name,
                OneOf((filter_kind, ListOf(filter_kind, "filter kinds"))),
                "column: kind",
                "the filter of",
            ),
        )
    ),
    "columns, or {column: kind}",
)
sorts = ListOf(
    Text("a column's name without a direction; 'default_sort: due_at desc' holds one", NAME, SQL_NAME_LIMIT),
    "column names",
)
page = Object(
    "page sizes",
    (
        Key("default", Whole(1, 10_000), "rows a page when not asked", default="20"),
        Key("max", Whole(1, 10_000), "most rows a page", default="100"),
    ),
)
# Of tables and views.
list_keys = (
    Key("filters", filters, "what lists can be filtered by"),
    Key("search", names, "columns of text or lists of text that the search filter looks in"),
    Key("sort", sorts, "columns that lists can be sorted by", default="the primary key"),
    Key(
        "default_sort",
        Text("a column, 'column asc' or 'column desc'"),
        "the order when none is asked for",
        default="the first of sort",
    ),
    Key("page", page, "page sizes"),
    Key("cursor", Flag(), "pages by key: page_after() and page_before()", default="false"),
    Key("analytics", analytics, "functions that count and measure the rows of a filter"),
)
# Of tables.
table_keys = (soft_delete, optimistic_lock, scope, *behaviours)
repository = Object(
    "a repository",
    (*list_keys, *table_keys),
    later("order_by bulk"),
)
view_repository = Object(
    "a view's repository",
    list_keys,
    later("order_by bulk"),
    dict.fromkeys(
        (key.name for key in table_keys),
        "views are only read; it belongs to a table",
    ),
)
