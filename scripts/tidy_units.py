#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs clang-tidy over C++ files many at once: tidy_units.py BUILD_FOLDER FILE...

Nearly all of a file's time goes to the headers that every file reads again and every check walks again. So a
unit includes several files one after the other, with the flags of all of them. Files that define the same
name at file scope go to different units; what that overlooks fails to compile, and then the unit's files are
checked one by one. A finding in a header is printed once. Needs BUILD_FOLDER/compile_commands.json; fails
when anything is found.
"""

import json
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

TIDY = "clang-tidy-14"
PROCESSES = 2
UNIT_LINES = 1200  # of source: small enough that the processes end at about the same time
# How far the analyzer follows a function's paths; its default is 225000. A test case reaches that through its
# assertions, in a minute a file.
ANALYZER = ["-Xclang", "-analyzer-config", "-Xclang", "max-nodes=5000"]

TYPE = re.compile(
    r"^(?:\[\[[^\]]*\]\] )?(?:struct|class|enum class|enum|using|#define) (?!namespace)(\w+)\b", re.M
)
OTHER = re.compile(
    r"^(?!using|return|namespace|#|[A-Z_]+\(|//|\s|struct|class|enum|template|static_assert|extern)"
    r"[\w:<>,&*\[\] ]*?[ &*](\w+)\s*[({=;\[]",
    re.M,
)


def names_of(path: Path) -> set[str]:
    """What `path` defines at the start of a line, which is where this code has file scope."""
    text = path.read_text()
    return set(TYPE.findall(text)) | set(OTHER.findall(text))


def units_of(files: list[Path]) -> list[list[Path]]:
    """Files of one top folder, in order, each in the first unit that has room for it and none of its names."""
    units: list[tuple[str, set[str], list[int], list[Path]]] = []
    for path in sorted(files):
        folder, names, lines = path.parts[0], names_of(path), path.read_text().count("\n")
        for other, taken, size, members in units:
            if other == folder and size[0] + lines <= UNIT_LINES and not names & taken:
                taken |= names
                size[0] += lines
                members.append(path)
                break
        else:
            units.append((folder, names, [lines], [path]))
    return [members for *_, members in units]


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


def check(unit: Path, members: list[Path], flags: dict[Path, list[str]]) -> tuple[bool, str]:
    if len(members) > 1:
        together = list(dict.fromkeys(flag for each in members for flag in flags[each]))
        reason = "// NOLINT(bugprone-suspicious-include): the point of a unit"
        unit.write_text("".join(f'#include "{each.resolve()}"  {reason}\n' for each in members))
        clean, said = tidy(unit, together)
        if "[clang-diagnostic-error" not in said:
            return clean, said
    alone = [tidy(each, flags[each]) for each in members]
    return all(clean for clean, _ in alone), "".join(said for _, said in alone)


def findings_of(said: str) -> list[str]:
    """Each finding with the lines that belong to it."""
    return [
        part for part in re.split(r"^(?=\S+:\d+:\d+: (?:warning|error): )", said, flags=re.M) if part.strip()
    ]


def main() -> int:
    build, files = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    database = json.loads((build / "compile_commands.json").read_text())
    commands = {Path(each["file"]): each["command"] for each in database}
    flags = {path: flags_of(commands[path.resolve()]) for path in files}
    units = units_of(files)
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
