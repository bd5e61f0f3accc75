# SPDX-License-Identifier: MIT
"""Golden tests: each folder of cases/ holds a spec, perhaps migrations, and what the generator must answer.

expected/ is the tree of generated files, expected_error.txt the errors. Specs in together/ are generated in
the same call, those in beside/ only lie there. `pytest --update` writes both; read the difference before you
commit it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Forge, place

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, forge: Forge, request: pytest.FixtureRequest) -> None:
    place(case, tmp_path)
    together = [f"schema/{path.name}" for path in sorted((case / "together").glob("*.yaml"))]
    answer = forge("generate", "schema/spec.yaml", *together, "--out", "out")
    out = tmp_path / "out"
    if request.config.getoption("--update"):
        approve(case, answer.status, answer.err, out)
    if (case / "expected").is_dir():
        assert answer.err == ""
        assert tree(out) == tree(case / "expected")
    else:
        assert answer.err == (case / "expected_error.txt").read_text(encoding="utf-8")
        assert answer.status == 1
        assert not out.exists(), "a spec with errors must write nothing"


def approve(case: Path, status: int, errors: str, out: Path) -> None:
    shutil.rmtree(case / "expected", ignore_errors=True)
    (case / "expected_error.txt").unlink(missing_ok=True)
    if status == 0:
        shutil.copytree(out, case / "expected")
    else:
        (case / "expected_error.txt").write_text(errors, encoding="utf-8")
