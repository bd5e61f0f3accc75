# SPDX-License-Identifier: MIT
"""Processes that die at a chosen moment, and what is left of their file afterwards."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# What differs from run to run: moments, and what is computed from them.
VOLATILE = {
    "_forge_ledger": {"applied_at", "row_hash"},
    "_forge_head": {"cookie"},
}
SIDE_FILES = ("-wal", "-shm", "-journal")


def processor_clock(process: int) -> int:
    """The clock of a process's own processor time, which the neighbours on the machine do not move."""
    return (~process << 3) | 2


def processor_seconds(command: list[str], expect: int = 0, **how: Any) -> float:
    """What an undisturbed run takes of the processor."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **how)
    with running:
        problem = running.stderr.read() if running.stderr else b""
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == expect, problem
    return usage.ru_utime + usage.ru_stime


def kill_after(command: list[str], seconds: float, **how: Any) -> int:
    """Starts the command and kills it after so much processor time; answers how it ended."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | how
    running = subprocess.Popen(command, **quiet)
    clock = processor_clock(running.pid)
    try:
        while running.poll() is None:
            if time.clock_gettime(clock) >= seconds:
                running.kill()
                break
            time.sleep(0.0003)
    except OSError:  # it ended between the two questions
        pass
    return running.wait()


class FaultPoints:
    """fault_points.c, built: operations on files under a path are counted, and one of them fails."""

    def __init__(self, folder: Path) -> None:
        self.library = folder / "fault_points.so"
        self.report = folder / "operations"
        compiler = [os.environ.get("CC", "cc"), "-std=c11", "-shared", "-fPIC", "-O1"]
        subprocess.run([*compiler, str(HERE / "fault_points.c"), "-o", str(self.library), "-ldl"], check=True)

    def environment(self, path: Path, kind: str = "", at: int = 0) -> dict[str, str]:
        more = {"LD_PRELOAD": str(self.library), "FAULT_PATH": str(path)}
        more |= {"ASAN_OPTIONS": "verify_asan_link_order=0"}
        more |= {"FAULT_KIND": kind, "FAULT_AT": str(at)} if kind else {"FAULT_REPORT": str(self.report)}
        return os.environ | more

    def count(self, command: list[str], path: Path) -> int:
        """How many operations the undisturbed command does."""
        done = subprocess.run(
            command, env=self.environment(path), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return int(self.report.read_text())


@dataclass
class Wreck:
    """A file whose program died, looked at in a copy, so that the next start finds it as it was left."""

    applied: int  # migrations on record
    size: int  # bytes of the write-ahead log

    @staticmethod
    def of(path: Path, folder: Path) -> Wreck:
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        copy = folder / path.name
        for name in ("", "-wal", "-journal"):
            if Path(f"{path}{name}").exists():
                shutil.copy(f"{path}{name}", f"{copy}{name}")
        log = Path(f"{copy}-wal")
        size = log.stat().st_size if log.exists() else 0
        db = sqlite3.connect(copy)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        known = db.execute("SELECT 1 FROM sqlite_master WHERE name = '_forge_ledger'").fetchone()
        applied = db.execute("SELECT count(*) FROM _forge_ledger").fetchone()[0] if known else 0
        db.close()
        return Wreck(applied, size)


def side_files(path: Path) -> list[str]:
    """What lies beside a database beyond the file itself."""
    return sorted(each.name for each in path.parent.iterdir() if each != path)


def fresh_copy(source: Path, target: Path) -> Path:
    """A copy without anything of a former copy beside it."""
    target.parent.mkdir(exist_ok=True)
    for old in target.parent.iterdir():
        old.unlink()
    shutil.copy(source, target)
    return target


class Content:
    """What a file holds, as one digest a table; keys and moments that an upgrade makes up are replaced by
    what they stand for, so that two upgrades of one file have the same content."""

    def __init__(self, path: Path, before: Path) -> None:
        self.db = sqlite3.connect(path)
        self.db.text_factory = bytes
        old = sqlite3.connect(before)
        old.text_factory = bytes
        self.names: dict[object, object] = {}
        self.made: dict[str, set[object]] = {}
        self._name_new_rows(old)
        old.close()
        tables = [
            name.decode()
            for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        ]
        self.tables = {table: self._digest(table) for table in tables}
        self.schema = self.db.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
        ).fetchall()
        self.violations = Counter(
            (table, parent) for table, _, parent, _ in self.db.execute("PRAGMA foreign_key_check")
        )
        self.intact = self.db.execute("PRAGMA integrity_check").fetchall() == [(b"ok",)]
        self.db.close()

    def _name_new_rows(self, old: sqlite3.Connection) -> None:
        """Projects made from history are known by their name, prompts by their project and text."""

        def known(table: str) -> set[object]:
            there = old.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone()
            return {key for (key,) in old.execute(f"SELECT id FROM {table}")} if there else set()

        for table, what in (("projects", "name"), ("prompts", "project_id, content")):
            if not self.db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
                continue
            before = known(table)
            self.made[table] = set()
            for key, *rest in self.db.execute(f"SELECT id, {what} FROM {table}"):
                if key not in before:
                    self.made[table].add(key)
                    self.names[key] = (table, *[self.names.get(cell, cell) for cell in rest])

    def _digest(self, table: str) -> str:
        cursor = self.db.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in cursor.description]
        hidden = {columns.index(name) for name in VOLATILE.get(table, ()) if name in columns}
        times = {columns.index(name) for name in ("created_at", "updated_at") if name in columns}
        new = self.made.get(table, set())
        lines = []
        for row in cursor:
            skipped = hidden | (times if row[0] in new else set())
            cells = [None if at in skipped else self.names.get(cell, cell) for at, cell in enumerate(row)]
            lines.append(repr(cells))
        return f"{len(lines)} rows " + hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

    def differences(self, other: Content) -> list[str]:
        tables = sorted(self.tables.keys() | other.tables.keys())
        found = [name for name in tables if self.tables.get(name) != other.tables.get(name)]
        if self.schema != other.schema:
            found.append("the schema")
        if self.violations - other.violations:
            found.append("violated keys")
        if not self.intact:
            found.append("integrity_check")
        return found


KILLED = -signal.SIGKILL
