# SPDX-License-Identifier: MIT
"""Properties of the generator, tried on random specs (random_specs.py), the same ones in every run: what
`forge check` accepts gets migrations, generates the same text each time, compiles without warnings, and its
database opens, verifies and takes rows; what it refuses is refused with a place. FORGE_DB_FULL=1 tries many
more.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPOSITORY
from hypothesis import HealthCheck, Phase, given, note, settings
from random_programs import Program
from random_specs import projects
from spec_mutations import mutations
from test_compiles import COMPILER, FLAGS

from forge_codegen.cli import main

FULL = os.environ.get("FORGE_DB_FULL", "0") not in ("", "0")
PLACED = re.compile(r"schema/[a-z0-9_]+\.yaml:[0-9]+:[0-9]+: error: .+")
# The same examples each time, wherever it runs; nothing is kept between runs.
FIXED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str


def forge(folder: Path, *arguments: str) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(arguments)
    return Answer(status, out.getvalue(), err.getvalue())


class Plain(yaml.SafeDumper):
    """Writes what stands twice out twice: specs have no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(value: Any) -> str:
    return yaml.dump(value, Dumper=Plain, sort_keys=False, allow_unicode=True, width=100)


def write(folder: Path, specs: list[Any]) -> list[str]:
    """Writes the specs as a project; returns their paths."""
    (folder / "schema").mkdir(parents=True)
    paths = []
    for number, spec in enumerate(specs):
        name = spec.get("schema") if isinstance(spec, dict) else None
        if not isinstance(name, str) or not re.fullmatch("[a-z0-9_]{1,60}", name):
            name = f"unnamed_{number}"
        path = f"schema/{name}.yaml"
        (folder / path).write_text(as_yaml(spec), encoding="utf-8")
        paths.append(path)
    return list(dict.fromkeys(paths))


def must(folder: Path, *arguments: str) -> None:
    answer = forge(folder, *arguments)
    assert answer.status == 0, (arguments, answer.err)


def try_in(folder: Path, specs: list[Any]) -> bool:
    """Whether the specs are accepted; those that are must get migrations and headers. `check` replays and
    renders all of it once more and finds it the same.
    """
    paths = write(folder, specs)
    if forge(folder, "list-outputs", *paths).status != 0:
        return False
    must(folder, "diff", *paths)
    must(folder, "generate", *paths, "--out", "generated")
    must(folder, "check", *paths, "--out", "generated")
    return True


@settings(FIXED, max_examples=2000 if FULL else 60)
@given(specs=mutations())
def test_a_mutated_spec_is_accepted_or_refused_with_a_place(specs: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder), specs)
        answer = forge(Path(folder), "list-outputs", *paths)
        note(answer.err)
        if answer.status == 0:
            return
        *errors, last = answer.err.splitlines()
        assert errors and all(PLACED.fullmatch(error) for error in errors)
        assert last == f"forge: {len(errors)} error{'s' if len(errors) > 1 else ''}, nothing was written"


def accepted_projects(folder: Path, examples: int) -> tuple[list[Path], int]:
    """The folders of accepted projects, each generated, and how many were made."""
    accepted: list[Path] = []
    made = 0

    @settings(FIXED, max_examples=examples, phases=[Phase.generate])
    @given(specs=projects())
    def collect(specs: list[Any]) -> None:
        nonlocal made
        made += 1
        place = folder / f"p{made}"
        # Each project's schemas are called like no other's: all go into one program.
        renamed = yaml.safe_load(re.sub(r"\b(spec|names)_([01])\b", rf"\1_{made}_\2", as_yaml(specs)))
        if try_in(place, renamed):
            accepted.append(place)

    collect()
    return accepted, made


def opens(folders: list[Path], scratch: Path) -> tuple[str, int]:
    """Compiles and runs one program of all; what went wrong, and how many rows it inserted."""
    program = Program()
    for folder in folders:
        program.add(folder)
    scratch.mkdir(parents=True, exist_ok=True)
    (scratch / "all.cpp").write_text(program.text(), encoding="utf-8")
    paths = [part for folder in folders for part in ("-I", str(folder / "generated"))]
    command = [str(COMPILER), *FLAGS, *paths, "-isystem", str(REPOSITORY / "include"), "all.cpp", "-o", "all"]
    done = subprocess.run(
        [*command, "-lsqlite3", "-pthread"], cwd=scratch, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        return done.stderr, program.inserted
    ran = subprocess.run([str(scratch / "all")], capture_output=True, text=True, check=False)
    names = "".join(f"{folder.name}\n" for folder in folders)
    problem = "" if (ran.returncode, ran.stdout) == (0, names) else ran.stdout + ran.stderr
    return problem, program.inserted


@pytest.mark.compiler
@pytest.mark.skipif(COMPILER is None, reason="needs a C++ compiler")
def test_what_check_accepts_compiles_and_its_database_opens(tmp_path: Path) -> None:
    accepted, made = accepted_projects(tmp_path, 250 if FULL else 16)
    assert len(accepted) * 3 >= made, "most specs are refused: the strategies make too much that is wrong"
    # The last ones: Hypothesis starts with small examples.
    chosen = accepted[-(100 if FULL else 4) :]
    rows = 0
    problems = []
    for start in range(0, len(chosen), 4):
        batch = chosen[start : start + 4]
        problem, inserted = opens(batch, tmp_path / "program")
        rows += inserted
        if problem:
            alone = [folder for folder in batch if opens([folder], tmp_path / "alone")[0]] or batch
            specs = "\n---\n".join(
                path.read_text(encoding="utf-8") for path in sorted((alone[0] / "schema").glob("*.yaml"))
            )
            problem = opens(alone[:1], tmp_path / "alone")[0] or problem
            problems.append(f"{specs}\n{problem}")
    assert not problems, f"\n{'-' * 80}\n".join(problems)
    assert rows >= len(chosen), "few tables took a row"
    print(f"{made} projects, {len(accepted)} accepted, {len(chosen)} compiled, {rows} rows inserted")
