# SPDX-License-Identifier: MIT
"""Writes the next migration for what loses nothing: new tables, columns and indexes, renames declared by
`was:`, changed indexes, collations, generated values and table options, and all of views and triggers.

What it cannot write is named, not guessed: those operations are written by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from forge_codegen.migrations import yaml_text
from forge_codegen.migrations.additions import additions
from forge_codegen.migrations.compare import Difference, differences
from forge_codegen.migrations.files import MigrationFile, read_text
from forge_codegen.migrations.hashing import state_hash
from forge_codegen.migrations.object_changes import creations, drops
from forge_codegen.migrations.replay import replay
from forge_codegen.model import ddl
from forge_codegen.model.schema import Column, Schema
from forge_codegen.spec.diagnostics import Location, Reporter, nearest
from forge_codegen.spec.shapes import NOT_YET

BY_HAND = "write the operation by hand"


@dataclass(frozen=True)
class NextMigration:
    path: Path
    text: str


@dataclass(frozen=True)
class _Plan:
    """Operations from `before` to `after`, of which `dropped` come first; `left` is not written."""

    before: ddl.State
    dropped: list[str]
    lines: list[str]
    after: ddl.State
    left: list[Difference]


def next_migration(
    schema: Schema, files: list[MigrationFile], folder: Path, title: str, report: Reporter
) -> NextMigration | None:
    """The next file, or None when there is nothing to do (or an error was reported)."""
    plan = _plan(schema, files, folder, report)
    if plan is None:
        return None
    version = files[-1].version + 1 if files else 1
    for left in plan.left:
        report.error(
            _place(schema, left.table, left.column),
            f"{left.message}; writing this {NOT_YET}: {left.cure or BY_HAND}, "
            f"into {folder}/{version:04}_TITLE.yaml; then `forge diff` writes the rest",
        )
    if report.failed:
        return None
    lines, dropped = plan.lines, len(plan.dropped)
    name = title or ("initial" if not files else _title(lines[dropped:] or lines))
    head = [
        *([f"# {schema.licence}"] if schema.licence else []),
        f"before: {state_hash(plan.before)}",
        f"after: {state_hash(plan.after)}",
        "operations:",
    ]
    return NextMigration(folder / f"{version:04}_{name}.yaml", "\n".join([*head, *lines]) + "\n")


def not_written(schema: Schema, files: list[MigrationFile], folder: Path) -> dict[Difference, str]:
    """The differences that `forge diff` does not write, each with what to do instead."""
    plan = _plan(schema, files, folder, Reporter())
    return {left: left.cure or BY_HAND for left in plan.left} if plan is not None else {}


def _plan(schema: Schema, files: list[MigrationFile], folder: Path, report: Reporter) -> _Plan | None:
    state = replay(files, report).state
    wanted = schema.to_ddl()
    if report.failed or not differences(wanted, state):
        return None
    dropped = drops(schema, state)
    lines = [*dropped, *_renames(schema, state, report)]
    path = folder / "0000_next.yaml"
    before_rest = _replayed(files, lines, path, report)
    if report.failed:
        return None
    lines += [*additions(wanted, before_rest), *creations(wanted, before_rest)]
    after = _replayed(files, lines, path, report)
    # What the rest would add may be what is gone, under a new name: its cure is that of before.
    cures = {one: one.cure for one in differences(wanted, before_rest)}
    left = [replace(one, cure=cures.get(one, one.cure)) for one in differences(wanted, after)]
    return _Plan(state, dropped, lines, after, left)


def _replayed(files: list[MigrationFile], lines: list[str], path: Path, report: Reporter) -> ddl.State:
    if not lines:
        return replay(files, Reporter(), verify_hashes=False).state
    text = "\n".join(["operations:", *lines]) + "\n"
    version = files[-1].version + 1 if files else 1
    return replay([*files, read_text(text, path, version, "next", report)], report, verify_hashes=False).state


def _renames(schema: Schema, state: ddl.State, report: Reporter) -> list[str]:
    """The declared renames that are still to be made; an old name that there never was is an error."""
    lines: list[str] = []

    def never_was(at: Location, what: str, was: str, names: list[str]) -> None:
        report.error(
            at,
            f"{what} was '{was}', but no migration made that{nearest(was, names)}; correct 'was', or leave "
            "it out to make a new one",
        )

    for table in schema.tables:
        known = state.table(table.name)
        if known is None and table.was:
            known = state.table(table.was)
            if known is None:
                never_was(table.at, f"table '{table.name}'", table.was, [one.name for one in state.tables])
                continue
            lines += yaml_text.rename_table(table.was, table.name)
        for column in table.columns:
            if not column.was or (known is not None and known.column(column.name) is not None):
                continue
            if known is not None and known.column(column.was) is not None:
                lines += yaml_text.rename_column(table.name, column.was, column.name)
            elif not _is_somewhere(state, column):
                names = [one.name for one in known.columns] if known is not None else []
                never_was(column.at, f"column '{table.name}.{column.name}'", column.was, names)
    return lines


def _is_somewhere(state: ddl.State, column: Column) -> bool:
    """Whether some table has the column under either name: those of mixins and structs are in many tables, of
    which new ones never had the old name.
    """
    return any(table.column(name) is not None for table in state.tables for name in (column.was, column.name))


def _title(lines: list[str]) -> str:
    """A file title from the first operation.

    >>> _title(["  - add_column: {table: books, column: subtitle, type: text}"])
    'add_column_books'
    >>> _title(["  - rename_table: {from: items, to: goods}"])
    'rename_table_goods'
    """
    kind = lines[0].split("- ", 1)[1].split(":", 1)[0]
    for line in lines:
        found = re.search(
            r"(?:\btable|\bto|\bname): ([a-z0-9_]+)", line.split(":", 1)[1] if line is lines[0] else line
        )
        if found:
            return f"{kind}_{found[1]}"
    return kind


def _place(schema: Schema, table: str, column: str) -> Location:
    for one in (*schema.tables, *schema.views):
        if one.name == table:
            return one.column(column).at if column else one.at
    return Location(schema.tables[0].at.file, 1, 1)  # the path as it was given, unlike `source`
