# SPDX-License-Identifier: MIT
"""What to do about differences that `forge diff` does not write: the operation to write by hand, or the word
that the spec lacks.
"""

from __future__ import annotations

from dataclasses import replace

from forge_codegen.migrations import yaml_text
from forge_codegen.migrations.table_changes import fills_itself
from forge_codegen.model import ddl

# What a column's type is, of the keys of alter_column.
_OF_TYPE = ("type", "length", "precision", "scale", "dimensions", "storage")


def gone_table(name: str, new: list[str]) -> str:
    """A table that the spec lacks, beside tables that no migration creates.

    >>> gone_table("items", ["goods"])
    "if 'goods' is its new name, say `was: items` there; otherwise write `drop_table: {table: items}` by hand"
    """
    return _renamed(name, new) + _write("drop_table", [("table", name)])


def gone_column(table: str, name: str, new: list[str]) -> str:
    """A column that the spec lacks, beside columns that no migration adds.

    >>> gone_column("items", "size", [])
    'write `drop_column: {table: items, column: size}` by hand'
    """
    return _renamed(name, new) + _write("drop_column", [("table", table), ("column", name)])


def new_column(of: ddl.Column, gone: list[str]) -> str:
    """A column that no migration adds, beside columns that the spec lacks; empty when it can be added."""
    if fills_itself(of):
        return ""
    was = gone[0] if len(gone) == 1 else "<its name so far>"
    renamed = f"if it is a renamed one, say `was: {was}`; otherwise " if gone else ""
    return (
        f"{renamed}existing rows would have no value: add a 'default', or write by hand an `add_column` with "
        f"`nullable: true`, a `data` step that fills it, and an `alter_column` with `nullable: false`"
    )


def changed_column(table: ddl.Table, now: ddl.Column, before: ddl.Column) -> str:
    """A column of another type, nullability or default."""
    # Without its foreign keys, as a column that says `references` says no type.
    keys = dict(yaml_text.column(replace(table, foreign_keys=()), now, with_key=False))
    changed: list[tuple[str, str]] = []
    if now.type != before.type:
        changed += [(key, keys[key]) for key in _OF_TYPE if key in keys]
    if now.nullable != before.nullable:
        changed.append(("nullable", "true" if now.nullable else "false"))
    if now.default != before.default:
        changed.append(("default", keys.get("default", "null")))
    return alter(table.name, "alter_column", [("column", now.name), *changed]) if changed else ""


def alter(table: str, change: str, pairs: list[tuple[str, str]]) -> str:
    """One change of a table."""
    changes = f"[{yaml_text.flow([(change, yaml_text.flow(pairs))])}]"
    return _write("alter_table", [("table", table), ("changes", changes)])


def gone_index(name: str) -> str:
    """An index that the spec lacks.

    >>> gone_index("ix_items_size")
    'write `drop_index: {name: ix_items_size}` by hand'
    """
    return _write("drop_index", [("name", name)])


def _renamed(old: str, new: list[str]) -> str:
    if not new:
        return ""
    who = f"if '{new[0]}' is its new name, say `was: {old}` there"
    return f"{who if len(new) == 1 else f'if it is renamed, say `was: {old}` under its new name'}; otherwise "


def _write(operation: str, pairs: list[tuple[str, str]]) -> str:
    return f"write `{operation}: {yaml_text.flow(pairs)}` by hand"
