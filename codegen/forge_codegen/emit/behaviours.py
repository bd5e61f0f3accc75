# SPDX-License-Identifier: MIT
"""What the behaviours of a table add to its repository: a layer around it, and the columns it works on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from forge_codegen.emit.cpp_types import string_literal
from forge_codegen.emit.feature import Feature
from forge_codegen.emit.filters import quoted
from forge_codegen.model.behaviours import NO_BEHAVIOURS, Behaviours
from forge_codegen.model.schema import Schema, Table, View


def _behaviours(table: Table | View) -> Behaviours:
    return table.behaviours if isinstance(table, Table) else NO_BEHAVIOURS


def _tag(schema: Schema, table: Table | View, column: str) -> str:
    return f"{schema.namespace}::{table.name}::{column}_t" if column else "void"


def _list(schema: Schema, table: Table | View, columns: Iterable[str]) -> str:
    return f"forge_db::column_list<{', '.join(_tag(schema, table, column) for column in columns)}>"


def _layer(header: str, layer: str, *traits: str) -> Feature:
    headers = (f"forge_db/{header}.hpp",)
    return Feature(headers=headers, traits=traits, layers=(f"forge_db::{layer}",))


def _using(name: str, template: str, arguments: Iterable[str]) -> str:
    """A trait; one argument a line where they are long."""
    arguments = list(arguments)
    line = f"using {name} = forge_db::{template}<{', '.join(arguments)}>;"
    if len(line) <= 118:
        return line
    return f"using {name} = forge_db::{template}<\n      " + ",\n      ".join(arguments) + ">;"


def get_or_create(schema: Schema, table: Table | View) -> Feature | None:
    columns = _behaviours(table).get_or_create
    if not columns:
        return None
    trait = f"using get_or_create = {_list(schema, table, columns)};"
    return _layer("repository/get_or_create", "get_or_create_functions", trait)


def settings(schema: Schema, table: Table | View) -> Feature | None:
    found = _behaviours(table).settings
    if found is None:
        return None
    of = [_list(schema, table, found.scope), _tag(schema, table, found.key), _tag(schema, table, found.value)]
    return _layer("repository/settings", "settings_functions", _using("settings", "settings_columns", of))


def quota(schema: Schema, table: Table | View) -> Feature | None:
    found = _behaviours(table).quota
    if found is None:
        return None
    of = [
        _list(schema, table, found.key),
        _tag(schema, table, found.period),
        _tag(schema, table, found.count),
        f"forge_db::quota_period::{found.every}",
        "forge_db::no_quota_limit" if found.limit < 0 else str(found.limit),
    ]
    return _layer("repository/quota", "quota_functions", _using("quota", "quota_columns", of))


def tree(schema: Schema, table: Table | View) -> Feature | None:
    found = _behaviours(table).tree
    if found is None:
        return None
    of = [_tag(schema, table, column) for column in (found.parent, found.name, found.depth)]
    return _layer(
        "repository/tree", "tree_functions", _using("tree", "tree_columns", [*of, str(found.max_depth)])
    )


def _layer_over(schema: Schema, table: str, layer: Feature) -> Feature:
    """With the header of the other table that the layer writes."""
    return replace(layer, headers=(*layer.headers, f"{schema.name}/{table}.hpp"))


def versions(schema: Schema, table: Table | View) -> Feature | None:
    found = _behaviours(table).versions
    if found is None:
        return None
    other = schema.table(found.table)
    of = [
        f"{schema.namespace}::{other.struct}",
        _tag(schema, other, found.of),
        _tag(schema, other, found.number),
        _tag(schema, table, found.number),
        _list(schema, table, found.columns),
        _list(schema, other, found.columns),
        _tag(schema, other, found.note),
    ]
    trait = _using("versions", "version_columns", of)
    return _layer_over(schema, other.name, _layer("repository/versions", "version_functions", trait))


def audit(schema: Schema, table: Table | View) -> Feature | None:
    found = _behaviours(table).audit
    if found is None:
        return None
    log = schema.table(found.table)
    columns = (found.actor, found.action, found.entity, found.entity_id, found.changes, found.note)
    of = [f"{schema.namespace}::{log.struct}", *(_tag(schema, log, column) for column in columns)]
    trait = _using("audit", "audit_columns", of)
    return _layer_over(schema, log.name, _layer("audit/audit", "audit_functions", trait))


def tags(schema: Schema, table: Table | View) -> Feature | None:
    columns = _behaviours(table).tags
    if not columns:
        return None
    return _layer("repository/tags", "tag_functions", f"using tags = {_list(schema, table, columns)};")


def cascade(schema: Schema, table: Table | View) -> Feature | None:
    found = _behaviours(table).cascade
    if found is None:
        return None
    detail = "forge_db::detail"
    tables = [f"{{{string_literal(name)}, {string_literal(quoted(name))}}}" for name in found.tables]
    links = []
    for link in found.links:
        matches = " and ".join(
            f"forge_child.{quoted(own)} = forge_parent.{quoted(other)}" for own, other in link.columns
        )
        action = f"{detail}::on_removal::{link.action}"
        links.append(f"{{{link.child}, {link.parent}, {action}, {string_literal(matches)}}}")
    lines = (
        "struct cascade {",
        *_array(f"{detail}::cascade_table", "tables", tables),
        *_array(f"{detail}::cascade_link", "links", links),
        "};",
    )
    return replace(_layer("repository/cascade", "cascade_functions", *lines), std_headers=("array",))


def _array(item: str, name: str, items: list[str]) -> list[str]:
    """Doubled braces, which std::array takes for any number of items."""
    head = f"  static constexpr std::array<{item}, {len(items)}> {name}"
    if not items:
        return [f"{head}{{}};"]
    return [f"{head}{{{{", *(f"      {one}," for one in items[:-1]), f"      {items[-1]},", "  }};"]


# The innermost layer first: what writes rows by the repository's functions stands around what watches them.
LAYERS = (audit, versions, tree, tags, cascade, get_or_create, settings, quota)
