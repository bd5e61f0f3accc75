# SPDX-License-Identifier: MIT
"""Several programs on one file at once: each migration runs in one of them, and nobody's rows are lost."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crashes import Content, side_files
from legacy_files import MIGRATIONS, Program, assert_settled, assert_upgraded, query


def start(program: Program, path: Path) -> subprocess.Popen[str]:
    command = [str(program.path), "upgrade", str(path), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def reports(running: list[subprocess.Popen[str]]) -> list[dict[str, Any]]:
    ended = [each.communicate(timeout=300) for each in running]
    assert [each.returncode for each in running] == [0] * len(running), [errors for _, errors in ended]
    return [json.loads(output) for output, _ in ended]


def migrations_run(report: dict[str, Any]) -> list[tuple[str, int]]:
    return [(s["schema"], m["version"]) for s in report["schemas"] for m in s["migrations"]]


@pytest.mark.parametrize("programs", [2, 8])
@pytest.mark.parametrize("old", [True, False], ids=["old-file", "fresh-path"])
def test_programs_that_start_at_once(
    program: Program, legacy: Callable[..., Path], tmp_path: Path, programs: int, old: bool
) -> None:
    path = legacy(rows=300, kernel="orm") if old else tmp_path / "fresh" / "new.db"
    before = tmp_path / "before.db"
    if old:
        shutil.copy(path, before)
    else:
        path.parent.mkdir()
    done = reports([start(program, path) for _ in range(programs)])
    ran = Counter(migration for report in done for migration in migrations_run(report))
    assert ran == Counter(MIGRATIONS), "each migration runs once, in one of them"
    assert side_files(path) == []
    if old:
        assert_upgraded(before, path)
    assert_settled(program, path)


def test_one_is_killed_while_another_waits(
    program: Program, legacy: Callable[..., Path], tmp_path: Path
) -> None:
    path = legacy(rows=300)
    before = Path(shutil.copy(path, tmp_path / "before.db"))
    first, second = start(program, path), start(program, path)
    ledger = "SELECT count(*) FROM sqlite_master WHERE name = '_forge_ledger'"
    while first.poll() is None and query(path, ledger) == [(0,)]:
        time.sleep(0.005)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    reports([second])
    assert_upgraded(before, path)
    assert_settled(program, path)


class Neighbour:
    """Another program with plain sqlite3 on the same file, from a thread, until it is told to stop."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.added: list[str] = []
        self.reads = 0
        self.problems: list[str] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        db = sqlite3.connect(self.path, timeout=60)
        try:
            while not self.stop.is_set():
                self.work(db)
                time.sleep(0.002)
        except sqlite3.Error as problem:
            self.problems.append(str(problem))
        finally:
            db.close()

    def work(self, db: sqlite3.Connection) -> None:
        key = str(uuid.uuid4())
        with db:
            db.execute(
                "INSERT INTO optimizations (id, created_at, raw_prompt, status) VALUES (?, ?, ?, ?)",
                [key, "2026-01-01 00:00:00.000000", "from beside", "completed"],
            )
        self.added.append(key)
        rows, prompts = db.execute(
            "SELECT (SELECT count(*) FROM optimizations), (SELECT count(*) FROM prompts)"
        ).fetchone()
        if rows < len(self.added) or not prompts:
            self.problems.append(f"saw {rows} rows and {prompts} prompts")
        self.reads += 1


def test_another_program_reads_and_writes_meanwhile(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy(rows=300)
    neighbour = Neighbour(path)
    neighbour.thread.start()
    try:
        while not neighbour.added and not neighbour.problems:
            time.sleep(0.001)
        before = len(neighbour.added)
        (report,) = reports([start(program, path)])
        meanwhile = len(neighbour.added) - before
    finally:
        neighbour.stop.set()
        neighbour.thread.join()
    assert neighbour.problems == []
    assert set(migrations_run(report)) == MIGRATIONS
    assert meanwhile > 0, "it got its turn between the migrations"
    kept = {key for (key,) in query(path, "SELECT id FROM optimizations WHERE raw_prompt = 'from beside'")}
    assert kept == set(neighbour.added)
    content = Content(path, path)
    assert content.intact
    assert_settled(program, path)
