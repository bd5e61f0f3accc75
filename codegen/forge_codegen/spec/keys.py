# SPDX-License-Identifier: MIT
"""Every key of a spec, once. Validation, "not supported yet", the JSON Schema and docs/spec_reference.md all
come from here.

To add a key: put it here, read it in the builder of its map (columns.py, tables.py, repository.py,
schema.py).
"""

from __future__ import annotations

from forge_codegen.model.types import KINDS, LATER_TYPES, STORAGES
from forge_codegen.naming import NAME, SQL_NAME_LIMIT
from forge_codegen.spec.shapes import Anything, Choice, Flag, Key, ListOf, MapOf, Object, OneOf, Text, Whole

LATER = "remove it"


def later(words: str) -> dict[str, str]:
    """Keys of the design that this release does not build, with the cure for each."""
    return dict.fromkeys(words.split(), LATER)


CPP_NAME = r"[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*"
name = Text("a lower-case name such as 'order_item'", NAME, SQL_NAME_LIMIT)
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
trigger_texts = (
    Key("sqlite", sql, "what follows `create trigger name` on SQLite"),
    Key("postgres", sql, "what follows `create trigger name` on PostgreSQL"),
    Key("postgres_function", sql, "body, in PL/pgSQL, of a function of the trigger's name that it calls"),
)
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
    Key("type", Choice(tuple(KINDS), LATER_TYPES), "the logical type"),
    Key("references", reference, "the referenced column; this one takes its type"),
    Key("enum", name, "the enum of this schema (implies type: enum)"),
    Key("length", Whole(1, 1_000_000_000), "the longest text, for type: string"),
    Key("precision", Whole(1, 18), "all digits of a decimal"),
    Key("scale", Whole(0, 18), "digits of a decimal behind the point"),
    Key(
        "of",
        OneOf((ListOf(Choice(("text",)), "one item type"),)),
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
        "null": "the key is 'nullable'",
        "name": "the name is the key",
        "collation": "the key is 'collate'",
        "virtual": "write 'generated' without 'stored'",
        "stored": "write 'generated: {sql: ..., stored: true}'",
        "header": "it stands in 'cpp: {type: ..., header: ...}'",
    },
)
columns = MapOf(name, column, "columns", "column")

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

filter_kind = Choice(
    ("equals", "not_equals", "in", "is_null", "range", "contains", "has"),
    ("starts_with", "match", "distance", "near"),
)
filters = ListOf(
    OneOf(
        (
            name,
            MapOf(
                name,
                OneOf((filter_kind, ListOf(filter_kind, "filter kinds"))),
                "column: kind",
                "the filter of",
            ),
        )
    ),
    "columns, or {column: kind}",
)
page = Object(
    "page sizes",
    (
        Key("default", Whole(1, 10_000), "rows a page when not asked", default="20"),
        Key("max", Whole(1, 10_000), "most rows a page", default="100"),
    ),
)
repository = Object(
    "a repository",
    (
        Key("filters", filters, "what lists can be filtered by"),
        Key("search", names, "text columns that the search filter looks in"),
        Key("sort", names, "columns that lists can be sorted by", default="the primary key"),
        Key(
            "default_sort",
            Text("a column, 'column asc' or 'column desc'"),
            "the order when none is asked for",
            default="the first of sort",
        ),
        Key("page", page, "page sizes"),
    ),
    later("soft_delete analytics tree versions tags scope quota optimistic_lock order_by cursor bulk"),
)

trigger = Object("a trigger", trigger_texts, {}, {"sql": "the dialects' texts differ: 'sqlite', 'postgres'"})
triggers = MapOf(name, trigger, "triggers", "trigger")

VIEW_COLUMN_KEYS = "type references enum length precision scale of lenient storage cpp nullable secret doc"
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
        Key("repository", repository, "what the generated repository lists by", default="sorted by the key"),
        Key("triggers", triggers, "INSTEAD OF triggers, by name"),
    ),
    {"materialized": LATER, "recursive": "write WITH RECURSIVE in the SELECT"},
    {"indexes": "views have none; give them to the tables", "mixins": "write the columns out"},
)

TABLE_LATER = later(
    "relations fts search soft_delete optimistic_lock scope policy distribute_by reference "
    "large rows "
    "partition comment analytics versions tree"
)
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
        "index": "the key is 'indexes'",
        "views": "they stand beside 'tables'",
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
        Key("every_start", ListOf(every_start, "steps"), "C++ steps that run at every start"),
    ),
    later(
        "queries extensions functions sequences types scope policy imports adopt fts seeds analytics manifest"
    ),
    {
        "table": "the key is 'tables'",
        "struct": "the key is 'structs'",
        "triggers": "they stand in their table or view",
        "version": "numbers belong to migration files",
    },
)
