# SPDX-License-Identifier: MIT
"""Finds and reads the seed files of one schema."""

from __future__ import annotations

import re
from pathlib import Path

from forge_codegen import naming
from forge_codegen.model.schema import Schema
from forge_codegen.seeds import keys
from forge_codegen.seeds.links import check_links
from forge_codegen.seeds.model import SeedFile
from forge_codegen.seeds.rows import RowsReader
from forge_codegen.spec import nodes
from forge_codegen.spec.diagnostics import Location, Reporter


def folder_of(spec: Path, schema: str) -> Path:
    """Where the seed files of a spec's schema lie."""
    return spec.parent / "seeds" / schema


def paths_in(folder: Path) -> list[Path]:
    """All YAML files of the folder, in order."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))


def read_seeds(spec: Path, schema: Schema, report: Reporter) -> list[SeedFile]:
    """Every seed file of a schema, checked against it."""
    paths = paths_in(folder_of(spec, schema.name))
    if paths:
        _check_name_is_free(Location(str(paths[0]), 1, 1), schema, report)
    files = [file for path in paths if (file := _read(path, spec, schema, report)) is not None]
    check_links(files, report)
    return files


def _check_name_is_free(at: Location, schema: Schema, report: Reporter) -> None:
    taken = {table.name: "table" for table in (*schema.tables, *schema.views)}
    taken |= {enum.type_name: "enum" for enum in schema.enums}
    if "seeds" in taken:
        report.error(
            at,
            f"seed files generate 'seeds.hpp' and the namespace 'seeds', which are those of {taken['seeds']} "
            "'seeds'; rename it",
        )


def _read(path: Path, spec: Path, schema: Schema, report: Reporter) -> SeedFile | None:
    at = Location(str(path), 1, 1)
    problem = naming.cpp_problem(path.stem)
    if not re.fullmatch(naming.NAME, path.stem) or path.suffix != ".yaml":
        report.error(at, f"'{path.name}' is no name for a seed file; expected one such as demo_shop.yaml")
    elif problem:
        report.error(
            at, f"'{path.name}' names the function '{path.stem}', which is {problem}; rename the file"
        )
    root = nodes.load(path, str(path), report)
    record = keys.seed.read(root, "the seed file", report) if root is not None else None
    if record is None:
        return None
    if record["tables"] == []:
        report.error(record.place("tables"), "the seed file has no tables; remove it")
    reader = RowsReader(schema, report)
    tables = [reader.read(name, one) for name, one in record.get("tables", []) if one is not None]
    source = f"{spec.resolve().parent.name}/seeds/{schema.name}/{path.name}"
    doc = record.doc
    return SeedFile(path.stem, source, doc, tuple(table for table in tables if table is not None), at)
