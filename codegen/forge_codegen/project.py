# SPDX-License-Identifier: MIT
"""One spec with its migrations and seed files, loaded together, so that all errors are told in one run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from forge_codegen.emit.render import outputs_of, render
from forge_codegen.migrations.compare import differences
from forge_codegen.migrations.diff import not_written
from forge_codegen.migrations.files import MigrationFile, folder_of, paths_in, read_files
from forge_codegen.migrations.operations import History
from forge_codegen.migrations.replay import replay
from forge_codegen.model.schema import Schema
from forge_codegen.seeds import files as seed_files
from forge_codegen.seeds.model import SeedFile
from forge_codegen.spec.diagnostics import Diagnostic, Location, Reporter, SpecError
from forge_codegen.spec.spec_files import SpecFiles, name_in


@dataclass(frozen=True)
class Project:
    """A checked spec, its migration files, and what they replay to."""

    spec: Path
    schema: Schema
    files: tuple[MigrationFile, ...]
    history: History
    used: tuple[Path, ...] = ()
    seeds: tuple[SeedFile, ...] = ()

    @property
    def folder(self) -> Path:
        return folder_of(self.spec, self.schema.name)

    @property
    def inputs(self) -> list[Path]:
        return [self.spec, *paths_in(self.folder), *self._seed_paths, *self.used]

    @property
    def _seed_paths(self) -> list[Path]:
        return seed_files.paths_in(seed_files.folder_of(self.spec, self.schema.name))

    @property
    def outputs(self) -> list[str]:
        """What `render` makes, relative to the output folder."""
        return outputs_of(self.schema, has_seeds=bool(self._seed_paths))

    def render(self) -> dict[str, str]:
        return render(self.schema, self.history, self.seeds)


def load_project(spec: Path, complete: bool = True) -> Project:
    """Loads a spec; `complete` also demands that the migrations lead to it, and that its seed files fit.
    Raises SpecError with all errors.
    """
    return load_projects([spec], complete)[0]


def load_projects(specs: Iterable[Path], complete: bool = True) -> list[Project]:
    """Loads several specs, and those that they use; raises one SpecError for all of them."""
    specs = list(specs)
    loaded = SpecFiles(specs)
    projects: list[Project] = []
    found: list[Diagnostic] = []
    for spec in specs:
        try:
            projects.append(_project(spec, loaded, complete))
        except SpecError as error:
            found += error.diagnostics
    found += [*loaded.errors, *_shared(projects)]
    if found:
        raise SpecError(found)
    return projects


def _project(spec: Path, loaded: SpecFiles, complete: bool) -> Project:
    schema = loaded.schema(spec)
    report = Reporter()
    name = schema.name if schema is not None else name_in(spec)
    files = read_files(folder_of(spec, name), report) if name else []
    history = replay(files, report)
    if schema is not None and complete and not report.failed:
        _compare(spec, schema, files, history, report)
    seeds = seed_files.read_seeds(spec, schema, report) if schema is not None and complete else []
    report.stop_on_errors()
    if schema is None:
        raise SpecError([])
    return Project(spec, schema, tuple(files), history, tuple(loaded.used_by(spec)), tuple(seeds))


def _shared(projects: Iterable[Project]) -> Iterable[Diagnostic]:
    """Names that two schemas would both fill: their folder of outputs, and their C++ namespace."""
    by_name: dict[str, Path] = {}
    by_namespace: dict[str, Path] = {}
    for project in projects:
        schema, at = project.schema, Location(str(project.spec), 1, 1)
        other = by_name.setdefault(schema.name, project.spec)
        if other != project.spec:
            yield Diagnostic(at, f"schema '{schema.name}' is also the schema of '{other}'; rename one")
            continue
        other = by_namespace.setdefault(schema.namespace, project.spec)
        if other != project.spec:
            yield Diagnostic(
                at,
                f"the C++ namespace '{schema.namespace}' is also that of '{other}', and both define its "
                "migrations; give one of them another 'namespace'",
            )


def _compare(
    spec: Path, schema: Schema, files: list[MigrationFile], history: History, report: Reporter
) -> None:
    cure = f"write a migration, or let `forge diff {spec}` write it"
    if not files:
        report.error(
            Location(str(spec), 1, 1),
            f"schema '{schema.name}' has no migrations in "
            f"'{folder_of(spec, schema.name)}'; let `forge diff {spec}` write the first one",
        )
        return
    found_all = differences(schema.to_ddl(), history.state)
    by_hand = not_written(schema, files, folder_of(spec, schema.name)) if found_all else {}
    for found in found_all:
        at = Location(str(spec), 1, 1)
        for table in (*schema.tables, *schema.views):
            if table.name == found.table:
                at = table.column(found.column).at if found.column else table.at
        report.error(at, f"{found.message}; {by_hand.get(found, cure)}")
