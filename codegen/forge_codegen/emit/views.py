# SPDX-License-Identifier: MIT
"""Tables, ids and repositories as the templates print them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forge_codegen.emit.cpp_types import (
    FORGE_HEADERS,
    STD_HEADERS,
    ColumnTypes,
    CppColumn,
    headers_for,
    id_headers,
    value_type,
)
from forge_codegen.emit.struct_views import EmbedField, embed_field, fields_of
from forge_codegen.model.full_text import FullText
from forge_codegen.model.guards import NO_GUARDS, Guards
from forge_codegen.model.schema import Filter, Schema, Table, View
from forge_codegen.model.types import Type

FILTER_NOTES = {
    "equals": "equals",
    "not_equals": "does not equal",
    "in": "is any of",
    "not_in": "is none of",
    "is_null": "is NULL (true), or is not (false)",
    "range": "between the two ends, both included",
    "contains": "contains, whatever the case of ASCII letters",
    "starts_with": "starts with, byte for byte",
    "has": "has this item",
    "has_any": "has any of these items",
    "has_all": "has all of these items",
}


@dataclass(frozen=True)
class IdView:
    name: str
    struct: str
    type: str


@dataclass(frozen=True)
class FilterView:
    field: str
    type: str
    note: str
    trait: str
    columns: tuple[str, ...]
    lists: int = 0


@dataclass(frozen=True)
class RepositoryView:
    filters: tuple[FilterView, ...]
    sorts: tuple[str, ...]
    default_sort: str
    direction: str
    page_default: int
    page_max: int
    std_headers: tuple[str, ...]
    forge_headers: tuple[str, ...]


@dataclass(frozen=True)
class TableView:
    name: str
    struct: str
    doc: str
    columns: tuple[CppColumn, ...]
    key: tuple[str, ...]
    uniques: tuple[tuple[str, ...], ...]
    generated_key: bool
    uses_enums: bool
    std_headers: tuple[str, ...]
    forge_headers: tuple[str, ...]
    own_headers: tuple[str, ...]
    id_headers: tuple[str, ...]
    repository: RepositoryView
    embeds: tuple[EmbedField, ...] = ()
    fields: tuple[CppColumn | EmbedField, ...] = ()
    is_view: bool = False
    guards: Guards = NO_GUARDS
    living_unique: str = ""
    full_text: FullText | None = None

    @property
    def filled(self) -> tuple[CppColumn, ...]:
        return tuple(column for column in self.columns if column.fill)

    @property
    def database_defaults(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.database_default)

    @property
    def updated_now(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.on_update_now)

    @property
    def written(self) -> tuple[CppColumn, ...]:
        return tuple(column for column in self.columns if not column.generated)

    @property
    def written_fields(self) -> tuple[CppColumn | EmbedField, ...]:
        return tuple(field for field in self.fields if not field.generated)

    @property
    def patchable(self) -> tuple[CppColumn | EmbedField, ...]:
        """What a patch has: neither the key nor what only the repository writes."""
        return tuple(
            field for field in self.written_fields if not field.in_key and field.name not in self.guards.kept
        )

    @property
    def kept(self) -> tuple[str, ...]:
        return tuple(name for name in self.guards.kept if name not in self.key)


def ids_of(schema: Schema) -> tuple[IdView, ...]:
    """The typed ids that the schema defines, in the order of its tables."""
    found = []
    for table in schema.tables:
        for name in table.primary_key:
            column = table.column(name)
            if column.id_of == table.name and column.reference is None:
                found.append(IdView(f"{table.struct}Id", table.struct, _id_type(schema, column.type)))
    return tuple(found)


def _id_type(schema: Schema, kind: Type) -> str:
    return schema.enum(kind.enum).type_name if kind.kind == "enum" else value_type(kind)


def storage_headers(kinds: Iterable[Type]) -> set[str]:
    """The codecs that schema.hpp leaves to the tables that need them."""
    kinds = list(kinds)
    found = {kind.storage_info.header for kind in kinds} - {""}
    if any(kind.cpp for kind in kinds):
        found.add("forge_db/schema/cpp_codec.hpp")
    if any(kind.may_be_unreadable for kind in kinds):
        found.add("forge_db/schema/lenient.hpp")
    return found


def table_view(schema: Schema, table: Table | View) -> TableView:
    """Everything that the two headers of a table, or of a view of the database, print."""
    is_view = isinstance(table, View)
    types = ColumnTypes(schema, table)
    columns = tuple(types.column(index, column) for index, column in enumerate(table.columns))
    # Column types, how they are wrapped, and the defaults' expressions: what the header must be able to name.
    embeds = tuple(embed_field(schema, embed) for embed in table.embeds)
    used = " ".join([*(_names_of(field, is_view) for field in (*columns, *embeds)), "std::string_view"])
    limits = ["limits"] if "std::numeric_limits" in used else []
    std_headers = {
        *headers_for(used.replace("std::string_view", ""), STD_HEADERS),
        "cstddef",
        "string_view",
        *limits,
    }
    kinds = [column.type for column in table.columns]
    forge_headers = {*headers_for(used, FORGE_HEADERS), *storage_headers(kinds)}
    if any(embed.nullable for embed in table.embeds):
        forge_headers.add("forge_db/query/optional_embed.hpp")
    if any(column.generated for column in columns):
        forge_headers.add("forge_db/schema/generated_column.hpp")
    if table.guards.soft_delete is not None:
        forge_headers.add("forge_db/schema/soft_delete.hpp")
    full_text = table.full_text if isinstance(table, Table) else None
    if full_text is not None:
        forge_headers.add("forge_db/query/full_text.hpp")
    return TableView(
        name=table.name,
        struct=table.struct,
        doc=table.doc,
        columns=columns,
        key=table.primary_key,
        uniques=tuple(table.conflict_targets),
        generated_key=table.generated_key,
        uses_enums=any(column.type.kind == "enum" for column in table.columns),
        std_headers=tuple(sorted(std_headers)),
        forge_headers=tuple(sorted(forge_headers)),
        id_headers=id_headers(schema, table.columns),
        own_headers=tuple(sorted({kind.header for kind in kinds if kind.header})),
        repository=_repository_view(table, types),
        embeds=embeds,
        fields=tuple(fields_of(table, columns, embeds)),
        is_view=is_view,
        guards=table.guards,
        living_unique=_living_unique(table),
        full_text=full_text,
    )


def _living_unique(table: Table | View) -> str:
    """The rows among which unique columns are unique; empty for all."""
    soft_delete = table.guards.soft_delete
    if soft_delete is None or not isinstance(table, Table) or not list(table.living_uniques):
        return ""
    return soft_delete.living


def _names_of(field: CppColumn | EmbedField, is_view: bool) -> str:
    if is_view:
        return field.row_type
    fill = field.fill if isinstance(field, CppColumn) else ""
    return f"{field.row_type} {field.new_type} {field.patch_type} {fill}"


def _repository_view(table: Table | View, types: ColumnTypes) -> RepositoryView:
    written = table.repository
    filters = tuple(_filter_view(found, table, types) for found in written.filters)
    used = " ".join(found.type for found in filters)
    forge_headers = headers_for(used, {"forge_db::range": FORGE_HEADERS["forge_db::range"]})
    if any(found.kind == "match" for found in written.filters):
        forge_headers.append("forge_db/repository/filter_match.hpp")
    return RepositoryView(
        filters=filters,
        sorts=written.sorts,
        default_sort=written.default_sort,
        direction="descending" if written.descending else "ascending",
        page_default=written.page_default,
        page_max=written.page_max,
        std_headers=tuple(sorted({"cstddef", *headers_for(used, STD_HEADERS)})),
        forge_headers=tuple(sorted(forge_headers)),
    )


def _filter_view(found: Filter, table: Table | View, types: ColumnTypes) -> FilterView:
    if found.kind == "search":
        note = f"contained in {' or '.join(found.columns)}"
        trait = "filter_search_lists" if found.lists else "filter_search"
        return FilterView(found.field, "std::optional<std::string>", note, trait, found.columns, found.lists)
    if found.kind == "match":
        return FilterView(
            found.field, "std::optional<std::string>", "has these words", "filter_match", found.columns
        )
    value = types.value(table.column(found.columns[0]))
    shapes = {
        "in": f"std::optional<std::vector<{value}>>",
        "not_in": f"std::optional<std::vector<{value}>>",
        "is_null": "std::optional<bool>",
        "range": f"forge_db::range<{value}>",
        "contains": "std::optional<std::string>",
        "starts_with": "std::optional<std::string>",
        "has": "std::optional<std::string>",
        "has_any": "std::optional<std::vector<std::string>>",
        "has_all": "std::optional<std::vector<std::string>>",
    }
    of_field = shapes.get(found.kind, f"std::optional<{value}>")
    return FilterView(found.field, of_field, FILTER_NOTES[found.kind], f"filter_{found.kind}", found.columns)
