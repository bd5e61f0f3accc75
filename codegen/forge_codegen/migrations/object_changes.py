# SPDX-License-Identifier: MIT
"""Which views and triggers the next migration drops before its other operations, and makes after them."""

from __future__ import annotations

from collections.abc import Iterator

from forge_codegen.migrations import yaml_text
from forge_codegen.migrations.compare import same_object
from forge_codegen.migrations.objects import Object, users_of
from forge_codegen.model import ddl
from forge_codegen.model.full_text import FullText
from forge_codegen.model.schema import Schema


def drops(schema: Schema, present: ddl.State) -> list[str]:
    """Operations that drop what is gone, is another one now, or uses what changes."""
    wanted = schema.to_ddl()
    names = {each.name for each in _outdated(wanted, present)}
    for table, column in _changed(schema, present):
        names |= {each.name for each in users_of(present, table, column)}
    for view in present.views:  # each behind those that it reads from
        if view.name in names:
            names |= {each.name for each in users_of(present, view.name)}
    outdated = [one for one in present.full_texts if _is_outdated(one, wanted, names)]
    lines = [yaml_text.drop_full_text(one.table) for one in outdated]
    alone = [one.name for one in present.triggers if present.full_text_behind(one.name) is None]
    lines += [yaml_text.drop_trigger(name) for name in alone if name in names]
    return lines + [yaml_text.drop_view(one.name) for one in reversed(present.views) if one.name in names]


def creations(wanted: ddl.State, present: ddl.State) -> list[str]:
    """Operations that make the views and triggers that are missing."""
    lines = [yaml_text.create_view(view) for view in wanted.views if present.view(view.name) is None]
    lines += [
        yaml_text.create_full_text(one) for one in wanted.full_texts if present.full_text(one.table) is None
    ]
    lines += [
        yaml_text.create_trigger(trigger)
        for trigger in wanted.triggers
        if present.trigger(trigger.name) is None and wanted.full_text_behind(trigger.name) is None
    ]
    return [line for each in lines for line in each]


def _is_outdated(of: FullText, wanted: ddl.State, gone: set[str]) -> bool:
    """Whether it is another one in the spec, or its triggers speak of what changes."""
    return wanted.full_text(of.table) != of or any(trigger.name in gone for trigger in of.triggers)


def _outdated(wanted: ddl.State, present: ddl.State) -> Iterator[Object]:
    for view in present.views:
        now = wanted.view(view.name)
        if now is None or not same_object(now, view):
            yield view
    for trigger in present.triggers:
        after = wanted.trigger(trigger.name)
        if after is None or not same_object(after, trigger):
            yield trigger


def _changed(schema: Schema, present: ddl.State) -> Iterator[tuple[str, str]]:
    """Tables (with an empty column) and columns, by their present names, that do not stay as they are."""
    for table in schema.tables:
        renamed = present.table(table.name) is None and present.table(table.was) is not None
        known = present.table(table.was if renamed else table.name)
        if known is None:
            continue
        if renamed:
            yield known.name, ""
        kept = {column.name: _kind(column.to_ddl()) for column in table.columns}
        for column in known.columns:
            if kept.get(column.name) != _kind(column):
                yield known.name, column.name


def _kind(column: ddl.Column) -> tuple[object, ...]:
    """What PostgreSQL does not change under a view."""
    return column.type, column.collation, column.generated
