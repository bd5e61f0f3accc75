# SPDX-License-Identifier: MIT
"""The keys of a column."""

from __future__ import annotations

from forge_codegen.model.types import KINDS, LATER_TYPES, MEANT, OF_ENUM, STORAGES
from forge_codegen.spec.key_values import (
    LATER,
    actions,
    collation,
    doc,
    enum_name,
    name,
    reference,
    sql,
    sql_texts,
)
from forge_codegen.spec.shapes import Anything, Choice, Flag, Key, ListOf, MapOf, Object, OneOf, Text, Whole

CPP_NAME = r"[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*"
generated = OneOf(
    (
        sql,
        Object(
            "a generated column",
            (
                Key("sql", sql, "the expression, when it is the same in all dialects"),
                Key("sqlite", sql, "the expression for SQLite"),
                Key("postgres", sql, "the expression for PostgreSQL"),
                Key(
                    "stored",
                    Flag(),
                    "keep the value in the row instead of computing it when it is read (PostgreSQL 15 always "
                    "keeps it)",
                    default="false",
                ),
            ),
        ),
    )
)
COLUMN_LATER = {
    "sql_type": "the type follows from 'type' and 'storage'",
    "field": "rename the column",
    "encrypted": LATER,
    "backfill": "use a 'data' step",
}

# What other systems call keys of a column.
OTHER_WORDS = {
    "null": "the key is 'nullable'",
    "optional": "the key is 'nullable'",
    **dict.fromkeys(("not_null", "required"), "a column is not null without 'nullable: true'; remove it"),
    "foreign_key": "the key is 'references', as in 'references: genres.id'",
    "values": "they stand under the schema's 'enums:', and the column names them, as in 'enum: order_state'",
    "collation": "the key is 'collate'",
}

cpp = Object(
    "a type of your own",
    (
        Key(
            "type",
            Text("a qualified name such as 'shop::money'", CPP_NAME),
            "the type; it has a forge_db::cpp_codec",
            required=True,
        ),
        Key(
            "header",
            Text("a header such as 'shop/money.hpp'", r"[A-Za-z0-9_.+/-]+"),
            "the header, as in #include <...>, that declares the type and its cpp_codec",
            required=True,
        ),
    ),
)
column_keys = (
    Key("type", Choice(tuple(KINDS), LATER_TYPES, MEANT, OF_ENUM), "the logical type"),
    Key("references", reference, "the referenced column; this one takes its type"),
    Key("enum", enum_name, "the enum of this schema (implies type: enum)"),
    Key("length", Whole(1, 1_000_000_000), "of PostgreSQL's varchar, for type: string; no limit on SQLite"),
    Key("precision", Whole(1, 18), "all digits of a decimal"),
    Key("scale", Whole(0, 18), "digits of a decimal behind the point"),
    Key("dimensions", Whole(1, 16_000), "how many numbers a vector has"),
    Key(
        "of",
        OneOf((ListOf(Choice(("text",)), "one item type, as in 'of: [text]'"),)),
        "what a json column holds: [text] is a list of text",
    ),
    Key(
        "lenient",
        Flag(),
        "what cannot be read is an empty optional in rows (of: [text]: an empty list) instead of raising",
        default="false",
    ),
    Key(
        "storage",
        Choice(STORAGES),
        "how SQLite stores a value of the type",
        default="the type's first storage",
    ),
    Key("cpp", cpp, "a C++ type of your own for the column's values"),
    Key("nullable", Flag(), "whether NULL is allowed", default="false"),
    Key("primary_key", Flag(), "this column alone is the primary key", default="false"),
    Key(
        "typed",
        Flag(),
        "give the key a C++ type of its own, so that ids of two tables never mix",
        default="false",
    ),
    Key(
        "autoincrement",
        Flag(),
        "never use the id of a removed row again (SQLite AUTOINCREMENT)",
        default="false",
    ),
    Key("unique", Flag(), "no two rows share this value", default="false"),
    Key("index", Flag(), "an index on this column", default="false"),
    Key("check", sql_texts, "an SQL condition every row must meet"),
    Key("collate", collation, "how text is compared and sorted, for types text, string and enum"),
    Key(
        "generated",
        generated,
        "an SQL expression over the row's other columns: the database computes the value, nobody writes it",
    ),
    Key(
        "default", Anything(), "a literal, now, or {sql: ...}: DEFAULT in the table, and filled in by ForgeDB"
    ),
    Key("client_default", Anything(), "a literal, now, uuid_v4 or uuid_v7: filled in by ForgeDB only"),
    Key("on_update", Choice(("now",)), "now: every update sets the column to the current time"),
    Key(
        "on_delete",
        actions,
        "what happens to this row when the referenced one is removed",
        default="no_action",
    ),
    Key(
        "secret",
        Flag(),
        "never show the value: row_text() hides it, to_json() leaves the column out, reports do not quote it",
        default="false",
    ),
    Key("doc", doc, "a sentence for readers; becomes a comment"),
    Key("was", name, "the column's former name: makes `forge diff` write a rename"),
)
column = Object(
    "a column",
    column_keys,
    COLUMN_LATER,
    {
        **OTHER_WORDS,
        "name": "the name is the key",
        "virtual": "write 'generated' without 'stored'",
        "stored": "write 'generated: {sql: ..., stored: true}'",
        "header": "it stands in 'cpp: {type: ..., header: ...}'",
    },
)
columns = MapOf(name, column, "columns", "column")
