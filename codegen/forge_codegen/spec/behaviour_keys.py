# SPDX-License-Identifier: MIT
"""The keys of behaviours: what a repository does beside filters and lists."""

from __future__ import annotations

from forge_codegen.spec.key_values import name, names
from forge_codegen.spec.shapes import Choice, Flag, Key, Object, Whole

settings = Object(
    "settings",
    (
        Key(
            "scope",
            names,
            "the columns that say whose settings they are",
            default="the columns that are unique with the key",
        ),
        Key("key", name, "the column of the setting's name", default="key"),
        Key("value", name, "the JSON column of its value", default="value"),
    ),
)
quota = Object(
    "a quota",
    (
        Key("every", Choice(("hour", "day", "month", "year")), "when the counter begins at 0", required=True),
        Key(
            "key",
            names,
            "the columns that say what is counted, and for whom",
            default="the columns that are unique with the period",
        ),
        Key("period", name, "the text column of the period, such as 2026-02-20", default="period"),
        Key("count", name, "the integer column that counts", default="count"),
        Key("limit", Whole(0, 10**18 - 1), "the most of a period, unless the program says otherwise"),
    ),
    refused={"per": "the key is 'every', as in 'every: month'"},
)
tree = Object(
    "a tree",
    (
        Key("parent", name, "the column that refers to the table's key; null for a root", required=True),
        Key("name", name, "the text column by which rows on one level are told apart and ordered"),
        Key("depth", name, "an integer column that the repository keeps at the row's depth; 0 is a root"),
        Key("max_depth", Whole(0, 999), "the depth of the deepest rows", default="999"),
        Key(
            "unique_names",
            Flag(),
            "whether the names below one row, and of the roots, have to be unique by constraints",
            default="true when there is a name",
        ),
    ),
)
versions = Object(
    "versions",
    (
        Key("table", name, "the table of the former contents, which refers to this one", required=True),
        Key("columns", names, "what is kept: columns of both tables", required=True),
        Key("number", name, "the integer column of both tables that counts", default="version"),
        Key("note", name, "a nullable text column of the table of versions: the note of the change_context"),
    ),
)
audit = Object(
    "an audit trail",
    (
        Key("table", name, "the table of the trail", required=True),
        Key("action", name, "its text column for 'insert', 'update' or 'remove'", required=True),
        Key("actor", name, "its text column for the actor of the change_context"),
        Key("entity", name, "its text column for the name of the table that was changed"),
        Key("entity_id", name, "its text column for the key of the row"),
        Key("changes", name, "its nullable JSON column for the values"),
        Key("note", name, "its nullable text column for the note of the change_context"),
    ),
)
behaviours = (
    Key("get_or_create", names, "the unique columns by which get_or_create() finds a row, or inserts it"),
    Key("settings", settings, "the rows are settings: values by key"),
    Key("quota", quota, "the rows are counters by period, with a limit"),
    Key("tree", tree, "the rows lie below one another"),
    Key("versions", versions, "an update keeps the former content, with a number"),
    Key("audit", audit, "inserts, updates and removals are logged in a table"),
    Key("tags", names, "columns 'json of: [text]' whose items are added, removed, renamed and counted"),
    Key(
        "cascade_report",
        Flag(),
        "preview_remove() and remove_cascade(), with soft_delete preview_purge() and purge_cascade()",
        default="false",
    ),
)
