# SPDX-License-Identifier: MIT
"""What the behaviours of a table add to its repository: a layer around it, and the columns it works on."""

from __future__ import annotations

from collections.abc import Iterable

from forge_codegen.emit.feature import Feature
from forge_codegen.model.behaviours import Behaviours
from forge_codegen.model.schema import Schema, Table, View


def _behaviours(table: Table | View) -> Behaviours:
    return table.behaviours if isinstance(table, Table) else Behaviours()


def _tag(schema: Schema, table: Table | View, column: str) -> str:
    return f"{schema.namespace}::{table.name}::{column}_t" if column else "void"


def _list(schema: Schema, table: Table | View, columns: Iterable[str]) -> str:
    return f"forge_db::column_list<{', '.join(_tag(schema, table, column) for column in columns)}>"


def _layer(header: str, layer: str, *traits: str) -> Feature:
    headers = (f"forge_db/repository/{header}.hpp",)
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
    return _layer("get_or_create", "get_or_create_functions", trait)


def settings(schema: Schema, table: Table | View) -> Feature | None:
    found = _behaviours(table).settings
    if found is None:
        return None
    of = [_list(schema, table, found.scope), _tag(schema, table, found.key), _tag(schema, table, found.value)]
    return _layer("settings", "settings_functions", _using("settings", "settings_columns", of))


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
    return _layer("quota", "quota_functions", _using("quota", "quota_columns", of))


def tree(schema: Schema, table: Table | View) -> Feature | None:
    found = _behaviours(table).tree
    if found is None:
        return None
    of = [_tag(schema, table, column) for column in (found.parent, found.name, found.depth)]
    return _layer("tree", "tree_functions", _using("tree", "tree_columns", [*of, str(found.max_depth)]))


# The innermost layer first: what writes rows by itself stands outside of what watches writing.
LAYERS = (get_or_create, settings, quota, tree)
