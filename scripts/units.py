#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which C++ files can be compiled as one: units.py COUNT FILE...

Files that define the same name at file scope go to different units: about COUNT of about the same size.
Prints `NUMBER FILE` a line.
"""

import re
import sys
from pathlib import Path

TYPE = re.compile(
    r"^(?:\[\[[^\]]*\]\] )?(?:struct|class|enum class|enum|using|#define) (?!namespace)(\w+)\b(?!::)", re.M
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


def units_of(files: list[Path], count: int) -> list[list[Path]]:
    """Each file goes into the smallest unit without any of its names, into a new one if there is none."""
    units: list[tuple[list[int], set[str], list[Path]]] = [([0], set(), []) for _ in range(count)]
    for path in sorted(files, key=lambda each: (-len(names_of(each)), each)):
        names = names_of(path)
        fitting = [unit for unit in units if not names & unit[1]]
        if not fitting:
            units.append(([0], set(), []))
            fitting = units[-1:]
        size, taken, members = min(fitting, key=lambda unit: unit[0])
        size[0] += path.read_text().count("\n")
        taken |= names
        members.append(path)
    return [members for *_, members in units if members]


def main() -> None:
    for number, members in enumerate(units_of([Path(name) for name in sys.argv[2:]], int(sys.argv[1]))):
        for each in members:
            print(number, each)


if __name__ == "__main__":
    main()
