#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs clang-tidy over C++ files many at once: tidy_units.py BUILD_FOLDER FILE...

Nearly all of a file's time goes to the headers that every file reads again and every check walks again. So a
unit (see units.py) includes several files one after the other, with the flags of all of them. What does not
compile there is checked alone. A finding in a header is printed once. Needs
BUILD_FOLDER/compile_commands.json; fails when anything is found.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

from units import units_of

TIDY = "clang-tidy-14"
PROCESSES = int(os.environ.get("TIDY_PROCESSES", "2"))
UNIT_LINES = 2000  # few units read the headers seldom, several keep the processes busy to the end
# How far the analyzer follows a function's paths; its default is 225000. A test case reaches that through its
# assertions, in a minute a file.
ANALYZER = ["-Xclang", "-analyzer-config", "-Xclang", "max-nodes=5000"]


def flags_of(command: str) -> list[str]:
    """The preprocessor's and the language's part of a compile command."""
    words, flags = shlex.split(command)[1:], []
    for at, word in enumerate(words):
        if word == "-isystem":
            flags.append(f"-isystem{words[at + 1]}")
        elif word.startswith(("-I", "-D", "-std", "-W")):
            flags.append(word)
    return flags


def tidy(file: Path, flags: list[str]) -> tuple[bool, str]:
    run = subprocess.run(
        [TIDY, "--quiet", str(file), "--", *flags, *ANALYZER], capture_output=True, text=True, check=False
    )
    notes = [
        line for line in run.stderr.splitlines() if not re.search(r"warnings? generated|Suppressed", line)
    ]
    return run.returncode == 0, run.stdout + "".join(f"{line}\n" for line in notes)


def broken_in(said: str, members: list[Path]) -> list[Path]:
    """Those of `members` that did not compile, or all when that cannot be told."""
    places = set(re.findall(r"^(\S+?):\d+:\d+: error: .*\[clang-diagnostic-error", said, re.M))
    return [each for each in members if str(each.resolve()) in places] or members


def check(unit: Path, members: list[Path], flags: dict[Path, list[str]]) -> tuple[bool, str]:
    if len(members) == 1:
        return tidy(members[0], flags[members[0]])
    together = list(dict.fromkeys(flag for each in members for flag in flags[each]))
    reason = "// NOLINT(bugprone-suspicious-include): the point of a unit"
    unit.write_text("".join(f'#include "{each.resolve()}"  {reason}\n' for each in members))
    clean, said = tidy(unit, together)
    if "[clang-diagnostic-error" not in said:
        return clean, said
    alone = broken_in(said, members)
    print(f"note: checked alone: {', '.join(map(str, alone))}", flush=True)
    rest = [each for each in members if each not in alone]
    runs = [tidy(each, flags[each]) for each in alone] + ([check(unit, rest, flags)] if rest else [])
    return all(clean for clean, _ in runs), "".join(said for _, said in runs)


def findings_of(said: str) -> list[str]:
    """Each finding with the lines that belong to it."""
    return [
        part for part in re.split(r"^(?=\S+:\d+:\d+: (?:warning|error): )", said, flags=re.M) if part.strip()
    ]


def main() -> int:
    build, files = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    database = json.loads((build / "compile_commands.json").read_text())
    commands = {Path(each["file"]): each["command"] for each in database}
    files = [path for path in files if path.resolve() in commands]  # pytest compiles the others
    flags = {path: flags_of(commands[path.resolve()]) for path in files}
    units = units_of(files, UNIT_LINES)
    folder = build / "units"
    folder.mkdir(parents=True, exist_ok=True)
    print(f"clang-tidy 14: {len(files)} files in {len(units)} units", flush=True)
    failed, told = False, set()
    with ThreadPoolExecutor(PROCESSES) as pool:
        paths = (folder / f"unit_{number}.cpp" for number in range(len(units)))
        for clean, said in pool.map(check, paths, units, repeat(flags)):
            failed |= not clean
            for finding in findings_of(said):
                if finding not in told:
                    print(finding, end="", flush=True)
                told.add(finding)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
