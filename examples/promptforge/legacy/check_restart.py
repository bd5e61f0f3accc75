#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Starts promptforge_db on an up-to-date file and checks what that costs and that it changes nothing.

    check_restart.py PROGRAM FILE

Prints a line for each thing checked; exits 1 if one of them does not hold.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

STARTS = 5
EVERY_START = 3  # begin, the step's one statement, commit
A_SCHEMA = 3  # the most that an up-to-date start may take for each schema


def digests(file: str) -> tuple[str, str]:
    """Of the schema, and of every row of every table, ledger included."""
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    db.text_factory = bytes
    schema = db.execute("SELECT type, name, rootpage, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
    rows = hashlib.sha256()
    for kind, name, *_ in schema:
        if kind == b"table":
            for row in db.execute(f'SELECT rowid, * FROM "{name.decode()}" ORDER BY rowid'):
                rows.update(repr((name, row)).encode())
    db.close()
    return hashlib.sha256(repr(schema).encode()).hexdigest(), rows.hexdigest()


def start(program: str, file: str) -> dict:
    done = subprocess.run([program, "upgrade", file, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    program, file = sys.argv[1:]
    failed = 0

    def check(what: str, holds: bool) -> None:
        nonlocal failed
        failed += not holds
        print(f"{'ok  ' if holds else 'FAIL'}  {what}")

    start(program, file)
    before = digests(file)
    reports = [start(program, file) for _ in range(STARTS)]
    schemas = len(reports[0]["schemas"])
    statements = max(report["start"]["statements"] for report in reports)
    took = sorted(report["start"]["microseconds"] for report in reports)[STARTS // 2]
    ours = statements - EVERY_START
    idle = not any(schema["migrations"] for report in reports for schema in report["schemas"])
    check("an up-to-date start runs no migration", idle)
    enough = ours <= A_SCHEMA * schemas
    check(f"it takes {ours} statements for {schemas} schemas, at most {A_SCHEMA} each", enough)
    print(
        f"      and {EVERY_START} for the step of every start; {took} microseconds, opening the file included"
    )
    check("schema and rows are the same after it, by digest", digests(file) == before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (Path(file).parent, Path(file))]
    check(f"directory and file have the modes {modes[0]:04o} and {modes[1]:04o}", modes == [0o700, 0o600])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
