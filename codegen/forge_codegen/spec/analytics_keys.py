# SPDX-License-Identifier: MIT
"""The keys of `analytics:`, the blocks of a repository that count and measure."""

from __future__ import annotations

from forge_codegen.model.analytics import UNITS
from forge_codegen.spec.key_values import doc, name, names, sql_texts
from forge_codegen.spec.shapes import Choice, Flag, Key, ListOf, MapOf, Object, OneOf, Text, Whole

measure_text = Text("a measure such as 'count', 'avg(score)' or 'p90(score)'")
having_text = Text("a condition such as 'n >= 3'")
order_text = Text("a field, 'field asc' or 'field desc'")
measure = OneOf(
    (
        measure_text,
        Object(
            "a measure",
            (
                Key("measure", measure_text, "what is measured", required=True),
                Key("where", sql_texts, "SQL condition on a row: only such rows count"),
            ),
        ),
    )
)
block = Object(
    "an analytics block",
    (
        Key("doc", doc, "what it tells; a comment in the generated code"),
        Key(
            "group_by",
            OneOf((name, names)),
            "columns: an answer for each of their values; of a list of text, for each item",
        ),
        Key(
            "bucket",
            MapOf(name, Choice(UNITS), "column: unit", "the bucket of"),
            "a timestamp or date column and its unit, in UTC, weeks from Monday",
        ),
        Key("measures", MapOf(name, measure, "field: measure", "measure"), "what is measured", required=True),
        Key("last", Whole(1, 10_000), "only so many buckets, up to the current one"),
        Key("fill", Flag(), "buckets without rows are answered, too, with counts of 0", default="false"),
        Key(
            "having",
            OneOf((having_text, ListOf(having_text, "conditions"))),
            "conditions on measures: only such groups are answered",
        ),
        Key(
            "order_by",
            OneOf((order_text, ListOf(order_text, "fields"))),
            "fields of the answer that it is ordered by",
            default="the bucket and the columns of group_by",
        ),
        Key("limit", Whole(1, 10_000), "only so many groups, the first of the order"),
    ),
)
analytics = MapOf(name, block, "name: block", "analytics block")
