# SPDX-License-Identifier: MIT
"""`forge init`, and the launcher under a python3 that lacks the modules."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from conftest import REPOSITORY, Forge

LAUNCHER = REPOSITORY / "codegen" / "forge"


def test_init_writes_a_project_that_is_in_order(tmp_path: Path, forge: Forge) -> None:
    answer = forge("init", "My App")
    assert answer.status == 0
    assert answer.out.splitlines()[1:] == [
        "    cd My App",
        "    cmake -B build",
        "    cmake --build build --target run",
    ]
    files = {path.relative_to(tmp_path / "My App").as_posix() for path in (tmp_path / "My App").rglob("*.*")}
    assert files == {
        ".gitignore",
        "CMakeLists.txt",
        "README.md",
        "main.cpp",
        "schema/migrations/my_app/0001_initial.yaml",
        "schema/my_app.yaml",
    }
    assert forge("generate", "--schema-dir", "My App/schema").status == 0
    assert forge("check", "--schema-dir", "My App/schema").status == 0


def test_init_asks_for_the_cmake_that_the_library_needs(tmp_path: Path, forge: Forge) -> None:
    assert forge("init", "app").status == 0
    first = [
        next(line for line in path.read_text(encoding="utf-8").splitlines() if "cmake_minimum" in line)
        for path in (tmp_path / "app/CMakeLists.txt", REPOSITORY / "CMakeLists.txt")
    ]
    assert first[0] == first[1]


def test_init_leaves_a_folder_that_is_not_empty(tmp_path: Path, forge: Forge) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert "is not empty (it has 'notes.txt')" in forge("init").err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("readme", ["README.md", "readme.rst", "README"])
def test_init_goes_on_in_a_new_repository(readme: str, tmp_path: Path, forge: Forge) -> None:
    mine = (readme, "LICENSE", ".gitignore", ".gitattributes", "CHANGELOG.md")
    for name in mine:
        (tmp_path / name).write_text(f"my {name}", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    answer = forge("init", "--name", "shop")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.splitlines()[:2] == [
        f"'{readme}' stays as it is.",
        "'.gitignore' stays as it is; let it ignore build/ and the databases.",
    ]
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in mine] == [f"my {name}" for name in mine]
    written = {path.name for path in tmp_path.iterdir()} - {*mine, ".git"}
    assert written == {"CMakeLists.txt", "main.cpp", "schema"}
    assert forge("generate", "schema/shop.yaml").status == 0


@pytest.mark.parametrize("taken", ["CMakeLists.txt", "main.cpp", "schema/shop.yaml"])
def test_init_overwrites_nothing(taken: str, tmp_path: Path, forge: Forge) -> None:
    path = tmp_path / taken
    path.parent.mkdir(exist_ok=True)
    path.symlink_to("nowhere")  # a file that leads nowhere yet is one, too
    (tmp_path / "LICENSE").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    answer = forge("init", "--name", "shop")
    assert answer.status == 1
    assert f"'{tmp_path}' has '{taken}', which would be overwritten; start in a new folder" in answer.err
    assert path.is_symlink()
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["class", "std", "Upper", "run"])
def test_init_refuses_names_that_would_not_build(name: str, forge: Forge) -> None:
    answer = forge("init", "new", "--name", name)
    assert answer.status == 1
    assert f"'{name}' cannot be the schema's name" in answer.err


def bare_python(tmp_path: Path) -> dict[str, str]:
    """An environment whose first python3 has neither Jinja2 nor PyYAML, as a pyenv python may."""
    folder = tmp_path / "bin"
    folder.mkdir()
    python = folder / "python3"
    python.write_text('#!/bin/sh\nexec /usr/bin/python3 -S "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin"}


@pytest.mark.skipif(not os.access("/usr/bin/python3", os.X_OK), reason="needs Debian's python3")
def test_launcher_finds_a_python_with_the_modules(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(LAUNCHER), "--version"], env=bare_python(tmp_path), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "forge 0.1.0\n", "")


def test_launcher_names_the_packages_when_no_python_has_them(tmp_path: Path) -> None:
    environment = {**bare_python(tmp_path), "FORGE_LAUNCHED_BY": "a test"}
    done = subprocess.run(
        [str(LAUNCHER), "--version"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "apt-get install python3-jinja2 python3-yaml" in done.stderr
