# SPDX-License-Identifier: MIT
"""For the pytest folders: legacy files, the program under test, digests that notice any change of a file."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples/promptforge/legacy"))

from check_upgrade import Checks  # noqa: E402
from legacy_rows import Maker  # noqa: E402
from legacy_schema import create, entries_of_era  # noqa: E402

#: Schema and number of each migration.
MIGRATIONS = {
    (path.parent.name, int(path.name[:4]))
    for schema in ("kernel", "promptforge")
    for path in (ROOT / "schema" / "migrations" / schema).glob("*.yaml")
}


class Program:
    """promptforge_db, as a user starts it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def run(self, *arguments: str | Path, **how: Any) -> subprocess.CompletedProcess[str]:
        command = [str(self.path), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, **how)

    def json(self, command: str, file: Path) -> dict[str, Any]:
        done = self.run(command, file, "--json")
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)


def built_program(name: str) -> Path:
    """One of tests/programs, of the build that `program` is of, or of the folder FORGE_DB_TEST_PROGRAMS."""
    if folder := os.environ.get("FORGE_DB_TEST_PROGRAMS"):
        return Path(folder) / name
    return newest_build().parents[2] / "tests" / name


@pytest.fixture(scope="session")
def program() -> Program:
    """promptforge_db of newest_build()."""
    return Program(newest_build())


def newest_build() -> Path:
    """What PROMPTFORGE_DB names, or the newest build."""
    if named := os.environ.get("PROMPTFORGE_DB"):
        return Path(named)
    built = list(ROOT.glob("build/*/examples/promptforge/promptforge_db"))
    assert built, "promptforge_db is not built; run: cmake --preset dev && cmake --build --preset dev"
    return max(built, key=lambda path: path.stat().st_mtime)


def fill(path: Path, rows: int, now: datetime | None = None) -> None:
    """Rows of every kind; `stale` is measured against `now` (UTC)."""
    now = now or datetime.now(UTC).replace(tzinfo=None)
    maker = Maker(str(path), argparse.Namespace(rows=rows, seed=7, now=now))
    maker.fill()
    maker.db.close()


@pytest.fixture
def legacy(tmp_path: Path) -> Callable[..., Path]:
    """Makes a legacy file; `entries` are those of the list that it got."""

    def make(
        entries: set[int] | None = None,
        spelling: str = "orm",
        rebuilt: bool = False,
        kernel: str = "none",
        rows: int = 300,
        filled: bool = True,
    ) -> Path:
        folder = tmp_path / "data"
        folder.mkdir(mode=0o755)
        path = folder / "legacy.db"
        create(str(path), entries_of_era(38) if entries is None else entries, spelling, rebuilt, kernel)
        if filled:
            fill(path, rows)
        return path

    return make


def digests(path: Path) -> tuple[str, str]:
    """Of the schema, and of every row of every table, ledger included."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.text_factory = bytes
    schema = db.execute(
        "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master ORDER BY 1, 2"
    ).fetchall()
    rows = hashlib.sha256()
    for kind, name, *_ in schema:
        if kind == b"table":
            table = name.decode()
            for row in db.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid'):
                rows.update(repr((table, row)).encode())
    db.close()
    return hashlib.sha256(repr(schema).encode()).hexdigest(), rows.hexdigest()


def query(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Plain SQL, with foreign keys off as the sqlite3 module has them."""
    db = sqlite3.connect(path)
    try:
        with db:
            return db.execute(sql, values).fetchall()
    finally:
        db.close()


def assert_upgraded(before: Path, after: Path) -> None:
    """The upgraded file is what plain Python makes of the one before."""
    checks = Checks(str(before), str(after))
    lines: list[str] = []
    checks.report = lines.append
    assert checks.run() == 0, "\n".join(line for line in lines if line.startswith("FAIL"))
    checks.old.db.close()
    checks.new.db.close()


def objects_made_by(migrations: set[tuple[str, int]]) -> set[str]:
    """Tables, views, indexes, triggers and columns (as `table.column`)."""

    def made(operation: dict[str, Any], table: str = "") -> Iterator[str]:
        for kind, about in operation.items():
            if kind in ("create_table", "create_view", "create_index", "create_trigger"):
                yield about.get("name") or about["table"]
            if kind == "create_table":
                yield from (f"{about['table']}.{column}" for column in about["columns"])
            elif kind == "add_column":
                yield f"{about.get('table', table)}.{about['column']}"
            for change in about.get("changes", []) if kind == "alter_table" else []:
                yield from made(change, about["table"])

    folder = ROOT / "schema/migrations"
    files = [next((folder / schema).glob(f"{number:04}_*.yaml")) for schema, number in migrations]
    operations = [each for path in files for each in yaml.safe_load(path.read_text())["operations"]]
    return {name for operation in operations for name in made(operation)}


def objects_of(path: Path) -> set[str]:
    columns = """SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c
                 WHERE t.type = 'table'"""
    return {name for (name,) in query(path, f"SELECT name FROM sqlite_master UNION {columns}")}


def assert_stopped(before: Path, path: Path) -> int:
    """What an upgrade that failed leaves: the first migrations, on record, nothing of the one that failed or
    of those after it, and all rows and cells that were there. Answers how many are on record. Looks at a
    copy, so that the next start finds the file as it was left."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, Path(folder) / path.name))
        for side in ("-wal", "-journal"):
            if Path(f"{path}{side}").exists():
                shutil.copy(f"{path}{side}", f"{copy}{side}")
        assert query(copy, "PRAGMA integrity_check") == [("ok",)]
        new = objects_of(copy) - objects_of(before)
        recorded = "SELECT schema_name, version FROM _forge_ledger ORDER BY 1, 2"
        applied = query(copy, recorded) if "_forge_ledger" in new else []
        assert applied == sorted(MIGRATIONS)[: len(applied)], "the kernel's come first"
        ours = {name for name in new if not name.startswith(("_forge", "sqlite_"))}
        assert ours <= objects_made_by(set(applied))
        checks = Checks(str(before), str(copy))
        lines: list[str] = []
        checks.report = lines.append
        checks.untouched()
        assert not checks.failed, lines
        assert not checks.new.violations() - checks.old.violations()
        checks.old.db.close()
        checks.new.db.close()
        return len(applied)


def assert_settled(program: Program, path: Path) -> None:
    """A second upgrade changes nothing, and `verify` finds nothing."""
    first = digests(path)
    done = program.run("upgrade", path)
    assert done.returncode == 0, done.stderr
    assert digests(path) == first, "the second upgrade changed something"
    done = program.run("verify", path)
    assert done.returncode == 0, done.stdout + done.stderr
