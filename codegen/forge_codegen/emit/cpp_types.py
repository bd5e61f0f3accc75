# SPDX-License-Identifier: MIT
"""How a column reads in C++: its type, its default as an expression, the headers that it needs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from forge_codegen.model.defaults import Default, scaled, string_list, unix_us
from forge_codegen.model.schema import Column, Schema, Struct, Table, View
from forge_codegen.model.types import Type

STD_HEADERS = {
    "std::int": "cstdint",
    "std::optional": "optional",
    "std::string": "string",
    "std::vector": "vector",
}
FORGE_HEADERS = {
    "forge_db::uuid": "forge_db/core/uuid.hpp",
    "forge_db::typed_id": "forge_db/core/typed_id.hpp",
    "forge_db::timestamp": "forge_db/core/timestamp.hpp",
    "forge_db::date": "forge_db/core/date.hpp",
    "forge_db::json": "forge_db/core/json.hpp",
    "forge_db::bytes": "forge_db/core/bytes.hpp",
    "forge_db::decimal": "forge_db/core/decimal.hpp",
    "forge_db::vector": "forge_db/core/vector.hpp",
    "forge_db::range": "forge_db/core/range.hpp",
}
# The members of every generated struct and tag type.
MEMBERS = ("row_type", "value_type", "storage_type", "name", "quoted", "index", "nullable", "column")


def headers_for(text: str, table: dict[str, str]) -> list[str]:
    """The headers of `table` whose names the text uses, sorted.

    >>> headers_for("std::optional<std::int64_t> id{};", STD_HEADERS)
    ['cstdint', 'optional']
    """
    return sorted({header for name, header in table.items() if name in text})


def string_literal(text: str) -> str:
    """A C++ string literal of UTF-8 text; octal escapes, which cannot run into what follows.

    >>> print(string_literal('say "hi"'), string_literal("a\\n??="), string_literal("é1"))
    "say \\"hi\\"" "a\\n?\\?=" "\\303\\2511"
    """
    out = []
    for byte in text.encode("utf-8"):
        character = chr(byte)
        if character in '"\\':
            out.append("\\" + character)
        elif character == "\n":
            out.append("\\n")
        elif character == "\t":
            out.append("\\t")
        elif 32 <= byte < 127:
            out.append("\\?" if character == "?" and out and out[-1] == "?" else character)
        else:
            out.append(f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def value_type(kind: Type) -> str:
    """The C++ type of a value, without typed ids and without optional; of an enum its name in the spec.

    >>> value_type(Type("decimal", precision=10, scale=2)), value_type(Type("json", of="text"))
    ('forge_db::decimal<10, 2>', 'std::vector<std::string>')
    """
    if kind.cpp:
        return f"::{kind.cpp}"
    return stored_type(kind)


def stored_type(kind: Type) -> str:
    """The C++ type of what is stored: as value_type, but for types of the user's own."""
    if kind.kind == "decimal":
        return f"forge_db::decimal<{kind.precision}, {kind.scale}>"
    if kind.kind == "vector":
        return f"forge_db::vector<{kind.dimensions}>"
    if kind.is_string_list:
        return "std::vector<std::string>"
    return kind.enum if kind.kind == "enum" else kind.info.cpp


@dataclass(frozen=True)
class CppColumn:
    """One column of one table, ready to print."""

    name: str
    index: int
    value_type: str
    storage: str
    nullable: bool
    lenient: bool
    doc: str
    new_type: str
    new_note: str
    on_update_now: bool
    in_key: bool
    fill: str
    database_default: bool
    fill_type: str
    secret: bool
    generated: bool = False

    @property
    def row_type(self) -> str:
        return f"std::optional<{self.value_type}>" if self.nullable or self.lenient else self.value_type

    @property
    def patch_type(self) -> str:
        return f"forge_db::patch<{self.value_type}>" if self.nullable else f"std::optional<{self.value_type}>"

    @property
    def new_initialiser(self) -> str:
        """Required fields have none, so that forgetting one does not compile."""
        return "" if self.new_type.startswith("forge_db::required") else "{}"


def id_headers(schema: Schema, columns: Iterable[Column]) -> tuple[str, ...]:
    """The headers of the typed ids that columns hold; the schema's own one in any case."""
    owners = {schema.id_owner(column.id_of)[0].name for column in columns if column.id_of}
    return tuple(sorted(f"{name}/ids.hpp" for name in owners | {schema.name}))


class ColumnTypes:
    """Names the C++ types of the columns of one table or struct.

    A type whose name a generated struct's member has, too, is written with its namespace, because the member
    would hide it.
    """

    def __init__(self, schema: Schema, owner: Table | View | Struct) -> None:
        self._schema = schema
        self._key = owner.primary_key if isinstance(owner, Table) else ()
        self._generated_key = isinstance(owner, Table) and owner.generated_key
        self._scope = owner.guards.scope if isinstance(owner, Table) else ""
        self._members = {*MEMBERS, *owner.members}

    def column(self, index: int, column: Column) -> CppColumn:
        value = self.value(column)
        new_type, note = self._new(column, value)
        return CppColumn(
            name=column.name,
            index=index,
            value_type=value,
            storage=self._storage(column.type),
            nullable=column.nullable,
            lenient=column.type.may_be_unreadable,
            doc=column.doc,
            new_type=new_type,
            new_note=note,
            on_update_now=column.on_update_now,
            in_key=column.name in self._key,
            fill=self._fill(column),
            database_default=column.default is not None and column.fill is None,
            fill_type=self.value(column, qualified=True),
            secret=column.secret,
            generated=column.generated is not None,
        )

    def value(self, column: Column, qualified: bool = False) -> str:
        if column.id_of:
            owner, table = self._schema.id_owner(column.id_of)
            if owner.name != self._schema.name:
                return f"::{owner.namespace}::{table.struct}Id"
            return f"{owner.namespace}::{table.struct}Id" if qualified else f"{table.struct}Id"
        name = value_type(column.type)
        return name if column.type.cpp else self._enum_named(column.type, name, qualified)

    def _enum_named(self, kind: Type, name: str, qualified: bool) -> str:
        """`name`, and for an enum its C++ name, with its namespace where that is needed."""
        if kind.kind != "enum":
            return name
        namespace, name = f"{self._schema.namespace}::", self._schema.enum(kind.enum).type_name
        if qualified:
            return namespace + name
        return f"::{namespace}{name}" if name in self._members else name

    def _storage(self, kind: Type) -> str:
        """The storage tag, as it stands behind `forge_db::storage::`."""
        tag, outer = kind.storage_tag, "forge_db::storage::"
        if kind.cpp:
            tag = f"as<{self._enum_named(kind, stored_type(kind), True)}, {outer}{tag}>"
        return f"lenient<{outer}{tag}>" if kind.may_be_unreadable else tag

    def _new(self, column: Column, value: str) -> tuple[str, str]:
        if self._generated_key and column.name in self._key:
            return f"std::optional<{value}>", "assigned by the database when unset"
        if column.name == self._scope:
            return f"std::optional<{value}>", "the repository's when unset"
        if column.has_default:
            default = column.client_default or column.default
            assert default is not None
            wrapper = "forge_db::patch" if column.nullable else "std::optional"
            return f"{wrapper}<{value}>", f"default {_one_line(default.describe())}"
        if column.nullable:
            return f"std::optional<{value}>", "unset is NULL"
        return f"forge_db::required<{value}>", ""

    def _fill(self, column: Column) -> str:
        """The expression that makes the default; empty when ForgeDB does not fill the column."""
        default = column.fill
        if default is None:
            return ""
        text = self._fill_value(default, column.type)
        if column.type.cpp:
            return f"forge_db::cpp_value<{value_type(column.type)}>({text})"
        return f"{self.value(column, qualified=True)}{{{text}}}" if column.id_of else text

    def _fill_value(self, default: Default, kind: Type) -> str:
        if default.kind == "now":
            return "forge_db::timestamp::now()"
        if default.kind != "literal":
            return f"forge_db::{default.kind}()"
        text = default.text
        if kind.is_string_list:
            items = ", ".join(string_literal(item) for item in string_list(text))
            return f"std::vector<std::string>{{{items}}}"
        if kind.kind == "enum":
            return (
                f"{self._schema.namespace}::{self._schema.enum(kind.enum).type_name}::"
                f"{self._schema.enum(kind.enum).enumerator_of(text)}"
            )
        if kind.kind == "json":
            return f"forge_db::json::unchecked({string_literal(text)})"
        if kind.kind == "decimal":
            return (
                f"forge_db::decimal<{kind.precision}, {kind.scale}>::from_scaled({scaled(text, kind.scale)})"
            )
        if kind.kind == "timestamp":
            return f"forge_db::timestamp::from_unix_us({unix_us(text)})"
        if kind.kind == "date":
            days = unix_us(f"{text} 00:00:00.000000") // 86_400_000_000
            return f"forge_db::date::from_unix_days({days})"
        if kind.kind == "uuid":
            return f"*forge_db::parse_uuid({string_literal(text)})"
        if kind.kind == "bytes":
            items = ", ".join(f"std::byte{{0x{text[at : at + 2]}}}" for at in range(2, len(text), 2))
            return f"forge_db::bytes{{{items}}}"
        if kind.kind in ("int32", "int64"):
            return _integer(int(text), kind.kind)
        return text if kind.kind in ("bool", "float64") else string_literal(text)


def _integer(value: int, kind: str) -> str:
    """
    >>> _integer(7, "int64"), _integer(-9223372036854775808, "int64"), _integer(-2147483648, "int32")
    ('7', 'std::numeric_limits<std::int64_t>::min()', 'std::numeric_limits<std::int32_t>::min()')
    """
    lowest = -(1 << 63) if kind == "int64" else -(1 << 31)
    return f"std::numeric_limits<std::{kind}_t>::min()" if value == lowest else str(value)


def comment_line(text: str) -> str:
    r"""What may stand behind `//`: one line that neither joins the next nor shows what it is not.

    >>> comment_line("a \\ \\"), comment_line("what??/"), comment_line("a\u202eb")
    ('a', 'what? ?/', 'a b')
    """
    shown = "".join(character if character.isprintable() else " " for character in text)
    return shown.replace("??/", "? ?/").rstrip("\\ ")


def _one_line(text: str) -> str:
    """A default as a comment: one line, not long."""
    shown = json.dumps(text)[1:-1] if any(character in text for character in "\n\r\\") else text
    return comment_line(shown if len(shown) <= 40 else shown[:37] + "...")
