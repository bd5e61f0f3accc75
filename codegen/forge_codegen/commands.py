# SPDX-License-Identifier: MIT
"""What each command does. A command prints what it did and returns the exit status; SpecError goes to the
caller.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from forge_codegen.emit import write
from forge_codegen.emit.render import outputs_of
from forge_codegen.migrations import keys as migration_keys
from forge_codegen.migrations.diff import next_migration
from forge_codegen.migrations.files import folder_of, read_files
from forge_codegen.migrations.replay import replay
from forge_codegen.migrations.seal import sealed
from forge_codegen.project import load_project, load_projects
from forge_codegen.spec import keys
from forge_codegen.spec.diagnostics import Reporter
from forge_codegen.spec.json_schema import json_schema
from forge_codegen.spec.load import load_schema

PACKAGE = Path(__file__).resolve().parent


def generate(specs: list[Path], out: Path) -> int:
    """Renders everything, then writes what differs."""
    files: dict[str, str] = {}
    for project in load_projects(specs):
        files.update(project.render())
    plan = write.plan(out, files)
    write.apply(plan)
    for name in plan.changed:
        print(f"wrote {out / name}")
    for name in plan.stale:
        print(f"removed {out / name}")
    if plan.empty:
        print(f"{len(files)} files in {out} are up to date")
    return 0


def check(specs: list[Path], out: Path) -> int:
    """Specs valid, migrations lead to them, generated files up to date. Writes nothing."""
    files: dict[str, str] = {}
    for project in load_projects(specs):
        files.update(project.render())
    plan = write.plan(out, files)
    for name in plan.changed:
        state = "is missing" if name in plan.missing else "is not what the spec generates"
        print(f"{out / name}: error: {state}; run `forge generate`", file=sys.stderr)
    for name in plan.stale:
        print(
            f"{out / name}: error: no spec generates this file any more; run `forge generate`",
            file=sys.stderr,
        )
    if plan.empty:
        print(
            f"{len(specs)} specs are valid, their migrations lead to them, "
            f"{len(files)} generated files are up to date"
        )
    return 0 if plan.empty else 1


def list_outputs(specs: list[Path], out: Path, inputs: bool) -> int:
    """One path a line: what `generate` writes, or everything that it reads (for build systems)."""
    for project in load_projects(specs, complete=False):
        for path in project.inputs if inputs else [out / name for name in outputs_of(project.schema)]:
            print(path)
    if inputs:
        for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.j2")]):
            print(path)
    return 0


def schema(of: str) -> int:
    """Prints the JSON Schema that editors use to complete and check specs."""
    shape, title = {
        "spec": (keys.schema, "A ForgeDB spec"),
        "migration": (migration_keys.migration, "A ForgeDB migration file"),
    }[of]
    print(json.dumps(json_schema(shape, title), indent=2))
    return 0


def diff(spec: Path, title: str, dry_run: bool) -> int:
    """Writes the next migration file, or prints it."""
    project = load_project(spec, complete=False)
    report = Reporter()
    made = next_migration(project.schema, list(project.files), project.folder, title, report)
    report.stop_on_errors()
    if made is None:
        print(f"{spec}: the migrations lead to the spec, nothing to write")
    elif dry_run:
        print(f"# {made.path}\n{made.text}", end="")
    else:
        made.path.parent.mkdir(parents=True, exist_ok=True)
        made.path.write_text(made.text, encoding="utf-8")
        print(f"wrote {made.path}; read it before you apply it")
    return 0


def seal(specs: list[Path]) -> int:
    """Writes the hashes before and after each migration into its file."""
    for spec in specs:
        for path, text in _sealed_texts(spec).items():
            if path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                print(f"sealed {path}")
    return 0


def _sealed_texts(spec: Path) -> dict[Path, str]:
    """The sealed texts of all migration files of a spec, whatever hashes they carry now."""
    schema_name = load_schema(spec).name
    report = Reporter()
    files = read_files(folder_of(spec, schema_name), report)
    history = replay(files, report, verify_hashes=False)
    report.stop_on_errors()
    return {
        file.path: sealed(file.path.read_text(encoding="utf-8"), migration.before, migration.after)
        for file, migration in zip(files, history.migrations, strict=True)
    }
