# SPDX-License-Identifier: MIT
"""A program killed while it writes (tests/programs/acknowledged_writes.cpp): what it had acknowledged is
there afterwards, nothing is half there, and the next start goes on. With both journals."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from crashes import KILLED, FaultPoints, fresh_copy, kill_after, processor_seconds
from legacy_files import Program, assert_settled, built_program

JOURNALS = ("wal", "delete")
WRITES = 40  # of one start


class Writer:
    """Starts the program on a file that lives through all of its deaths."""

    def __init__(self, file: Path, journal: str) -> None:
        self.file = file
        self.journal = journal
        self.told = file.with_name("acknowledged")
        self.command = [str(built_program("acknowledged_writes")), str(file), journal, str(WRITES)]

    def killed_after(self, seconds: float) -> int:
        with self.told.open("wb") as out:
            return kill_after(self.command, seconds, stdout=out)

    def started(self, **how: object) -> int:
        with self.told.open("wb") as out:
            return subprocess.run(self.command, stdout=out, check=False, timeout=300, **how).returncode

    def acknowledged(self, before: int) -> int:
        """The last number that was told, or the one from before this start."""
        lines = self.told.read_bytes().split(b"\n")[:-1]
        return int(lines[-1]) if lines else before


def look(file: Path, folder: Path) -> int:
    """How many writes the file holds, each of them whole. Looks at a copy, so that the next start finds the
    file as its program left it."""
    copy = folder / "copy.db"
    for name in ("", "-wal", "-journal", "-shm"):
        Path(f"{copy}{name}").unlink(missing_ok=True)
        if name != "-shm" and Path(f"{file}{name}").exists():
            shutil.copy(f"{file}{name}", f"{copy}{name}")
    db = sqlite3.connect(copy)
    try:
        return whole_writes(db)
    finally:
        db.close()


def whole_writes(db: sqlite3.Connection) -> int:
    def column(sql: str) -> list[object]:
        return [value for (value,) in db.execute(sql)]

    assert column("PRAGMA integrity_check") == ["ok"]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    log = column("SELECT CAST(resource_id AS INTEGER) FROM audit_log WHERE app_id = 'writes' ORDER BY 1")
    count = len(log)
    numbers = range(1, count + 1)
    assert log == list(numbers), "a write is missing or there twice"
    of = [[n for n in numbers if n % 5 == kind] for kind in range(5)]

    removed = {n - 4 for n in of[4]}
    assert column("SELECT CAST(name AS INTEGER) FROM vfs_folders ORDER BY 1") == sorted(set(of[0]) - removed)
    files = db.execute(
        """SELECT f.name, d.name, length(f.content)
           FROM vfs_files f LEFT JOIN vfs_folders d ON d.id = folder_id
           WHERE f.name <> 'counter' ORDER BY f.rowid"""
    ).fetchall()
    assert files == [(f"{n}/{i}", None if n in removed else str(n), 2000) for n in of[0] for i in range(3)]
    documents = "SELECT CAST(name AS INTEGER), count(*), min(length(content)) FROM app_documents GROUP BY 1"
    assert db.execute(documents).fetchall() == [(n, 150, 300) for n in of[1]]
    counter = db.execute("SELECT content, version FROM vfs_files WHERE name = 'counter'").fetchall()
    assert counter == ([(str(of[2][-1]), len(of[2]) + 1)] if of[2] else [])
    versions = db.execute("SELECT version, content FROM vfs_file_versions ORDER BY 1").fetchall()
    assert versions == [(at + 1, str(n)) for at, n in enumerate([0, *of[2]][: len(of[2])])]
    assert column("SELECT count FROM app_usage WHERE app_id = 'writes'") == of[3][-1:]
    assert column("SELECT value FROM app_settings WHERE app_id = 'writes'") == [str(n) for n in of[3][-1:]]
    return count


@pytest.fixture(scope="module")
def empty(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    assert program.run("upgrade", path).returncode == 0
    return path


@pytest.fixture(params=JOURNALS)
def writer(request: pytest.FixtureRequest, empty: Path, tmp_path: Path) -> Writer:
    file = fresh_copy(empty, tmp_path / "run" / "app.db")
    db = sqlite3.connect(file)
    db.execute(f"PRAGMA journal_mode = {request.param}")
    db.close()
    return Writer(file, request.param)


def check(writer: Writer, before: int, folder: Path) -> int:
    """After a death: everything that was told is there, and at most the one write that was not told yet."""
    told = writer.acknowledged(before)
    there = look(writer.file, folder)
    assert told <= there <= told + 1, f"{told} writes were acknowledged, {there} are there"
    return there


def test_killed_at_random_moments(program: Program, writer: Writer, tmp_path: Path) -> None:
    """One file lives through all of it."""
    kills = 100 if pytest.full else 8
    pick = random.Random(os.environ.get("FAULT_SEED", "7"))
    loading = processor_seconds([writer.command[0]], expect=2)
    whole = processor_seconds(writer.command)
    there = look(writer.file, tmp_path)
    assert there == WRITES
    landed = 0
    for _ in range(kills):
        end = writer.killed_after(loading + (whole - loading) * pick.random())
        assert end in (0, KILLED)
        after = check(writer, there, tmp_path)
        landed += end == KILLED and there < after < there + WRITES
        there = after
    print(f"{writer.journal}: {landed} of {kills} kills while it wrote; {there} writes in the end")
    assert landed >= 0.5 * kills
    assert writer.started() == 0, "the next start goes on"
    assert check(writer, there, tmp_path) == there + WRITES
    assert_settled(program, writer.file)


@pytest.mark.parametrize("kind", ["kill", "torn"])
def test_killed_between_two_operations_on_files(
    writer: Writer, empty: Path, tmp_path: Path, fault_points: FaultPoints, kind: str
) -> None:
    operations = fault_points.count(writer.command, writer.file)
    points = 120 if pytest.full else 6
    there = look(writer.file, tmp_path)
    landed = 0
    for number in range(points):
        at = 1 + number * (operations - 1) // (points - 1)
        end = writer.started(env=fault_points.environment(writer.file, kind, at), stderr=subprocess.DEVNULL)
        assert end in (0, KILLED), at
        landed += end == KILLED
        there = check(writer, there, tmp_path)
    print(f"{writer.journal}: {landed} of {points} {kind}s, one of {operations} operations each")
    assert landed >= points - 2, "a later start may have fewer operations than the one that was counted"


def test_a_full_disk_loses_nothing_that_was_told(
    writer: Writer, empty: Path, tmp_path: Path, fault_points: FaultPoints
) -> None:
    operations = fault_points.count(writer.command, writer.file)
    there = look(writer.file, tmp_path)
    for at in (operations // 3, operations * 2 // 3):
        done = subprocess.run(
            writer.command,
            env=fault_points.environment(writer.file, "full", at),
            capture_output=True,
            check=False,
            timeout=300,
        )
        writer.told.write_bytes(done.stdout)
        assert done.returncode == 1
        assert b"the disk is full; free some space and try again" in done.stderr
        there = check(writer, there, tmp_path)
    assert writer.started() == 0


def test_the_look_notices(writer: Writer, tmp_path: Path) -> None:
    """The instrument itself: a lost write, half of one, one that should have been undone."""
    assert writer.started() == 0
    assert look(writer.file, tmp_path) == WRITES
    for harm in (
        "DELETE FROM audit_log WHERE resource_id = '7'",
        "DELETE FROM app_documents WHERE rowid = 17",
        "DELETE FROM vfs_files WHERE name = '10/2'",
        "UPDATE vfs_files SET version = version - 1 WHERE name = 'counter'",
        "UPDATE app_usage SET count = count - 5",
        "INSERT INTO vfs_files SELECT 'x', app_id, folder_id, 'undone', content, content_type, version, "
        "metadata_json, created_at, updated_at FROM vfs_files LIMIT 1",
    ):
        harmed = tmp_path / "harmed.db"
        with sqlite3.connect(writer.file) as db:
            harmed.unlink(missing_ok=True)
            db.execute("VACUUM INTO ?", [str(harmed)])
        db.close()
        with sqlite3.connect(harmed) as db:
            assert db.execute(harm).rowcount == 1
        db.close()
        with pytest.raises(AssertionError):
            look(harmed, tmp_path)
