# SPDX-License-Identifier: MIT
"""The keys of foreign keys, unique constraints, checks and indexes."""

from __future__ import annotations

from forge_codegen.naming import NAME
from forge_codegen.spec.key_values import (
    LATER,
    actions,
    collation,
    identifier,
    name,
    names,
    reference,
    sql_texts,
)
from forge_codegen.spec.shapes import Flag, Key, ListOf, Object, OneOf, Text

key_target = Object(
    "the target of a foreign key",
    (
        Key(
            "table",
            Text("'table' or 'schema.table'", rf"{NAME}(\.{NAME})?"),
            "the referenced table",
            required=True,
        ),
        Key("columns", names, "its columns, one for each of the key's, in their order", required=True),
    ),
)
foreign_key_keys = (
    Key("columns", names, "the columns of this table", required=True),
    Key(
        "references",
        OneOf((reference, key_target)),
        "what they point to: a primary key, or columns that are unique as a whole",
        required=True,
    ),
    Key("on_delete", actions, "what happens when the referenced row is removed", default="no_action"),
    Key(
        "on_update",
        actions,
        "what happens when the referenced columns change their values",
        default="no_action",
    ),
    Key("name", identifier, "the constraint's name", default="fk_<table>_<columns>"),
)
foreign_key = Object("a foreign key", foreign_key_keys)
foreign_keys = ListOf(foreign_key, "foreign keys")
INDEX_LATER = {"using": LATER, "concurrently": LATER}
index_column = Object(
    "an index column",
    (
        Key("column", name, "the column"),
        Key("expression", sql_texts, "or an SQL expression over the row's columns"),
        Key("collate", collation, "the collation of this index", default="the column's"),
        Key("desc", Flag(), "descending", default="false"),
    ),
    {"nulls": LATER, "opclass": LATER},
)
index = Object(
    "an index",
    (
        Key(
            "columns",
            ListOf(
                OneOf((Text("a column, 'column desc', or SQL such as 'lower(title)'"), index_column)),
                "columns",
            ),
            "the columns or expressions, in order",
            required=True,
        ),
        Key("name", identifier, "the index's name; needed with expressions", default="ix_<table>_<columns>"),
        Key("unique", Flag(), "no two indexed rows share these values", default="false"),
        Key("where", sql_texts, "index only rows that meet this SQL condition (a partial index)"),
        Key(
            "include",
            names,
            "columns kept beside the key, so that queries of them read the index alone (a covering index); "
            "SQLite appends them to the key",
        ),
    ),
    INDEX_LATER,
    {
        "expression": "it stands among 'columns', as 'lower(title)' or {expression: ...}",
        "collate": "it stands at a column, as {column: ..., collate: ...}",
    },
)
unique = Object(
    "a unique constraint",
    (
        Key("columns", names, "the columns", required=True),
        Key("name", identifier, "the constraint's name", default="uq_<table>_<columns>"),
    ),
    {"where": "use 'indexes' with unique: true and where", "nulls": LATER},
)
check = Object(
    "a check",
    (
        Key("name", identifier, "the constraint's name", required=True),
        Key("expression", sql_texts, "the SQL condition", required=True),
    ),
)

uniques = ListOf(OneOf((names, unique)), "column lists, or maps with name and columns")
indexes = ListOf(index, "indexes")
checks = ListOf(check, "checks")
