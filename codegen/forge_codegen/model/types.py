# SPDX-License-Identifier: MIT
"""The column types: for each, its C++ type, its storages, and its type in the two dialects' DDL."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Storage:
    """How values of a type lie in a SQLite file, and the codec's tag for it in C++.

    What is not `ordered` does not sort as its values do. `header` has the codecs that most tables do without.
    """

    name: str
    tag: str
    sqlite_type: str
    header: str = ""
    ordered: bool = True


@dataclass(frozen=True)
class Kind:
    """A logical type. The first storage is the default; a type with one storage takes no `storage:`.

    Literals of a `number` stand in SQL as they are, others as text, unless model/defaults.py knows better.
    """

    name: str
    cpp: str
    postgres_type: str
    storages: tuple[Storage, ...]
    filters: frozenset[str] = frozenset()
    sortable: bool = True
    number: bool = False


_PLAIN = frozenset({"equals", "not_equals", "in", "not_in", "is_null"})
_ORDERED = _PLAIN | {"range"}
_WORDS = _ORDERED | {"contains", "starts_with"}


def _one(tag: str, sqlite_type: str) -> tuple[Storage, ...]:
    return (Storage("", tag, sqlite_type),)


_TIME = "forge_db/schema/codec_foreign_time.hpp"
_FOREIGN = "forge_db/schema/codec_foreign.hpp"

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("int32", "std::int32_t", "integer", _one("integer", "INTEGER"), _ORDERED, number=True),
        Kind("int64", "std::int64_t", "bigint", _one("integer", "INTEGER"), _ORDERED, number=True),
        Kind(
            "bool",
            "bool",
            "boolean",
            (
                Storage("integer", "boolean", "BOOLEAN"),
                Storage("true_false", "boolean_text", "TEXT", _FOREIGN),
                Storage("yes_no", "boolean_letter", "TEXT", _FOREIGN),
            ),
            # std::vector<bool> has no values to point at, and both of two say nothing.
            _PLAIN - {"in", "not_in"},
        ),
        Kind("float64", "double", "double precision", _one("real", "REAL"), _ORDERED, number=True),
        Kind(
            "decimal",
            "forge_db::decimal",
            "numeric",
            (
                Storage("scaled", "decimal_scaled", "INTEGER"),
                Storage("real", "decimal_real", "REAL", _FOREIGN),
                Storage("text", "decimal_text", "TEXT", _FOREIGN, ordered=False),
            ),
            _ORDERED,
        ),
        Kind("text", "std::string", "text", _one("text", "TEXT"), _WORDS),
        Kind("string", "std::string", "varchar", _one("text", "TEXT"), _WORDS),
        Kind("bytes", "forge_db::bytes", "bytea", _one("blob", "BLOB"), frozenset({"is_null"}), False),
        Kind(
            "vector",
            "forge_db::vector",
            "vector",
            (Storage("", "vector_blob", "BLOB", "forge_db/schema/codec_vector.hpp"),),
            frozenset({"is_null"}),
            False,
        ),
        Kind("json", "forge_db::json", "jsonb", _one("json_text", "TEXT"), frozenset({"is_null"}), False),
        Kind(
            "uuid",
            "forge_db::uuid",
            "uuid",
            (
                Storage("text36", "uuid_text36", "TEXT"),
                Storage("hex32", "uuid_hex32", "TEXT"),
                Storage("blob", "uuid_blob", "BLOB"),
            ),
            _PLAIN,
        ),
        Kind(
            "timestamp",
            "forge_db::timestamp",
            "timestamptz",
            (
                Storage("text", "timestamp_text", "TEXT"),
                Storage("text_s", "timestamp_text_s", "TEXT", _TIME),
                Storage("iso", "timestamp_iso", "TEXT", _TIME),
                Storage("unix_us", "timestamp_us", "INTEGER"),
                Storage("unix_ms", "timestamp_ms", "INTEGER", _TIME),
                Storage("unix_s", "timestamp_s", "INTEGER", _TIME),
                Storage("unix_real", "timestamp_real", "REAL", _TIME),
                Storage("julian", "timestamp_julian", "REAL", _TIME),
            ),
            _ORDERED,
        ),
        Kind(
            "date",
            "forge_db::date",
            "date",
            (
                Storage("text", "date_text", "TEXT"),
                Storage("yyyymmdd", "date_number", "INTEGER", _TIME),
                Storage("unix_s", "date_s", "INTEGER", _TIME),
            ),
            _ORDERED,
        ),
        Kind(
            "enum",
            "",
            "text",
            (Storage("text", "enum_text", "TEXT"), Storage("integer", "enum_integer", "INTEGER", _FOREIGN)),
            _PLAIN,
        ),
    )
}

LATER_TYPES = ("password", "encrypted")
# What other systems call them.
MEANT = {
    **dict.fromkeys(("datetime", "time", "timestamptz"), "'timestamp'"),
    **dict.fromkeys(("int", "integer", "bigint", "long", "serial", "bigserial"), "'int64'"),
    **dict.fromkeys(("smallint", "short"), "'int32'"),
    **dict.fromkeys(("double", "float", "real"), "'float64'"),
    **dict.fromkeys(("varchar", "char"), "'string' with a 'length', or 'text'"),
    **dict.fromkeys(("blob", "bytea", "binary"), "'bytes'"),
    **dict.fromkeys(("numeric", "money"), "'decimal'"),
    **dict.fromkeys(("list", "array"), "'json' with 'of: [text]'"),
    **dict.fromkeys(("guid",), "'uuid'"),
}
OF_ENUM = "an enum of the schema is named by 'enum: {}'"
STORED = tuple(name for name, kind in KINDS.items() if len(kind.storages) > 1)
STORAGES = tuple(dict.fromkeys(storage.name for name in STORED for storage in KINDS[name].storages))
# Kinds of which `lenient: true` makes an optional; a list of text reads as empty instead.
LENIENT = ("int32", "int64", "bool", "float64", "decimal", "uuid", "timestamp", "date", "enum")

STRING_LIST_FILTERS = frozenset({"has", "has_any", "has_all", "is_null"})


@dataclass(frozen=True)
class Type:
    """A logical type with its parameters, as one column uses it.

    `cpp` is the user's own C++ type for its values, and `header` where that is declared.
    """

    kind: str
    storage: str = ""
    length: int = 0
    precision: int = 0
    scale: int = 0
    dimensions: int = 0
    of: str = ""
    lenient: bool = False
    enum: str = ""
    cpp: str = ""
    header: str = ""

    @property
    def info(self) -> Kind:
        return KINDS[self.kind]

    @property
    def storage_info(self) -> Storage:
        storages = self.info.storages
        return next((storage for storage in storages if storage.name == self.storage), storages[0])

    @property
    def is_string_list(self) -> bool:
        return self.kind == "json" and self.of == "text"

    @property
    def sqlite_type(self) -> str:
        return self.storage_info.sqlite_type

    @property
    def postgres_type(self) -> str:
        """
        >>> Type("string", length=13).postgres_type, Type("decimal", precision=10, scale=2).postgres_type
        ('varchar(13)', 'numeric(10, 2)')
        >>> Type("vector", dimensions=768).postgres_type
        'vector(768)'
        """
        if self.kind == "string":
            return f"varchar({self.length})"
        if self.kind == "decimal":
            return f"numeric({self.precision}, {self.scale})"
        if self.kind == "vector":
            return f"vector({self.dimensions})"
        return self.info.postgres_type

    @property
    def storage_tag(self) -> str:
        if self.is_string_list:
            return "string_list_lenient" if self.lenient else "string_list"
        return self.storage_info.tag

    @property
    def may_be_unreadable(self) -> bool:
        """Whether rows hold an optional that is empty for what cannot be read."""
        return self.lenient and not self.is_string_list

    @property
    def filters(self) -> frozenset[str]:
        if self.is_string_list:
            return STRING_LIST_FILTERS
        return self.info.filters if self.storage_info.ordered else self.info.filters - {"range"}

    @property
    def sortable(self) -> bool:
        return self.info.sortable and self.storage_info.ordered

    def in_ddl(self) -> Type:
        """What the database's schema knows of it: not the enum, the list item, leniency, nor C++."""
        return replace(self, of="", lenient=False, enum="", cpp="", header="")

    def describe(self) -> str:
        """
        >>> Type("uuid", storage="hex32").describe()
        'uuid (storage hex32)'
        """
        more = f" (storage {self.storage})" if self.storage and len(self.info.storages) > 1 else ""
        if self.kind == "string":
            return f"string({self.length})"
        if self.kind == "decimal":
            more = "" if self.storage in ("", "scaled") else more
            return f"decimal({self.precision}, {self.scale})" + more
        if self.kind == "vector":
            return f"vector({self.dimensions})"
        if self.kind in ("bool", "date", "enum") and self.storage == self.info.storages[0].name:
            return self.kind
        return self.kind + (" of [text]" if self.is_string_list else more)
