#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that X.fail.cpp is refused in the promised words, and that its twin X.ok.cpp compiles.

usage: check_compile_failures.py [--jobs N] [--precompile HEADER...] FOLDER -- COMPILER FLAG...

The first line of X.fail.cpp is `// expect: TEXT`; TEXT must stand in an error line of the compiler's
output. A failing file without its twin is an error: it might fail for any reason at all. The headers named
by --precompile are compiled once for all the files, which is what makes a hundred of them quick.
"""

import argparse
import concurrent.futures
import subprocess
import sys
import tempfile
from pathlib import Path


def compiled(command: list[str], source: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, "-fsyntax-only", str(source)], capture_output=True, text=True, check=False
    )


def precompiled(command: list[str], headers: list[str], folder: Path) -> list[str]:
    """The command, with the headers included from one precompiled header."""
    header = folder / "all.hpp"
    header.write_text("".join(f"#include <{name}>\n" for name in headers), encoding="utf-8")
    subprocess.run([*command, "-x", "c++-header", str(header), "-o", f"{header}.gch"], check=True)
    return [*command, "-include", str(header)]


def check_pair(command: list[str], failing: Path) -> str | None:
    """What is wrong with the pair, or nothing."""
    twin = failing.with_name(failing.name.replace(".fail.cpp", ".ok.cpp"))
    first = failing.read_text(encoding="utf-8").split("\n", 1)[0]
    if not first.startswith("// expect: "):
        return f"{failing}: the first line must be `// expect: TEXT`"
    if not twin.exists():
        return f"{failing}: has no compiling twin {twin.name}"
    accepted = compiled(command, twin)
    if accepted.returncode != 0:
        return f"{twin}: must compile, but:\n{accepted.stderr}"
    expected = first.removeprefix("// expect: ").strip()
    refused = compiled(command, failing)
    if refused.returncode == 0:
        return f"{failing}: must not compile, but does"
    errors = [line for line in refused.stderr.splitlines() if "error:" in line]
    if not any(expected in line for line in errors):
        return f"{failing}: must be refused with\n  {expected}\nbut the errors are\n" + "\n".join(errors)
    return None


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--precompile", action="append", default=[])
    parser.add_argument("folder", type=Path)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    pairs = sorted(arguments.folder.rglob("*.fail.cpp"))
    with (
        tempfile.TemporaryDirectory() as scratch,
        concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool,
    ):
        command = arguments.command
        if arguments.precompile:
            command = precompiled(command, arguments.precompile, Path(scratch))
        problems = [p for p in pool.map(lambda pair: check_pair(command, pair), pairs) if p]
    print("\n\n".join(problems))
    print(f"{arguments.folder.name}: {len(pairs) - len(problems)} pairs hold, {len(problems)} do not")
    if not pairs:
        print(f"{arguments.folder}: no *.fail.cpp found", file=sys.stderr)
    return 1 if problems or not pairs else 0


if __name__ == "__main__":
    sys.exit(main())
