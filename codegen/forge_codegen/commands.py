# SPDX-License-Identifier: MIT
"""What each command does. A command prints what it did and returns the exit status; SpecError goes to the
caller.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from forge_codegen.emit import write
from forge_codegen.migrations import keys as migration_keys
from forge_codegen.migrations.diff import next_migration
from forge_codegen.migrations.files import folder_of, read_files
from forge_codegen.migrations.replay import replay
from forge_codegen.migrations.seal import sealed
from forge_codegen.project import load_projects
from forge_codegen.seeds import keys as seed_keys
from forge_codegen.spec import keys
from forge_codegen.spec.diagnostics import Location, Reporter, SpecError
from forge_codegen.spec.json_schema import json_schema
from forge_codegen.spec.reference import migration_page, seed_page, spec_page
from forge_codegen.spec.spec_files import SpecFiles

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


def check(specs: list[Path], out: Path, schema_dir: Path | None) -> int:
    """Specs valid, migrations lead to them, generated files up to date. Writes nothing. With `schema_dir`,
    `specs` are all of that folder, so that outputs of specs that are gone can be told.
    """
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
    orphans = write.orphans(out, files, schema_dir) if schema_dir is not None else []
    for name in orphans:
        print(f"{out / name}: error: the spec of this folder is gone; remove the folder", file=sys.stderr)
    fresh = plan.empty and not orphans
    if fresh:
        print(
            f"{len(specs)} specs are valid, their migrations lead to them, "
            f"{len(files)} generated files are up to date"
        )
    return 0 if fresh else 1


def list_outputs(specs: list[Path], out: Path, inputs: bool) -> int:
    """One path a line: what `generate` writes, or everything that it reads (for build systems)."""
    projects = load_projects(specs, complete=False)
    paths = [out / name for project in projects for name in project.outputs]
    if inputs:
        paths = [path for project in projects for path in project.inputs]
    for path in dict.fromkeys(paths):
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
        "seed": (seed_keys.seed, "A ForgeDB seed file"),
    }[of]
    print(json.dumps(json_schema(shape, title), indent=2))
    return 0


def reference(of: str) -> int:
    """Prints the reference page of specs, migration files or seed files."""
    pages = {
        "spec": (spec_page, keys.schema),
        "migration": (migration_page, migration_keys.migration),
        "seed": (seed_page, seed_keys.seed),
    }
    page, shape = pages[of]
    print(page(shape), end="")
    return 0


def diff(specs: list[Path], title: str, dry_run: bool) -> int:
    """Writes the next migration file of each spec that needs one, or prints them."""
    report = Reporter()
    made = [
        next_migration(project.schema, list(project.files), project.folder, title, report)
        for project in load_projects(specs, complete=False)
    ]
    report.stop_on_errors()
    if not dry_run:
        write.write_all({one.path: one.text for one in made if one is not None})
    for spec, one in zip(specs, made, strict=True):
        if one is None:
            print(f"{spec}: the migrations lead to the spec, nothing to write")
        elif dry_run:
            print(f"# {one.path}\n{one.text}", end="")
        else:
            print(f"wrote {one.path}; read it before you apply it")
    return 0


def seal(specs: list[Path]) -> int:
    """Writes the hashes before and after each migration into its file."""
    loaded = SpecFiles(specs)
    changed: dict[Path, str] = {}
    for spec in specs:
        schema = loaded.schema(spec)
        if loaded.errors or schema is None:
            raise SpecError(loaded.errors)
        changed.update(_sealed_texts(spec, schema.name))
    write.write_all(changed)
    for path in changed:
        print(f"sealed {path}")
    return 0


def _sealed_texts(spec: Path, schema_name: str) -> dict[Path, str]:
    """The texts of a spec's migration files that carry other hashes than theirs, or none."""
    report = Reporter()
    files = read_files(folder_of(spec, schema_name), report)
    history = replay(files, report, verify_hashes=False)
    report.stop_on_errors()
    changed: dict[Path, str] = {}
    for file, migration in zip(files, history.migrations, strict=True):
        old = file.path.read_bytes().decode("utf-8")
        new = sealed(old, migration.before, migration.after)
        if new is None:
            report.error(
                Location(file.shown_as, 1, 1),
                "`forge seal` writes lines of its own; write each key of the file at the start of a line",
            )
        elif new != old:
            changed[file.path] = new
    report.stop_on_errors()
    return changed
