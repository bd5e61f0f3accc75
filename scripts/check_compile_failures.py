#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that X.fail.cpp is refused in the promised words, and that its twin X.ok.cpp compiles.

usage: check_compile_failures.py [--jobs N] [--together N] [--precompile HEADER...] FOLDER -- COMPILER...

The first line of X.fail.cpp is `// expect: TEXT`; TEXT must stand in an error line of the compiler's
output, and in each of them where it is `// expect only: TEXT`. A failing file without its twin is an error:
it might fail for any reason at all. The headers named by --precompile are compiled once for all the files,
and --together files are one source, each in a namespace of its own, which is what makes hundreds of them
quick. An error counts for the file that the compiler names as its place or as what required it. What does
not hold in company is asked again alone, and that answer counts.
"""

import argparse
import concurrent.futures
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

SOME, ONLY = "// expect: ", "// expect only: "
PLACE = re.compile(r"(\S+\.(?:fail|ok)\.cpp):\d+")


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


def is_include(line: str) -> bool:
    return line.startswith("#include ")


def includes(source: Path) -> list[str]:
    return sorted(line for line in source.read_text(encoding="utf-8").splitlines() if is_include(line))


def fits_a_namespace(source: Path) -> bool:
    """Whether the text means the same in a namespace: specialisations do not, nor does "the only error"."""
    text = source.read_text(encoding="utf-8")
    special = re.search(r"^\s*(template <>|namespace forge_db\b|#(?!include ))", text, re.MULTILINE)
    return not special and not expects_only(source)


def together(sources: list[Path]) -> str:
    """One source of all: their includes, then each in a namespace of its own, at the lines that it has."""
    lines = list(dict.fromkeys(line for source in sources for line in includes(source)))
    for number, source in enumerate(sources):
        text = source.read_text(encoding="utf-8").splitlines()
        lines += [f"namespace file_{number} {{", f'#line 1 "{source}"']
        lines += ["" if is_include(line) else line for line in text]
        lines.append("}")
    return "\n".join([*lines, ""])


def errors_by_file(output: str) -> dict[str, list[str]]:
    """The error lines of each file: those at a place in it, or required from one."""
    errors: dict[str, list[str]] = {}
    file = None
    for line in output.splitlines():
        found = PLACE.search(line)
        if found and ": note:" not in line:
            file = found.group(1)
        if "error:" in line:
            if file is not None:
                errors.setdefault(file, []).append(line)
            file = None
    return errors


def expected_text(failing: Path) -> str | None:
    first = failing.read_text(encoding="utf-8").split("\n", 1)[0]
    return next((first.removeprefix(mark).strip() for mark in (SOME, ONLY) if first.startswith(mark)), None)


def expects_only(failing: Path) -> bool:
    return failing.read_text(encoding="utf-8").startswith(ONLY)


def twin_of(failing: Path) -> Path:
    return failing.with_name(failing.name.replace(".fail.cpp", ".ok.cpp"))


def check_pair(command: list[str], failing: Path, asked: set[Path]) -> str | None:
    """What is wrong with the pair, or nothing. Only the files asked for are compiled."""
    twin = twin_of(failing)
    expected = expected_text(failing)
    if expected is None:
        return f"{failing}: the first line must be `// expect: TEXT`"
    if not twin.exists():
        return f"{failing}: has no compiling twin {twin.name}"
    if twin in asked:
        accepted = compiled(command, twin)
        if accepted.returncode != 0:
            return f"{twin}: must compile, but:\n{accepted.stderr}"
    if failing not in asked:
        return None
    refused = compiled(command, failing)
    if refused.returncode == 0:
        return f"{failing}: must not compile, but does"
    errors = [line for line in refused.stderr.splitlines() if "error:" in line]
    hold = all if expects_only(failing) else any
    if not errors or not hold(expected in line for line in errors):
        return f"{failing}: must be refused with\n  {expected}\nbut the errors are\n" + "\n".join(errors)
    return None


def hold_together(command: list[str], sources: list[Path], scratch: Path) -> set[Path]:
    """Those of the sources that do what they must when they are compiled as one."""
    scratch.write_text(together(sources), encoding="utf-8")
    done = compiled(command, scratch)
    errors = errors_by_file(done.stderr)
    held = set()
    for source in sources:
        if source.name.endswith(".ok.cpp"):
            if done.returncode == 0:
                held.add(source)
        elif (expected := expected_text(source)) and any(
            expected in line for line in errors.get(str(source), [])
        ):
            held.add(source)
    return held


def batches(sources: Iterable[Path], size: int) -> list[list[Path]]:
    """Files with the same includes next to each other."""
    fitting = sorted(filter(fits_a_namespace, sources), key=lambda source: (includes(source), source))
    return [fitting[start : start + size] for start in range(0, len(fitting), size)]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--precompile", action="append", default=[])
    parser.add_argument("folder", type=Path)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    pairs = sorted(arguments.folder.rglob("*.fail.cpp"))
    twins = [twin for pair in pairs if (twin := twin_of(pair)).exists()]
    asked = {*pairs, *twins}
    with (
        tempfile.TemporaryDirectory() as scratch,
        concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool,
    ):
        command = arguments.command
        if arguments.precompile:
            command = precompiled(command, arguments.precompile, Path(scratch))
        if arguments.together > 1:
            groups = batches(pairs, arguments.together) + batches(twins, arguments.together)
            places = [Path(scratch) / f"batch_{number}.cpp" for number in range(len(groups))]
            for held in pool.map(lambda group, place: hold_together(command, group, place), groups, places):
                asked -= held
        problems = [p for p in pool.map(lambda pair: check_pair(command, pair, asked), pairs) if p]
    print("\n\n".join(problems))
    print(f"{arguments.folder.name}: {len(pairs) - len(problems)} pairs hold, {len(problems)} do not")
    print(f"{len(asked)} files of {len(pairs) + len(twins)} were compiled alone")
    if not pairs:
        print(f"{arguments.folder}: no *.fail.cpp found", file=sys.stderr)
    return 1 if problems or not pairs else 0


if __name__ == "__main__":
    sys.exit(main())
