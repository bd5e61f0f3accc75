# SPDX-License-Identifier: MIT
"""Embedded structs as the templates print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forge_codegen.emit.cpp_types import (
    FORGE_HEADERS,
    STD_HEADERS,
    ColumnTypes,
    CppColumn,
    headers_for,
    id_headers,
)
from forge_codegen.model.schema import Embed, Schema, Struct, Table, View


@dataclass(frozen=True)
class EmbedField:
    """An embedded struct as the field of a row, ready to print like a column."""

    name: str
    first: int
    struct: str
    nullable: bool
    doc: str
    is_required: bool
    new_note: str = ""
    in_key: bool = False
    generated: bool = False

    @property
    def row_type(self) -> str:
        return f"std::optional<{self.struct}>" if self.nullable else self.struct

    @property
    def new_type(self) -> str:
        return f"std::optional<New{self.struct}>" if self.nullable else f"New{self.struct}"

    @property
    def patch_type(self) -> str:
        """Whole or not at all, where half of it would be half NULL."""
        return f"forge_db::patch<{self.struct}>" if self.nullable else f"{self.struct}Patch"

    @property
    def new_initialiser(self) -> str:
        return "" if self.is_required else "{}"


def fields_of(
    table: Table | View, columns: tuple[CppColumn, ...], embeds: tuple[EmbedField, ...]
) -> Iterator[CppColumn | EmbedField]:
    """What a row holds, in order: an embedded struct in the place of its columns."""
    places = {embed.first: field for embed, field in zip(table.embeds, embeds, strict=True)}
    for column in columns:
        if column.index in places:
            yield places[column.index]
        elif not any(embed.holds(column.index) for embed in table.embeds):
            yield column


def embed_field(schema: Schema, embed: Embed) -> EmbedField:
    types = ColumnTypes(schema, embed.struct)
    members = [types.column(index, column) for index, column in enumerate(embed.struct.columns)]
    required = not embed.nullable and any(not member.new_initialiser for member in members)
    note = "unset is NULL" if embed.nullable else ""
    return EmbedField(
        embed.name, embed.first, embed.struct.type_name, embed.nullable, embed.doc, required, note
    )


@dataclass(frozen=True)
class StructView:
    """An embedded struct and what it becomes when it is written."""

    type_name: str
    doc: str
    columns: tuple[CppColumn, ...]

    @property
    def new_fields(self) -> tuple[tuple[str, str], ...]:
        return tuple((f"{c.new_type} {c.name}{c.new_initialiser};", c.new_note) for c in self.columns)

    @property
    def new_values(self) -> tuple[str, ...]:
        """What makes the fields of New<struct> from those of the struct."""
        return tuple(_new_value(column) for column in self.columns)

    @property
    def patch_values(self) -> tuple[str, ...]:
        return tuple(
            f"forge_db::or_null({column.name})" if column.nullable else column.name for column in self.columns
        )


def _new_value(column: CppColumn) -> str:
    if column.new_type.startswith("forge_db::patch"):
        return f"forge_db::or_null({column.name})"
    unreadable = column.lenient and not column.nullable and not column.new_initialiser
    return f"{column.name}.value()" if unreadable else column.name


@dataclass(frozen=True)
class StructsView:
    structs: tuple[StructView, ...]
    uses_enums: bool
    std_headers: tuple[str, ...]
    forge_headers: tuple[str, ...]
    own_headers: tuple[str, ...]
    id_headers: tuple[str, ...]


def structs_view(schema: Schema) -> StructsView:
    """Everything that structs.hpp prints."""
    structs = tuple(_struct_view(schema, struct) for struct in schema.structs)
    used = " ".join(f"{c.row_type} {c.new_type} {c.patch_type}" for struct in structs for c in struct.columns)
    kinds = [column.type for struct in schema.structs for column in struct.columns]
    return StructsView(
        structs=structs,
        uses_enums=any(kind.kind == "enum" for kind in kinds),
        std_headers=tuple(sorted({"array", "string_view", *headers_for(used, STD_HEADERS)})),
        forge_headers=tuple(sorted({"forge_db/schema/embed.hpp", *headers_for(used, FORGE_HEADERS)})),
        own_headers=tuple(sorted({kind.header for kind in kinds if kind.header})),
        id_headers=id_headers(schema, [column for struct in schema.structs for column in struct.columns]),
    )


def _struct_view(schema: Schema, struct: Struct) -> StructView:
    types = ColumnTypes(schema, struct)
    columns = tuple(types.column(index, column) for index, column in enumerate(struct.columns))
    return StructView(struct.type_name, struct.doc, columns)
