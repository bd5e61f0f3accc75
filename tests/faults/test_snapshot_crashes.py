# SPDX-License-Identifier: MIT
"""A program killed while it copies its file before a migration that destroys something: the next start goes
on, and what is called a snapshot is a whole one."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from pathlib import Path

import pytest
from crashes import KILLED, FaultPoints, fresh_copy
from legacy_files import built_program

ROWS = 400
WHOLE = re.compile(r"app\.db\.before-snapshots-2-\d{8}T\d{6}Z(-\d+)?\.snapshot")


def command(file: Path, journal: str, version: int) -> list[str]:
    return [str(built_program("snapshot_upgrade")), str(file), journal, str(version)]


@pytest.fixture(scope="module", params=["wal", "delete"])
def journal(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def before(journal: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """At version 1, with rows that version 2 drops a column of."""
    path = tmp_path_factory.mktemp("before") / "app.db"
    subprocess.run(command(path, journal, 1), check=True)
    db = sqlite3.connect(path)
    db.executemany(
        "INSERT INTO rows VALUES (?, ?, ?)", [(n, f"kept {n}", f"dropped {n} " * 20) for n in range(ROWS)]
    )
    db.commit()
    db.close()
    return path


def rows(path: Path) -> list[tuple[object, ...]]:
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return db.execute("SELECT * FROM rows ORDER BY id").fetchall()
    finally:
        db.close()


def snapshots(file: Path) -> list[Path]:
    return [each for each in sorted(file.parent.iterdir()) if WHOLE.fullmatch(each.name)]


def test_the_next_start_goes_on_and_no_half_copy_is_a_snapshot(
    before: Path, journal: str, tmp_path: Path, fault_points: FaultPoints
) -> None:
    file = fresh_copy(before, tmp_path / "run" / "app.db")
    old = rows(before)
    upgrade = command(file, journal, 2)
    operations = fault_points.count(upgrade, file)
    assert [rows(each) for each in snapshots(file)] == [old]
    points = range(1, operations + 1) if pytest.full else range(1, operations + 1, max(1, operations // 20))
    deaths = with_copy = 0
    for at in points:
        for kind in ("kill", "torn") if pytest.full else ("kill",):
            fresh_copy(before, file)
            died = subprocess.run(
                upgrade, env=fault_points.environment(file, kind, at), check=False, timeout=60
            )
            assert died.returncode in (0, KILLED)
            deaths += died.returncode == KILLED
            left = snapshots(file)
            for each in left:
                assert rows(each) == old, f"half a snapshot after {kind} at operation {at}"
            others = {each.name.removeprefix(file.name) for each in file.parent.iterdir()}
            with_copy += any(".partial" in name for name in others)
            done = subprocess.run(upgrade, capture_output=True, text=True, check=False, timeout=60)
            assert done.returncode == 0, done.stderr
            assert rows(file) == [row[:2] for row in old]
            if done.stdout:  # it was this start that dropped the column
                assert rows(Path(done.stdout.strip())) == old
            assert snapshots(file), "what was dropped is in one of them"
    print(f"{deaths} deaths at {len(points)} of {operations} operations, {with_copy} of them while it copied")
    assert deaths >= len(points) - 1
    assert with_copy >= 3
