# SPDX-License-Identifier: MIT
"""The keys of views and triggers."""

from __future__ import annotations

from forge_codegen.spec.column_keys import column_keys
from forge_codegen.spec.key_values import LATER, doc, name, names, sql, sql_texts, struct
from forge_codegen.spec.repository_keys import view_repository
from forge_codegen.spec.shapes import Key, MapOf, Object

trigger_texts = (
    Key("sqlite", sql, "what follows `create trigger name` on SQLite"),
    Key("postgres", sql, "what follows `create trigger name` on PostgreSQL"),
    Key("postgres_function", sql, "body, in PL/pgSQL, of a function of the trigger's name that it calls"),
)
trigger = Object("a trigger", trigger_texts, {}, {"sql": "the dialects' texts differ: 'sqlite', 'postgres'"})
triggers = MapOf(name, trigger, "triggers", "trigger")

VIEW_COLUMN_KEYS = (
    "type references enum length precision scale dimensions of lenient storage cpp nullable secret doc"
)
view_column = Object(
    "a view's column",
    tuple(key for key in column_keys if key.name in VIEW_COLUMN_KEYS.split()),
    {},
    {
        **dict.fromkeys(
            ("default", "client_default", "on_update", "on_delete", "check", "collate", "generated"),
            "views are only read; it belongs to a table",
        ),
        **dict.fromkeys(("unique", "index", "autoincrement", "was"), "it belongs to a table"),
        "primary_key": "name the columns in the view's 'key'",
        "typed": "write 'references: table.column', which takes that key's type",
    },
)
view = Object(
    "a view",
    (
        Key("sql", sql_texts, "the SELECT, or one per dialect", required=True),
        Key(
            "columns",
            MapOf(name, view_column, "columns", "column"),
            "what the SELECT returns, in any order; 'references' takes the type of that key",
            required=True,
        ),
        Key("doc", doc, "a sentence for readers; becomes a comment"),
        Key("struct", struct, "the C++ struct's name", default="the name's singular"),
        Key("key", names, "columns by which a row is found; that they differ in each row is your promise"),
        Key(
            "repository",
            view_repository,
            "what the generated repository lists by",
            default="sorted by the key",
        ),
        Key("triggers", triggers, "INSTEAD OF triggers, by name"),
    ),
    {"materialized": LATER, "recursive": "write WITH RECURSIVE in the SELECT"},
    {"indexes": "views have none; give them to the tables", "mixins": "write the columns out"},
)
