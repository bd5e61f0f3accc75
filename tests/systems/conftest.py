# SPDX-License-Identifier: MIT
"""Legacy files, the program under test, and digests that notice any change of a file."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples/promptforge/legacy"))

from legacy_schema import create, entries_of_era  # noqa: E402
from make_legacy import Maker  # noqa: E402


class Program:
    """promptforge_db, as a user starts it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [str(self.path), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)

    def json(self, command: str, file: Path) -> dict[str, Any]:
        done = self.run(command, file, "--json")
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def program() -> Program:
    """The newest build, or what PROMPTFORGE_DB names."""
    if named := os.environ.get("PROMPTFORGE_DB"):
        return Program(Path(named))
    built = list(ROOT.glob("build/*/examples/promptforge/promptforge_db"))
    assert built, "promptforge_db is not built; run: cmake --preset dev && cmake --build --preset dev"
    return Program(max(built, key=lambda path: path.stat().st_mtime))


@pytest.fixture
def legacy(tmp_path: Path) -> Callable[..., Path]:
    """Makes a legacy file; `entries` are those of the list that it got."""

    def make(
        entries: set[int] | None = None,
        spelling: str = "orm",
        rebuilt: bool = False,
        kernel: str = "none",
        rows: int = 300,
        fill: bool = True,
    ) -> Path:
        folder = tmp_path / "data"
        folder.mkdir(mode=0o755)
        path = folder / "legacy.db"
        create(str(path), entries_of_era(38) if entries is None else entries, spelling, rebuilt, kernel)
        if fill:
            now = datetime.now(UTC).replace(tzinfo=None)
            maker = Maker(str(path), argparse.Namespace(rows=rows, seed=7, now=now))
            maker.fill()
            maker.db.close()
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
