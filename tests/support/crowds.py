# SPDX-License-Identifier: MIT
"""Several programs of tests/programs on one file, which begin at once (tests/programs/crowd.hpp)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from legacy_files import built_program

ROUNDS = 200 if pytest.full else 40
#: How many programs, and threads in each.
CROWDS = [pytest.param(1, 8, id="8-threads"), pytest.param(4, 2, id="4-programs")]


def together(program: str, file: Path, what: str, programs: int, threads: int) -> int:
    """Starts them, lets them begin when all are ready; the sum of what they answer."""
    command = [str(built_program(program)), str(file), what, str(threads), str(ROUNDS)]
    reader, writer = os.pipe()  # its end is the signal
    pipes = {"stdin": reader, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, **pipes) for _ in range(programs)]
    os.close(reader)
    said = [one.stdout.readline() for one in running]
    os.close(writer)
    ended = [one.communicate(timeout=300) for one in running]
    assert [one.returncode for one in running] == [0] * programs, [errors for _, errors in ended]
    assert said == ["ready\n"] * programs
    return sum(int(output) for output, _ in ended)
