# SPDX-License-Identifier: MIT
"""Every key of a spec, once. Validation, "not supported yet", the JSON Schema and docs/spec_reference.md all
come from here. Those of columns, constraints, repositories, and views and triggers have modules of their own.

To add a key: put it into its map, and read it in the map's builder (columns.py, table_parts.py,
repository.py, views.py, load.py).
"""

from __future__ import annotations

from forge_codegen.spec.column_keys import columns
from forge_codegen.spec.constraint_keys import checks, foreign_keys, indexes, uniques
from forge_codegen.spec.full_text import full_text
from forge_codegen.spec.key_values import doc, later, name, names, struct
from forge_codegen.spec.object_keys import triggers, view
from forge_codegen.spec.query_keys import queries
from forge_codegen.spec.relation_keys import relations
from forge_codegen.spec.repository_keys import repository, table_keys
from forge_codegen.spec.shapes import Choice, Flag, Key, ListOf, MapOf, Object, OneOf, Text

struct_of_columns = Object(
    "a struct",
    (
        Key("columns", columns, "its columns, which become fields of the C++ struct", required=True),
        Key("struct", struct, "the C++ struct's name", default="the name as AddressBook"),
        Key("doc", doc, "a sentence for readers; becomes a comment"),
    ),
    later("embed structs mixins checks unique indexes"),
    {"column": "the key is 'columns'"},
)
embed = Object(
    "an embedded struct",
    (
        Key("struct", name, "the struct of this schema", required=True),
        Key(
            "prefix",
            Text("text such as 'ship_', or ''", r"([a-z][a-z0-9]*(_[a-z0-9]+)*_?)?", may_be_empty=True),
            "what the columns' names begin with",
            default="the field's name and '_'",
        ),
        Key(
            "nullable",
            Flag(),
            "whether the struct may be missing: a std::optional in the row, NULL in all columns",
            default="false",
        ),
        Key("doc", doc, "a sentence for readers; becomes a comment"),
    ),
    {},
    {"was": "to keep the columns of a field that is renamed, give it their 'prefix'"},
)
TABLE_LATER = later("search policy distribute_by reference large rows partition comment")
adopt = Object(
    "an adoption policy",
    (
        Key(
            "normalise",
            ListOf(Choice(("defaults", "keys", "uniques", "checks")), "parts"),
            "what a rebuild brings in line when another program made the table: other defaults, keys that "
            "accept NULL, missing unique constraints, missing checks",
            required=True,
        ),
    ),
)
table = Object(
    "a table",
    (
        Key("columns", columns, "the columns", required=True),
        Key("doc", doc, "a sentence for readers; becomes a comment"),
        Key(
            "embed",
            MapOf(name, OneOf((name, embed)), "fields: struct", "embed"),
            "fields that hold a struct; their columns come behind the table's own",
        ),
        Key("mixins", ListOf(name, "mixin names"), "columns shared between tables"),
        Key("primary_key", names, "the key, when it is more than one column"),
        Key("unique", uniques, "unique constraints"),
        Key("foreign_keys", foreign_keys, "foreign keys over several columns, or with a name"),
        Key("indexes", indexes, "indexes"),
        Key("checks", checks, "check constraints"),
        Key("full_text", full_text, "columns whose words can be looked for"),
        Key(
            "strict",
            Flag(),
            "SQLite refuses values of another type than the column's (a STRICT table, where bool is INTEGER)",
            default="false",
        ),
        Key(
            "without_rowid",
            Flag(),
            "SQLite keeps the rows in the primary key itself (a WITHOUT ROWID table)",
            default="false",
        ),
        Key("adopt", adopt, "what is brought in line when another program made the table"),
        Key(
            "repository",
            repository,
            "what the generated repository lists by",
            default="sorted by the key, no filters",
        ),
        Key(
            "relations",
            relations,
            "related rows of other tables, by name; foreign keys make one each by themselves",
        ),
        Key("triggers", triggers, "triggers on the table, by name"),
        Key(
            "struct",
            struct,
            "the C++ struct's name, when the rule's singular is wrong",
            default="the name's singular",
        ),
        Key("was", name, "the table's former name: makes `forge diff` write a rename"),
    ),
    TABLE_LATER,
    {
        "column": "the key is 'columns'",
        "fts": "the key is 'full_text'",
        "index": "the key is 'indexes'",
        "views": "they stand beside 'tables'",
        **dict.fromkeys(
            (*(key.name for key in table_keys), "analytics"), "it belongs to the table's 'repository'"
        ),
    },
)

enum_values = ListOf(
    OneOf((Text("an enum value"), MapOf(name, Text("an enum value"), "enumerator: value", "enumerator"))),
    "enum values",
)
enum = OneOf(
    (
        enum_values,
        Object(
            "an enum",
            (
                Key("values", enum_values, "the values", required=True),
                Key("struct", struct, "the C++ enum's name", default="the enum's name"),
                Key("doc", doc, "for readers"),
            ),
        ),
    )
)
uses = OneOf(
    (
        ListOf(name, "schemas"),
        MapOf(name, Text("a path such as '../kernel.yaml'"), "schema: file", "schema"),
    )
)
every_start = Object(
    "a step of every start",
    (Key("name", name, "the step's function", required=True), Key("doc", doc, "what it does", required=True)),
)

schema = Object(
    "a schema",
    (
        Key("schema", name, "the schema's name, which the ledger and the output folder carry", required=True),
        Key("tables", MapOf(name, table, "tables", "table"), "the tables", required=True),
        Key("namespace", name, "the C++ namespace", default="the schema's name"),
        Key(
            "dialects",
            ListOf(Choice(("sqlite", "postgres")), "dialects"),
            "the dialects that SQL must be written for",
            default="both",
        ),
        Key("doc", doc, "a sentence for readers"),
        Key(
            "uses",
            uses,
            "schemas of the same database that this one refers to, of the same call or with their files",
        ),
        Key("mixins", MapOf(name, columns, "mixins", "mixin"), "named groups of columns"),
        Key("enums", MapOf(name, enum, "enums", "enum"), "named lists of values"),
        Key(
            "structs",
            MapOf(name, struct_of_columns, "structs", "struct"),
            "groups of columns that rows hold as one C++ struct",
        ),
        Key("views", MapOf(name, view, "views", "view"), "selects with a name, which are read like tables"),
        Key("queries", queries, "SQL with a name, which becomes a typed C++ function"),
        Key("every_start", ListOf(every_start, "steps"), "C++ steps that run at every start"),
    ),
    later("extensions functions sequences types scope policy imports adopt seeds analytics manifest"),
    {
        "table": "the key is 'tables'",
        "struct": "the key is 'structs'",
        "triggers": "they stand in their table or view",
        "version": "numbers belong to migration files",
    },
)
