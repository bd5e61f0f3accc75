# SPDX-License-Identifier: MIT
"""Names and literals that random specs are made of."""

from __future__ import annotations

from typing import Any

WORDS = [
    "alpha", "beta", "gamma", "title", "note", "price", "state", "kind",
    "owner", "parent", "amount", "label", "born", "weight",
]  # fmt: skip
# Words of SQL, of C++'s and the library's own headers, and of generated code.
ODD_WORDS = [
    "order", "group", "select", "from", "where", "table", "index", "check",
    "default_value", "values", "references", "primary", "unique", "limit", "user", "key",
    "desc", "row", "rowid", "oid", "null", "constraint", "generated", "always",
    "timestamp", "date", "transaction", "string", "vector", "optional", "size", "begin",
    "end", "data", "value", "name", "quoted", "column", "columns", "table_name",
    "text", "int64", "json", "bytes", "uuid", "session", "connection", "repository",
    "filter", "sort", "search", "patch", "page", "migrations", "ids", "models",
    "enums", "repositories", "structs", "list", "count", "insert", "update", "remove",
    "get", "find", "exists", "upsert", "new_row", "type", "schema", "detail",
    "min", "max", "std_string", "size_t", "abs", "time", "y1", "id_t",
    "storage", "nullable", "index_t", "all", "steps", "query", "direction", "error",
]  # fmt: skip
ENUM_VALUES = ["open", "closed", "dark-blue", "null", "class", "3d", "in progress", "A", "it's", "é1"]

# What a literal default of each type may be.
DEFAULTS: dict[str, list[Any]] = {
    "int32": [0, 7, -2147483648],
    "int64": [0, -9223372036854775808, 9223372036854775807],
    "bool": [True, False],
    "float64": [0, 1.5, -2e3],
    "decimal": [0, 1],
    "text": ["", 'it\'s "quoted" \\', "é??/", "null", "a\nb"],
    "string": ["", "x"],
    "bytes": [],
    "vector": [],
    "json": [{}, {"a": [1, None, "x"]}, [], None],
    "uuid": ["uuid_v4", "uuid_v7", "00112233-4455-6677-8899-aabbccddeeff"],
    "timestamp": ["now", "2024-01-31 12:00:00"],
    "date": ["2024-02-29"],
}
