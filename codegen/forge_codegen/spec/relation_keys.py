# SPDX-License-Identifier: MIT
"""The keys of a table's relations."""

from __future__ import annotations

from forge_codegen.naming import NAME
from forge_codegen.spec.key_values import doc, name, names, sql_texts
from forge_codegen.spec.shapes import Key, ListOf, MapOf, Object, OneOf, Text, Whole

table_name = Text("a table, or 'schema.table'", rf"{NAME}(\.{NAME})?")
KINDS = ("belongs_to", "has_one", "has_many", "many_to_many")
columns = OneOf((name, names))
sort_column = Text("a column, 'column asc' or 'column desc'", rf"{NAME}( +(asc|desc))?")
relation = Object(
    "a relation",
    (
        Key("has_many", table_name, "the table whose rows refer to this one's"),
        Key("has_one", table_name, "the table of which at most one row refers to a row of this one"),
        Key(
            "belongs_to",
            table_name,
            "the table that this one refers to; gives a foreign key's relation another name",
        ),
        Key("many_to_many", table_name, "the table whose rows are linked to this one's by rows of 'through'"),
        Key("through", name, "the table that refers to both, for many_to_many"),
        Key("via", columns, "the foreign key's columns, where several keys could be meant"),
        Key(
            "to",
            columns,
            "for many_to_many: the columns of 'through' that refer to the other table, where several keys "
            "could be meant",
        ),
        Key("where", sql_texts, "SQL condition on a row of the other table: no other row is related"),
        Key(
            "order_by",
            OneOf((sort_column, ListOf(sort_column, "columns of the other table"))),
            "how the rows of each parent come, unless the program says otherwise",
            default="by key",
        ),
        Key("limit", Whole(1, 10**9), "the most rows of each parent, unless the program says otherwise"),
        Key("doc", doc, "a sentence for readers; becomes a comment"),
    ),
    {},
    {"foreign_key": "the key is 'via'"},
)
relations = MapOf(name, relation, "relations", "relation")
