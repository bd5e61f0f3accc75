# SPDX-License-Identifier: MIT
"""The keys by which a repository guards its rows: soft deletion, optimistic lock, scope."""

from __future__ import annotations

from forge_codegen.spec.key_values import name
from forge_codegen.spec.shapes import Choice, Key, Object, Text

value = Text("a value of the column")

soft_delete = Key(
    "soft_delete",
    Object(
        "a soft deletion",
        (
            Key(
                "column",
                name,
                "a nullable timestamp (since when), a bool, or a text or enum with 'deleted' and 'restored'",
                required=True,
            ),
            Key("deleted", value, "of a text or enum: the value of deleted rows"),
            Key("restored", value, "of a text or enum: the value that restore() writes"),
            Key(
                "unique",
                Choice(("living", "all")),
                "among which rows the table's 'unique' columns are unique; the living ones by partial "
                "indexes",
                default="living",
            ),
        ),
    ),
    "removed rows stay, marked by a column; reads see the living",
)
optimistic_lock = Key(
    "optimistic_lock",
    Object(
        "an optimistic lock",
        (Key("column", name, "an integer with 'default: 1', to which every update adds one", required=True),),
    ),
    "an update names the version that was read, and fails if the row has another one",
)
scope = Key(
    "scope",
    name,
    "a column, such as the tenant's id: the repository is constructed with its value and reaches no "
    "other rows",
)
