# SPDX-License-Identifier: MIT
"""The keys of migration files, in the same language (and from the same column keys) as those of specs."""

from __future__ import annotations

from dataclasses import replace

from forge_codegen.spec.column_keys import COLUMN_LATER, OTHER_WORDS, column_keys, generated
from forge_codegen.spec.constraint_keys import (
    check,
    checks,
    foreign_key_keys,
    foreign_keys,
    index,
    indexes,
    uniques,
)
from forge_codegen.spec.full_text import keys as full_text_keys
from forge_codegen.spec.key_values import (
    LATER,
    collation,
    doc,
    identifier,
    later,
    name,
    names,
    sql,
    sql_per_dialect,
    sql_texts,
)
from forge_codegen.spec.keys import table
from forge_codegen.spec.object_keys import trigger_texts
from forge_codegen.spec.shapes import Anything, Flag, Key, ListOf, MapOf, Null, Object, OneOf, Text

_CLIENT_ONLY = dict.fromkeys(
    ("client_default", "on_update", "typed", "was", "cpp", "secret"),
    "it does not change the table; it belongs to the spec",
)
_ELSEWHERE = OTHER_WORDS | _CLIENT_ONLY
_column_keys = tuple(key for key in column_keys if key.name not in _CLIENT_ONLY)
column = Object("a migration's column", _column_keys, COLUMN_LATER, _ELSEWHERE)

_table = Key("table", name, "the table's name", required=True)
_column = Key("column", name, "the column's name", required=True)
_columns = Key("columns", names, "the columns", required=True)
_from = Key("from", name, "the name so far", required=True)
_to = Key("to", name, "the new name", required=True)
_options = tuple(key for key in table.keys if key.name in ("strict", "without_rowid"))

create_table = Object(
    "create_table",
    (
        _table,
        Key("columns", MapOf(name, column, "columns", "column"), "the columns", required=True),
        Key("primary_key", names, "the key, when it is more than one column"),
        Key("unique", uniques, "unique constraints"),
        Key("foreign_keys", foreign_keys, "foreign keys over several columns, or with a name"),
        Key("indexes", indexes, "indexes"),
        Key("checks", checks, "check constraints"),
        *_options,
        Key("doc", doc, "a sentence for readers"),
    ),
    {},
    {
        "repository": "it belongs to the spec",
        "struct": "it belongs to the spec",
        "adopt": "it belongs to the spec",
        "mixins": "a migration is complete in itself; write the columns out",
    },
)
add_column = Object("add_column", (_table, _column, *_column_keys), COLUMN_LATER, _ELSEWHERE)
alter_add_column = Object("add_column of alter_table", (_column, *_column_keys), COLUMN_LATER, _ELSEWHERE)
_null = Null()
alter_column = Object(
    "alter_column",
    (
        _column,
        Key("nullable", Flag(), "whether NULL is allowed from now on"),
        Key("default", Anything(), "the new default, or null for none"),
        Key("collate", OneOf((_null, collation)), "the new collation, or null for none"),
        Key(
            "generated",
            OneOf((_null, generated)),
            "the new expression; a column that had values of its own must hold the expression's already; "
            "null makes a generated column a plain one that keeps its values",
        ),
        *(
            key
            for key in _column_keys
            if key.name in ("type", "enum", "length", "precision", "scale", "dimensions", "of", "storage")
        ),
    ),
    COLUMN_LATER,
    {"name": "renames are 'rename_column'", "references": "use add_foreign_key and drop_foreign_key"},
)
foreign_key = Object("add_foreign_key", foreign_key_keys)

_unique_change = Object(
    "add_unique",
    (_columns, Key("name", identifier, "the constraint's name", default="uq_<table>_<columns>")),
)
_by_columns = {kind: Object(kind, (_columns,)) for kind in ("drop_unique", "drop_foreign_key")}
CHANGES: dict[str, Object] = {
    "add_column": alter_add_column,
    "drop_column": Object("drop_column of alter_table", (_column,)),
    "alter_column": alter_column,
    "add_unique": _unique_change,
    "drop_unique": _by_columns["drop_unique"],
    "add_foreign_key": foreign_key,
    "drop_foreign_key": _by_columns["drop_foreign_key"],
    "add_check": check,
    "drop_check": Object("drop_check", (Key("name", identifier, "the constraint's name", required=True),)),
    "set_options": Object("set_options", tuple(replace(key, default="as it is") for key in _options)),
}
MEANINGS = {
    "create_table": "makes a table, with its indexes",
    "drop_table": "removes a table, its rows, indexes and triggers",
    "rename_table": "renames a table; references follow",
    "add_column": "adds a column",
    "drop_column": "removes a column and its values",
    "rename_column": "renames a column; keys, constraints and indexes follow",
    "create_index": "makes an index",
    "drop_index": "removes an index",
    "alter_table": "changes one table in several ways at once; SQLite rebuilds it",
    "create_view": "makes a view",
    "drop_view": "removes a view and its triggers",
    "create_trigger": "makes a trigger",
    "drop_trigger": "removes a trigger, with the function that came with it",
    "create_full_text": "makes a table's full-text index, of the rows that are there, with its triggers",
    "drop_full_text": "removes it, with its triggers",
    "alter_column": "changes a column's type, default or nullability",
    "add_unique": "adds a unique constraint",
    "drop_unique": "removes a unique constraint",
    "add_foreign_key": "adds a foreign key",
    "drop_foreign_key": "removes a foreign key",
    "add_check": "adds a check",
    "drop_check": "removes a check",
    "set_options": "makes the table STRICT or WITHOUT ROWID on SQLite, or no longer so",
    "data": "runs a C++ step of the application",
    "sql": "runs SQL of yours",
}
CHANGES_LATER = later("alter_primary_key")
CHANGES_ELSEWHERE = {"rename_column": "it is an operation of its own"}


def one_key_maps(
    kinds: dict[str, Object], not_yet: dict[str, str], elsewhere: dict[str, str], described: str
) -> ListOf:
    """A list of maps with one key each, which says what kind of entry it is."""
    keys = tuple(Key(kind, shape, MEANINGS.get(kind, shape.expects())) for kind, shape in kinds.items())
    return ListOf(Object(described, keys, not_yet, elsewhere), described.split()[1] + "s")


alter_table = Object(
    "alter_table",
    (
        _table,
        Key(
            "changes",
            one_key_maps(CHANGES, CHANGES_LATER, CHANGES_ELSEWHERE, "a change"),
            "the changes",
            required=True,
        ),
    ),
)
create_index = Object("create_index", (_table, *index.keys), index.later)
_view = Key("name", name, "the view's name", required=True)
_trigger = Key("name", name, "the trigger's name", required=True)
sql_step = Object(
    "sql",
    (
        Key("sqlite", sql, "the statements for SQLite"),
        Key("postgres", sql, "the statements for PostgreSQL"),
        Key("reverse", sql_per_dialect, "what undoes it, per dialect"),
        Key("doc", doc, "what it does"),
    ),
)
data = Object(
    "data",
    (Key("name", name, "the step's function", required=True), Key("doc", doc, "what it does", required=True)),
    {"batched": LATER, "batch": LATER},
)
OPERATIONS: dict[str, Object] = {
    "create_table": create_table,
    "drop_table": Object("drop_table", (_table,)),
    "rename_table": Object("rename_table", (_from, _to)),
    "add_column": add_column,
    "drop_column": Object("drop_column", (_table, _column)),
    "rename_column": Object("rename_column", (_table, _from, _to)),
    "create_index": create_index,
    "drop_index": Object("drop_index", (Key("name", identifier, "the index's name", required=True),)),
    "alter_table": alter_table,
    "create_view": Object(
        "create_view",
        (_view, Key("sql", sql_texts, "the SELECT", required=True)),
        {},
        {"columns": "they belong to the spec"},
    ),
    "drop_view": Object("drop_view", (_view,)),
    "create_trigger": Object(
        "create_trigger",
        (_trigger, Key("table", name, "the table or view that it is on", required=True), *trigger_texts),
    ),
    "drop_trigger": Object("drop_trigger", (_trigger,)),
    "create_full_text": Object("create_full_text", (_table, *full_text_keys)),
    "drop_full_text": Object("drop_full_text", (_table,)),
    "data": data,
    "sql": sql_step,
}
OPERATIONS_LATER = later("create_extension create_enum alter_enum drop_enum squash baseline")
OPERATIONS_ELSEWHERE = {
    change: "put it into 'alter_table'" for change in CHANGES if change not in ("add_column", "drop_column")
}
hash_text = Text("64 hexadecimal digits, as `forge seal` writes them", r"[0-9a-f]{64}")
migration = Object(
    "a migration file",
    (
        Key(
            "operations",
            one_key_maps(OPERATIONS, OPERATIONS_LATER, OPERATIONS_ELSEWHERE, "an operation"),
            "what to do, in order",
            required=True,
        ),
        Key("doc", doc, "why this migration exists"),
        Key("before", hash_text, "hash of the schema before; written by `forge seal`"),
        Key("after", hash_text, "hash of the schema after; written by `forge seal`"),
    ),
    later("accept depends_on down transaction squashes timeout"),
)
