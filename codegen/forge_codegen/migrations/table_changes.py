# SPDX-License-Identifier: MIT
"""The changes of a table that lose no value, as entries of alter_table."""

from __future__ import annotations

from forge_codegen.migrations import yaml_text
from forge_codegen.model import ddl

OPTIONS = ("strict", "without_rowid")


def fills_itself(column: ddl.Column) -> bool:
    """Whether rows that are there get a value of a new column."""
    return column.nullable or column.sqlite_default is not None or column.generated is not None


def narrowed_uniques(wanted: ddl.Table, present: ddl.Table, indexes: list[ddl.Index]) -> list[str]:
    """The unique constraints that become unique indexes over some of the rows, such as the living ones."""
    kept = {unique.columns for unique in wanted.uniques}
    partial = {index.key_columns for index in indexes if index.unique and index.where}
    return [
        f"drop_unique: {{columns: [{', '.join(unique.columns)}]}}"
        for unique in present.uniques
        if unique.columns not in kept and unique.columns in partial
    ]


def table_changes(wanted: ddl.Table, present: ddl.Table) -> list[str]:
    """What computes a column's value or compares it, and the options of the table."""
    changes = []
    for column in wanted.columns:
        old = present.column(column.name)
        if old is None:
            continue
        pairs = [] if column.collation == old.collation else [("collate", "null")]
        pairs += [] if column.generated == old.generated else [("generated", "null")]
        new = dict(yaml_text.computed(column))
        if pairs:
            values = [(key, new.get(key, null)) for key, null in pairs]
            changes.append(f"alter_column: {yaml_text.flow([('column', column.name), *values])}")
    options = [key for key in OPTIONS if getattr(wanted, key) != getattr(present, key)]
    if options:
        values = [(key, "true" if getattr(wanted, key) else "false") for key in options]
        changes.append(f"set_options: {yaml_text.flow(values)}")
    return changes
