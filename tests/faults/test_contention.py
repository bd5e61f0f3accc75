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
from legacy_files import built_program

ROUNDS = 200 if pytest.full else 40
QUOTA = 100
CROWDS = [pytest.param(1, 8, id="8-threads"), pytest.param(4, 2, id="4-programs")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    subprocess.run([built_program("behaviour_contention"), path, "create"], check=True, timeout=60)
    return path


def together(file: Path, what: str, programs: int, threads: int) -> int:
    """Runs them at once; the sum of what they answer."""
    command = [str(built_program("behaviour_contention")), str(file), what, str(threads), str(ROUNDS)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(programs)
    ]
    ended = [one.communicate(timeout=300) for one in running]
    assert [one.returncode for one in running] == [0] * programs, [errors for _, errors in ended]
    return sum(int(output) for output, _ in ended)


@pytest.fixture
def rows(file: Path) -> Callable[[str], list[tuple]]:
    def read(sql: str) -> list[tuple]:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute(sql).fetchall()

    return read


@pytest.mark.parametrize(("programs", "threads"), CROWDS)
def test_get_or_create_makes_each_row_once(file: Path, rows: Callable, programs: int, threads: int) -> None:
    made = together(file, "get_or_create", programs, threads)
    assert made == ROUNDS, "each row is made by one of them, and one is told so"
    assert rows("select count(*), count(distinct email) from people") == [(ROUNDS, ROUNDS)]


@pytest.mark.parametrize(("programs", "threads"), CROWDS)
def test_no_increment_of_a_setting_is_lost(file: Path, rows: Callable, programs: int, threads: int) -> None:
    made = together(file, "settings", programs, threads)
    assert made == programs * threads * ROUNDS
    assert rows("select value from app_settings where key = 'counter'") == [(str(made),)]
    assert rows("select count(*) from app_settings") == [(2,)]


@pytest.mark.parametrize(("programs", "threads"), CROWDS)
def test_a_quota_grants_its_limit_and_no_more(
    file: Path, rows: Callable, programs: int, threads: int
) -> None:
    assert programs * threads * ROUNDS > QUOTA
    assert together(file, "quota", programs, threads) == QUOTA
    assert rows("select period, count from app_usage") == [("2026-02-20T00", QUOTA)]


@pytest.mark.parametrize(("programs", "threads"), CROWDS)
def test_versions_have_no_gaps_and_no_doubles(
    file: Path, rows: Callable, programs: int, threads: int
) -> None:
    made = together(file, "versions", programs, threads)
    assert made == programs * threads * ROUNDS
    assert rows("select version from files") == [(made + 1,)]
    assert rows("select version from file_versions order by version") == [(n,) for n in range(1, made + 1)]
    contents = rows("select content from file_versions union all select content from files")
    assert len(set(contents)) == made + 1, "no content is lost, and none is kept twice"
