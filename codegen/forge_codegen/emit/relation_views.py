# SPDX-License-Identifier: MIT
"""Relations as templates print them, and what they add to a repository."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from forge_codegen.emit.cpp_types import string_literal
from forge_codegen.emit.feature import Feature
from forge_codegen.model.relation import Relation
from forge_codegen.model.schema import Schema, Table, View


@dataclass(frozen=True)
class RelationView:
    """Columns are C++ types; `link` is the link table's row, empty without one."""

    name: str
    doc: str
    row: str
    related: str
    from_columns: list[str]
    to_columns: list[str]
    to_many: bool
    link: str = ""
    link_from: list[str] = field(default_factory=list)
    link_to: list[str] = field(default_factory=list)
    sqlite_condition: str = ""
    postgres_condition: str = ""
    order: list[str] = field(default_factory=list)
    limit: int = 0


def relation_headers(schema: Schema, table: Table) -> list[str]:
    """The headers of the table and of all that it is related to."""
    found = {f"{schema.name}/{table.name}.hpp"}
    for one in table.relations:
        found.add(f"{one.schema or schema.name}/{one.table}.hpp")
        if one.through:
            found.add(f"{schema.name}/{one.through}.hpp")
    return sorted(found)


def relation_views(schema: Schema, table: Table) -> list[RelationView]:
    return [_view(schema, table, one) for one in table.relations]


def relations_feature(schema: Schema, table: Table | View) -> Feature | None:
    """with() and link() of a repository; what they do comes with the header of the relations."""
    if isinstance(table, View) or not table.relations:
        return None
    return Feature(
        headers=("forge_db/repository/relation_functions.hpp",),
        bases=(f"forge_db::relation_functions<{table.struct}Repository<Session>>",),
    )


def _view(schema: Schema, table: Table, one: Relation) -> RelationView:
    owner = schema.used(one.schema) if one.schema else schema
    related = owner.table(one.table)
    first = schema.table(one.through) if one.through else related
    first_schema = schema if one.through else owner
    names = [name for name, _ in one.order]
    made = RelationView(
        name=one.name,
        doc=one.doc or _doc(table, one),
        row=_row(schema, table),
        related=_row(owner, related),
        from_columns=_tags(schema, table, one.columns),
        to_columns=_tags(first_schema, first, one.ref_columns),
        to_many=one.to_many,
        sqlite_condition=string_literal(one.where.sqlite) if one.where else "",
        postgres_condition=string_literal(one.where.postgres) if one.where else "",
        order=[
            _order_term(tag, one) for tag, one in zip(_tags(owner, related, names), one.order, strict=True)
        ],
        limit=one.limit,
    )
    if not one.through:
        return made
    return replace(
        made,
        link=_row(schema, first),
        link_from=_tags(schema, first, one.link_columns),
        link_to=_tags(owner, related, one.target_columns),
    )


def _row(schema: Schema, table: Table) -> str:
    return f"::{schema.namespace}::{table.struct}"


def _tags(schema: Schema, table: Table, columns: Iterable[str]) -> list[str]:
    return [f"::{schema.namespace}::{table.name}::{column}_t" for column in columns]


def _order_term(tag: str, order: tuple[str, bool]) -> str:
    return f"forge_db::order_term<{tag}, forge_db::direction::{'descending' if order[1] else 'ascending'}>"


def _doc(table: Table, one: Relation) -> str:
    keys = one.columns if one.kind == "belongs_to" else one.ref_columns
    by, refers = " and ".join(keys), "refers" if len(keys) == 1 else "refer"
    if one.kind == "belongs_to":
        return f"The row of {one.table} that {by} {refers} to."
    if one.kind == "many_to_many":
        return f"The rows of {one.table} that rows of {one.through} link to this one of {table.name}."
    many = "The rows" if one.to_many else "The one row"
    return f"{many} of {one.table} whose {by} {refers} to this row of {table.name}."
