# SPDX-License-Identifier: MIT
"""Behaviours used by many at once (tests/programs/behaviour_contention.cpp): by eight threads of one program,
and by four programs of two threads each. Nothing fails, and the totals are exact.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from crowds import CROWDS, ROUNDS, together
from legacy_files import built_program

PROGRAM = "behaviour_contention"
QUOTA = 100


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    subprocess.run([built_program(PROGRAM), path, "create"], check=True, timeout=60)
    return path


@pytest.fixture
def rows(file: Path) -> Callable[[str], list[tuple]]:
    def read(sql: str) -> list[tuple]:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute(sql).fetchall()

    return read


@pytest.mark.parametrize(("programs", "threads"), CROWDS)
def test_get_or_create_makes_each_row_once(file: Path, rows: Callable, programs: int, threads: int) -> None:
    made = together(PROGRAM, file, "get_or_create", programs, threads)
    assert made == ROUNDS, "each row is made by one of them, and one is told so"
    assert rows("select count(*), count(distinct email) from people") == [(ROUNDS, ROUNDS)]


@pytest.mark.parametrize(("programs", "threads"), CROWDS)
def test_no_increment_of_a_setting_is_lost(file: Path, rows: Callable, programs: int, threads: int) -> None:
    made = together(PROGRAM, file, "settings", programs, threads)
    assert made == programs * threads * ROUNDS
    assert rows("select value from app_settings where key = 'counter'") == [(str(made),)]
    assert rows("select count(*) from app_settings") == [(2,)]


@pytest.mark.parametrize(("programs", "threads"), CROWDS)
def test_a_quota_grants_its_limit_and_no_more(
    file: Path, rows: Callable, programs: int, threads: int
) -> None:
    assert programs * threads * ROUNDS > QUOTA
    assert together(PROGRAM, file, "quota", programs, threads) == QUOTA
    assert rows("select period, count from app_usage") == [("2026-02-20T00", QUOTA)]


@pytest.mark.parametrize(("programs", "threads"), CROWDS)
def test_versions_have_no_gaps_and_no_doubles(
    file: Path, rows: Callable, programs: int, threads: int
) -> None:
    made = together(PROGRAM, file, "versions", programs, threads)
    assert made == programs * threads * ROUNDS
    assert rows("select version from files") == [(made + 1,)]
    assert rows("select version from file_versions order by version") == [(n,) for n in range(1, made + 1)]
    contents = rows("select content from file_versions union all select content from files")
    assert len(set(contents)) == made + 1, "no content is lost, and none is kept twice"
