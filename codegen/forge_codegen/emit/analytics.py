# SPDX-License-Identifier: MIT
"""`analytics`: a struct for each block's answer, and the function of the repository that gives it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from forge_codegen.emit.analytics_sql import Text, analytics_text
from forge_codegen.emit.cpp_types import FORGE_HEADERS, STD_HEADERS, ColumnTypes, headers_for, string_literal
from forge_codegen.emit.feature import Feature
from forge_codegen.model.analytics import Analytics, Measure
from forge_codegen.model.schema import Column, Schema, Table, View

STORAGE = "forge_db::storage::"


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    storage: str
    note: str


@dataclass(frozen=True)
class BlockView:
    """A block as the templates print it. `time` is the tag of the bucket's column."""

    block: Analytics
    fields: tuple[Field, ...]
    sqlite: Text
    postgres: Text
    time: str

    @property
    def declarations(self) -> list[tuple[str, str]]:
        return [(f"{field.type} {field.name}{{}};", field.note) for field in self.fields]

    @property
    def names(self) -> str:
        """The fields' names as literals, in lines."""
        literals = ", ".join(string_literal(field.name) for field in self.fields)
        return "\n      ".join(textwrap.wrap(literals, 100))


def analytics(schema: Schema, table: Table | View) -> Feature | None:
    """None where the spec has no blocks for the table."""
    blocks = table.repository.analytics
    if not blocks:
        return None
    views = [_block(schema, table, block) for block in blocks]
    used = " ".join(field.type for view in views for field in view.fields)
    std_headers = {*headers_for(used, STD_HEADERS), "array", "string_view", "vector"}
    return Feature(
        headers=("forge_db/repository/analytics.hpp", *headers_for(used, FORGE_HEADERS)),
        std_headers=tuple(sorted(std_headers)),
        types="analytics_types.hpp.j2",
        partial="analytics.hpp.j2",
        values={"blocks": views},
    )


def _block(schema: Schema, table: Table | View, block: Analytics) -> BlockView:
    types = ColumnTypes(schema, table)
    fields: list[Field] = []
    if block.bucket is not None:
        fields.append(_bucket(types, table.column(block.bucket.column), block))
    for name in block.group_by:
        column = types.column(0, table.column(name))
        if table.column(name).type.is_string_list:
            fields.append(Field(name, "std::string", f"{STORAGE}text", f"one of {name}"))
            continue
        value = types.value(table.column(name), qualified=True)
        optional = column.nullable or column.lenient
        fields.append(Field(name, _optional(value, optional), STORAGE + column.storage, ""))
    fields += [_measure(table, types, block, measure) for measure in block.measures]
    time = block.bucket.column if block.bucket is not None else ""
    return BlockView(
        block,
        tuple(fields),
        analytics_text(table, block, "sqlite"),
        analytics_text(table, block, "postgres"),
        f"{schema.namespace}::{table.name}::{time}_t" if time else "",
    )


def _optional(value: str, optional: bool) -> str:
    return f"std::optional<{value}>" if optional else value


def _bucket(types: ColumnTypes, column: Column, block: Analytics) -> Field:
    assert block.bucket is not None
    shown = types.column(0, column)
    optional = (column.nullable or shown.lenient) and not block.last
    note = f"where the {block.bucket.unit} of {column.name} begins, in UTC"
    return Field(block.bucket.unit, _optional(shown.value_type, optional), STORAGE + shown.storage, note)


def _measure(table: Table | View, types: ColumnTypes, block: Analytics, measure: Measure) -> Field:
    column = table.column(measure.column) if measure.column else None
    # None where there is no value: only a column without NULL has one in every group of rows.
    always = block.is_grouped and not block.fill and not measure.where
    optional = not (always and column is not None and not column.nullable and not column.type.lenient)
    note = f"{measure.kind if not measure.is_percentile else f'p{measure.percent}'}({measure.column or '*'})"
    note += " of the rows that its condition lets count" if measure.where else ""
    match measure.kind:
        case "count" | "count_distinct":
            return Field(measure.name, "std::int64_t", f"{STORAGE}integer", note)
        case "avg" | "stddev":
            return Field(measure.name, _optional("double", optional), f"{STORAGE}real", note)
        case "share":
            whole = always and column is None
            optional = not whole and not block.fill
            return Field(measure.name, _optional("double", optional), f"{STORAGE}real", note)
        case "sum":
            return Field(measure.name, *_sum(column), note)
    assert column is not None
    shown = types.column(0, column)
    value = types.value(column, qualified=True)
    return Field(measure.name, _optional(value, optional), STORAGE + shown.storage, note)


def _sum(column: Column | None) -> tuple[str, str]:
    assert column is not None
    kind = column.type
    if kind.kind == "decimal":
        return f"forge_db::decimal<18, {kind.scale}>", f"{STORAGE}{kind.storage_info.tag}"
    if kind.kind == "float64":
        return "double", f"{STORAGE}real"
    return "std::int64_t", f"{STORAGE}integer"
