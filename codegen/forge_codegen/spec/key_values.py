# SPDX-License-Identifier: MIT
"""Values that keys of specs, migration files and seed files have in common."""

from __future__ import annotations

from forge_codegen.naming import NAME, SQL_NAME_LIMIT
from forge_codegen.spec.shapes import Choice, Key, ListOf, Object, OneOf, Text

LATER = "remove it"


def later(words: str) -> dict[str, str]:
    """Keys of the design that this release does not build, with the cure for each."""
    return dict.fromkeys(words.split(), LATER)


name = Text("a lower-case name such as 'order_item'", NAME, SQL_NAME_LIMIT)
enum_name = Text("the name of one of the schema's 'enums:', such as 'order_state'", NAME, SQL_NAME_LIMIT)
identifier = Text("a name such as 'ix_books_title'", r"[A-Za-z_][A-Za-z0-9_]*")
struct = Text("a C++ struct name such as 'OrderItem'", r"[A-Z][A-Za-z0-9]*")
reference = Text("'table.column' or 'schema.table.column'", rf"{NAME}\.{NAME}(\.{NAME})?")
sql = Text("SQL text")
doc = Text("text for readers")
names = ListOf(name, "column names")

actions = Choice(("no_action", "restrict", "cascade", "set_null", "set_default"))
sql_per_dialect = Object(
    "SQL per dialect",
    (Key("sqlite", sql, "the text for SQLite"), Key("postgres", sql, "the text for PostgreSQL")),
)

sql_texts = OneOf((sql, sql_per_dialect))
sqlite_collation = Choice(("binary", "nocase", "rtrim"))
collation = OneOf(
    (
        sqlite_collation,
        Object(
            "collations per dialect",
            (
                Key("sqlite", sqlite_collation, "the collation on SQLite", default="binary"),
                Key(
                    "postgres",
                    Text("a collation such as 'und-x-icu'", r"[A-Za-z0-9_.@-]+", SQL_NAME_LIMIT),
                    "the collation on PostgreSQL",
                    default="the database's own",
                ),
            ),
        ),
    )
)
