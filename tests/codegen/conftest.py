# SPDX-License-Identifier: MIT
"""Makes the generator importable, and gives tests a project folder and a `forge` to run in it."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "codegen"))
sys.dont_write_bytecode = True

from forge_codegen.cli import main  # noqa: E402, the path comes first


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str


Forge = Callable[..., Answer]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="approve what the generator answers now")


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """Runs the generator in the test's folder."""

    def run(*arguments: str) -> Answer:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(tmp_path), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(arguments)
        return Answer(status, out.getvalue(), err.getvalue())

    return run


def place(case: Path, folder: Path) -> Path:
    """Copies a case's spec, migrations and seeds to where `forge` expects them; returns the spec's path.
    Specs in together/ and beside/, with their migrations, come to lie beside it.
    """
    spec = folder / "schema" / "spec.yaml"
    spec.parent.mkdir(parents=True)
    shutil.copyfile(case / "spec.yaml", spec)
    for more in ("together", "beside"):
        if (case / more).is_dir():
            shutil.copytree(case / more, spec.parent, dirs_exist_ok=True)
    for kind in ("migrations", "seeds"):
        if (case / kind).is_dir():
            match = re.search(r"^schema: *(\S+)", spec.read_text(encoding="utf-8"), re.MULTILINE)
            assert match is not None
            shutil.copytree(case / kind, spec.parent / kind / match[1])
    return spec


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small project that is in order; returns its spec."""
    return place(Path(__file__).parent / "cases" / "small", tmp_path)


def edit(path: Path, old: str, new: str) -> None:
    """Replaces what stands in the file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
