# SPDX-License-Identifier: MIT
"""The keys of seed files, in the same language as those of specs."""

from __future__ import annotations

from forge_codegen.spec.key_values import doc, name, names
from forge_codegen.spec.shapes import Anything, Choice, Key, ListOf, MapOf, Object, OneOf

table = Object(
    "rows of a table",
    (
        Key(
            "key",
            OneOf((name, names)),
            "the column or columns by which existing rows are told: a unique constraint, or the primary key",
            default="the primary key",
        ),
        Key(
            "existing",
            Choice(("update", "skip")),
            "what becomes of a row that is there already: it takes the row's values, or stays as it is",
            default="`update`",
        ),
        Key(
            "rows",
            ListOf(Anything("a map of columns to values"), "rows, each a map of columns to values"),
            "the rows; what a row leaves out takes its default, or stays as it is",
            required=True,
        ),
    ),
)

seed = Object(
    "a seed file",
    (
        Key("doc", doc, "a sentence for readers"),
        Key(
            "tables",
            MapOf(name, table, "tables", "table"),
            "the tables in the order in which they are filled: those that others refer to come first",
            required=True,
        ),
    ),
)
