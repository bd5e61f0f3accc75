# SPDX-License-Identifier: MIT
"""The keys of named queries."""

from __future__ import annotations

from forge_codegen.model.types import KINDS, LATER_TYPES, MEANT
from forge_codegen.naming import NAME
from forge_codegen.spec.column_keys import column_keys
from forge_codegen.spec.key_values import doc, later, name, sql_texts, struct
from forge_codegen.spec.shapes import Choice, Key, MapOf, Object, OneOf, Text

RESULTS = ("one", "optional", "many", "exec")
VALUE_KEYS = "type enum length precision scale dimensions of lenient storage cpp nullable doc"

of_column = Key(
    "column",
    Text("'table.column' or 'schema.table.column'", rf"{NAME}\.{NAME}(\.{NAME})?"),
    "a column of a table or view, whose type it takes",
)
value_keys = (of_column, *(key for key in column_keys if key.name in VALUE_KEYS.split()))
_refused = {"references": "write 'column: table.column', which takes that column's type"}
a_type = Choice(tuple(KINDS), LATER_TYPES, MEANT)
returned = OneOf((a_type, Object("a result column", value_keys, {}, _refused)))
item_keys = tuple(key for key in value_keys if key.name not in ("nullable", "doc"))
item = OneOf((a_type, Object("a list's item", item_keys, {}, {**_refused, "nullable": "lists hold no NULL"})))
parameter = OneOf(
    (
        a_type,
        Object(
            "a parameter",
            (
                *value_keys,
                Key("list", item, "the type of the items of a list, which is one parameter: 'x in (:list)'"),
            ),
            later("default"),
            _refused,
        ),
    )
)
query = Object(
    "a query",
    (
        Key(
            "sql",
            sql_texts,
            "one statement with named parameters such as ':now', or one per dialect",
            required=True,
        ),
        Key(
            "params",
            MapOf(name, parameter, "parameters", "parameter"),
            "the types of its parameters, in the order of the C++ function's",
        ),
        Key(
            "result",
            Choice(RESULTS),
            "how many rows there are: exactly one, one or none, any number; exec answers how many it changed",
            default="many; exec without rows",
        ),
        Key(
            "returns",
            MapOf(name, returned, "result columns", "result column"),
            "types of result columns that are computed; those of columns and of common functions are known",
        ),
        Key(
            "struct",
            struct,
            "the C++ struct of a row",
            default="the query's name as OverdueRow; a table's row where all its columns are selected",
        ),
        Key("doc", doc, "a sentence for readers; becomes a comment"),
    ),
    {},
    {"name": "the name is the key", "type": "the key is 'result'", "parameters": "the key is 'params'"},
)
queries = MapOf(name, query, "queries", "query")
