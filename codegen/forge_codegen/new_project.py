# SPDX-License-Identifier: MIT
"""`forge init`: a project that builds and runs, in a folder that is empty or a new repository's."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import jinja2

from forge_codegen import naming
from forge_codegen.emit.write import write_all
from forge_codegen.migrations.diff import next_migration
from forge_codegen.project import load_project
from forge_codegen.spec.diagnostics import Reporter

HERE = Path(__file__).resolve().parent
FILES = {
    "schema/{name}.yaml": "spec.yaml.j2",
    "CMakeLists.txt": "CMakeLists.txt.j2",
    "main.cpp": "main.cpp.j2",
    "README.md": "README.md.j2",
    ".gitignore": "gitignore.j2",
}
# What a repository has before there is anything in it.
BESIDE = re.compile(
    r"\.git.*|\.(ds_store|editorconfig|idea|vscode|clang-format|clang-tidy|mailmap|pre-commit-config\.yaml)"
    r"|(readme|licen[cs]e|copying|notice|authors|changelog|contributing|code_of_conduct|security)([-.].*)?",
    re.IGNORECASE,
)


def project_name(folder: str) -> str:
    """A schema name from a folder's name.

    >>> project_name("My-App 2"), project_name("2nd"), project_name("std")
    ('my_app_2', 'app_2nd', 'app_std')
    """
    name = re.sub(r"[^a-z0-9]+", "_", folder.lower())[:40].strip("_") or "app"
    usable = re.fullmatch(naming.NAME, name) and not _problem(name)
    return name if usable else f"app_{name}"


def _problem(name: str) -> str:
    if not re.fullmatch(naming.NAME, name):
        return "expected a lower-case name such as 'my_app'"
    if len(name) > naming.SQL_NAME_LIMIT:
        return f"at most {naming.SQL_NAME_LIMIT} characters fit"
    if name in ("run", "test", "all", "install", "clean", "package", "help"):
        return "CMake has a target of that name"
    return naming.namespace_problem(name)


def init(folder: Path, name: str, checkout: Path | None) -> int:
    """Writes the project. A README and a .gitignore that are there stay as they are; a folder that holds more
    than what goes with a repository is refused. Overwrites nothing.
    """
    folder = folder.resolve()
    there = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    if name and _problem(name):
        print(f"forge: error: '{name}' cannot be the schema's name: {_problem(name)}", file=sys.stderr)
        return 1
    name = name or project_name(folder.name)
    files = {path.format(name=name): template for path, template in FILES.items()}
    kept = {path: entry for path in files if (entry := _kept(path, there))}
    problem = _in_the_way(folder, there, [path for path in files if path not in kept])
    if problem:
        print(f"forge: error: {problem}; start in a new folder", file=sys.stderr)
        return 1
    found, hint = _forge_db(checkout)
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "starter"),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    write_all(
        {
            folder / path: templates.get_template(template).render(name=name, checkout=found, hint=hint)
            for path, template in files.items()
            if path not in kept
        }
    )
    _write_first_migration(folder / "schema" / f"{name}.yaml")
    shown = os.path.relpath(folder)
    for path, entry in kept.items():
        ignored = "; let it ignore build/ and the databases" if path == ".gitignore" else ""
        print(f"'{entry}' stays as it is{ignored}.")
    print(f"A new project '{name}' is in '{shown}'. Now:")
    if shown != ".":
        print(f"    cd {shown}")
    print("    cmake -B build\n    cmake --build build --target run")
    return 0


def _kept(path: str, there: list[str]) -> str:
    """The entry that stands for a file of the project, where the author may have one already; or none."""
    if path == "README.md":
        return next((entry for entry in there if re.match(r"readme(\W|\Z)", entry, re.IGNORECASE)), "")
    return path if path == ".gitignore" and path in there else ""


def _in_the_way(folder: Path, there: list[str], written: list[str]) -> str:
    """Why the project cannot be written into the folder; empty when it can."""
    taken = next((path for path in written if os.path.lexists(folder / path)), "")
    if taken:
        return f"'{folder}' has '{taken}', which would be overwritten"
    other = next((entry for entry in there if not BESIDE.fullmatch(entry)), "")
    return f"'{folder}' is not empty (it has '{other}')" if other else ""


def _write_first_migration(spec: Path) -> None:
    project = load_project(spec, complete=False)
    report = Reporter()
    first = next_migration(project.schema, [], project.folder, "initial", report)
    report.stop_on_errors()
    if first is not None:
        write_all({first.path: first.text})


def _forge_db(checkout: Path | None) -> tuple[str, str]:
    """The checkout to fall back to, and the prefix where this generator is installed (one of them, or
    neither).
    """
    if checkout is not None:
        return checkout.resolve().as_posix(), ""
    own = HERE.parent.parent
    if (own / "CMakeLists.txt").is_file():
        return own.as_posix(), ""
    # <prefix>/share/forge_db/codegen/forge_codegen
    return "", f'"{own.parent.parent.as_posix()}"'
