#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which C++ files can be compiled as one: units.py LINES FILE...

Files that define the same name at file scope, or say `using namespace` of different ones, go to different
units of up to LINES; one that defines a name of a header beside it is a unit of its own. Prints `NUMBER FILE`
a line.
"""

import re
import sys
from pathlib import Path

TYPE = re.compile(
    r"^(?:\[\[[^\]]*\]\] )?(?:struct|class|enum class|enum|using|#define) (?!namespace)(\w+)\b(?!::)", re.M
)
USED = re.compile(r"^using namespace (?!.*literals)([\w:]+);", re.M)
OTHER = re.compile(
    r"^(?!using|return|namespace|#|[A-Z_]+\(|//|\s|struct|class|enum|template|static_assert|extern)"
    r"[\w:<>,&*\[\] ]*?[ &*](\w+)\s*[({=;\[]",
    re.M,
)


def names_of(text: str) -> set[str]:
    """What a file defines at the start of a line, which is where this code has file scope."""
    return set(TYPE.findall(text)) | set(OTHER.findall(text))


def units_of(files: list[Path], lines: int) -> list[list[Path]]:
    """Each file goes into the first unit with its `using namespace` that has room and none of its names."""
    units: list[tuple[set[str], set[str], list[int], list[Path]]] = []
    alone: list[list[Path]] = []
    for path in sorted(files):
        text = path.read_text()
        used, names, size = set(USED.findall(text)), names_of(text), text.count("\n")
        if any(names & names_of(header.read_text()) for header in path.parent.glob("*.hpp")):
            alone.append([path])
            continue
        for other, taken, total, members in units:
            if other == used and total[0] + size <= lines and not names & taken:
                taken |= names
                total[0] += size
                members.append(path)
                break
        else:
            units.append((used, names, [size], [path]))
    return [members for *_, members in units] + alone


def main() -> None:
    for number, members in enumerate(units_of([Path(name) for name in sys.argv[2:]], int(sys.argv[1]))):
        for each in members:
            print(number, each)


if __name__ == "__main__":
    main()
