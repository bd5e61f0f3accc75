# SPDX-License-Identifier: MIT
"""Files of every era, in both spellings, become the same database, lose nothing, and then are left alone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from legacy_files import Program, assert_settled, assert_upgraded, query
from legacy_schema import ERAS, entries_of_era

PREFIXES = [pytest.param(set(range(1, n + 1)), id=f"prefix{n}") for n in range(43)]
ERA_FILES = [
    pytest.param(entries_of_era(era), spelling, id=f"era{era}-{spelling}")
    for era in ERAS
    for spelling in ("orm", "statements")
]


def upgraded(program: Program, path: Path) -> Path:
    """Upgrades the file, compares it with what plain Python expects, answers the copy from before."""
    before = path.with_name("before.db")
    shutil.copy(path, before)
    done = program.run("upgrade", path)
    assert done.returncode == 0, done.stderr + done.stdout
    assert_upgraded(before, path)
    return before


def columns(path: Path) -> dict[str, set[str]]:
    tables = [name for (name,) in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table: {name for (name,) in query(path, "SELECT name FROM pragma_table_info(?)", table)}
        for table in tables
        if not table.startswith(("_", "sqlite_"))
    }


def indexes(path: Path) -> set[str]:
    rows = query(path, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return {name for (name,) in rows if not name.startswith("_")}


@pytest.fixture(scope="module")
def fresh(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fresh") / "new.db"
    done = program.run("upgrade", path)
    assert done.returncode == 0, done.stderr
    return path


def assert_same_shape(path: Path, fresh: Path) -> None:
    assert columns(path) == columns(fresh)
    assert indexes(path) == indexes(fresh)


@pytest.mark.parametrize("entries", PREFIXES)
def test_every_prefix_of_the_list(
    program: Program, legacy: Callable[..., Path], fresh: Path, entries: set[int]
) -> None:
    """With few rows; the eras below have more."""
    path = legacy(entries, "statements", rows=60)
    upgraded(program, path)
    assert_settled(program, path)
    assert_same_shape(path, fresh)


@pytest.mark.parametrize(("entries", "spelling"), ERA_FILES)
def test_every_era_in_both_spellings(
    program: Program, legacy: Callable[..., Path], fresh: Path, entries: set[int], spelling: str
) -> None:
    path = legacy(entries, spelling)
    upgraded(program, path)
    assert_settled(program, path)
    assert_same_shape(path, fresh)


@pytest.mark.parametrize("spelling", ["orm", "statements"])
def test_files_that_were_rebuilt_already(
    program: Program, legacy: Callable[..., Path], fresh: Path, spelling: str
) -> None:
    path = legacy(set(range(1, 43)), spelling, rebuilt=True, kernel=spelling)
    before = upgraded(program, path)
    assert_settled(program, path)
    assert_same_shape(path, fresh)
    ours = "SELECT version FROM _schema_version ORDER BY 1"
    assert query(path, ours) == query(before, ours) == [(1,), (2,)]


@pytest.mark.parametrize("spelling", ["orm", "statements"])
def test_kernel_tables_in_both_spellings(
    program: Program, legacy: Callable[..., Path], fresh: Path, spelling: str
) -> None:
    path = legacy(kernel=spelling)
    upgraded(program, path)
    assert_settled(program, path)
    assert_same_shape(path, fresh)
    again = """INSERT INTO app_usage SELECT 'new', app_id, resource, period, 1, updated_at
               FROM app_usage LIMIT 1"""
    with pytest.raises(sqlite3.IntegrityError, match=r"app_usage\.period"):
        query(path, again)


def test_a_fresh_file_is_settled(program: Program, fresh: Path) -> None:
    assert_settled(program, fresh)


def test_twenty_thousand_rows(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy(rows=20000)
    upgraded(program, path)
    assert_settled(program, path)
