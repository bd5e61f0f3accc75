# SPDX-License-Identifier: MIT
"""Finds and reads the migration files of one schema: NNNN_title.yaml, numbered without a gap from 0 or 1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from forge_codegen.migrations import keys
from forge_codegen.migrations.hashing import file_hash
from forge_codegen.spec import nodes
from forge_codegen.spec.diagnostics import Location, Reporter
from forge_codegen.spec.shapes import Record

FILE_NAME = re.compile(r"([0-9]{4})_([a-z0-9][a-z0-9_]{0,99})\.yaml")


@dataclass(frozen=True)
class MigrationFile:
    """One file as read; `record` is None when it could not be."""

    path: Path
    shown_as: str
    version: int
    title: str
    record: Record | None
    hash: str


def folder_of(spec: Path, schema: str) -> Path:
    """Where the migrations of a spec's schema lie."""
    return spec.parent / "migrations" / schema


def paths_in(folder: Path) -> list[Path]:
    """All YAML files of the folder, in order."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))


def read_files(folder: Path, report: Reporter) -> list[MigrationFile]:
    """Every migration file of a folder, in the order of its numbers."""
    found: list[MigrationFile] = []
    for path in paths_in(folder):
        match = FILE_NAME.fullmatch(path.name)
        if match is None:
            report.error(
                Location(str(path), 1, 1),
                f"'{path.name}' is no name for a migration; expected NNNN_title.yaml, "
                "such as 0002_add_tags.yaml",
            )
            continue
        file = read_file(path, int(match[1]), match[2], report)
        _check_number(found, file, report)
        found.append(file)
    return found


def read_file(path: Path, version: int, title: str, report: Reporter) -> MigrationFile:
    """One file, whatever its name."""
    root = nodes.load(path, str(path), report)
    return _parsed(root, path, version, title, report)


def read_text(text: str, path: Path, version: int, title: str, report: Reporter) -> MigrationFile:
    """A file that is not written yet."""
    return _parsed(nodes.load_text(text, str(path), report), path, version, title, report)


def _parsed(
    root: nodes.Mapping | None, path: Path, version: int, title: str, report: Reporter
) -> MigrationFile:
    record = keys.migration.read(root, "the migration file", report) if root is not None else None
    return MigrationFile(path, str(path), version, title, record, file_hash(root) if root is not None else "")


def _check_number(before: list[MigrationFile], file: MigrationFile, report: Reporter) -> None:
    at = Location(file.shown_as, 1, 1)
    if not before:
        if file.version > 1:
            report.error(at, f"the first migration has number {file.version:04}; expected 0000 or 0001")
        return
    last = before[-1]
    if file.version == last.version:
        report.error(
            at,
            f"number {file.version:04} is taken by '{last.path.name}'; give this file the next free number",
        )
    elif file.version != last.version + 1:
        report.error(
            at,
            f"number {file.version:04} follows {last.version:04}; expected {last.version + 1:04}, "
            "numbers have no gaps",
        )
