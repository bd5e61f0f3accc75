# SPDX-License-Identifier: MIT
"""What a loader must do with any input: accept it, or answer errors, each at a place inside one of the files;
never fail otherwise, never need more than the limits of loader_process.py, and answer the same again.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

KINDS = ("spec_yaml", "migration_yaml", "seed_yaml")
PROCESS = Path(__file__).resolve().parent / "loader_process.py"


class Loader:
    """One process that reads cases. It is started again when it died."""

    def __init__(self, kind: str, hash_seed: str) -> None:
        self._kind = kind
        self._environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        self._process: subprocess.Popen[str] | None = None

    def answer(self, folder: Path) -> dict:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, str(PROCESS), self._kind],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=self._environment,
                text=True,
            )
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if line:
            return json.loads(line)
        status = self._process.wait()
        self._process = None
        return {"failure": f"the process died with status {status}", "where": ""}

    def close(self) -> None:
        if self._process is not None:
            self._process.communicate()
            self._process = None


class Oracle:
    """Two processes with different hash seeds answer each case."""

    def __init__(self, kind: str) -> None:
        self._loaders = [Loader(kind, seed) for seed in ("1", "2")]

    def ask(self, folder: Path, twice: bool = True) -> tuple[str, list]:
        """What is wrong with the answers, empty when nothing is; and the errors of the case. Without `twice`
        a single process answers, in half of the time.
        """
        first = self._loaders[0].answer(folder)
        second = self._loaders[1].answer(folder) if twice else first
        for one in (first, second):
            if "failure" in one:
                return f"{one['failure']} (in {one['where']})", []
        if first != second:
            return f"two answers: {_difference(first['errors'], second['errors'])}", []
        for error in first["errors"]:
            if not _inside(folder, *error[:3]):
                return f"an error outside of its file: {error}", []
        return "", first["errors"]

    def close(self) -> None:
        for loader in self._loaders:
            loader.close()


def _difference(first: list, second: list) -> list:
    return [error for error in (*first, *second) if (error in first) != (error in second)][:2]


def _inside(folder: Path, file: str, line: int, column: int) -> bool:
    """Whether an editor finds the place; the end of a line, and of the file, is one."""
    path = folder / file
    if not path.is_file():
        return False
    lines = re.split("\r\n|\r|\n", path.read_bytes().decode("utf-8-sig", errors="replace"))
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1
