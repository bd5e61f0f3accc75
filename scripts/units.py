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
    r"^(?:\[\[[^\]]*\]\] )?(?:struct|class|enum class|enum|#define) (?!namespace)(\w+)\b(?!::)", re.M
)
ALIAS = re.compile(r"^using (\w+) = (.*;)$", re.M)
USED = re.compile(r"^using namespace (?!.*literals)([\w:]+);", re.M)
OTHER = re.compile(
    r"^(?!using|return|namespace|#|[A-Z_]+\(|//|\s|struct|class|enum|template|static_assert|extern)"
    r"[\w:<>,&*\[\] ]*?[ &*](\w+)\s*[({=;\[]",
    re.M,
)


def names_of(text: str) -> set[str]:
    """What a file defines at the start of a line, which is where this code has file scope."""
    return set(TYPE.findall(text)) | set(OTHER.findall(text))


def aliases_of(text: str) -> dict[str, str]:
    """Names for types. The same one may stand in several files of a unit."""
    return dict(ALIAS.findall(text))


def meet(names: set[str], aliases: dict[str, str], other: set[str], others: dict[str, str]) -> bool:
    """Whether two files cannot be one, because a name would mean two things."""
    twice = names & (other | others.keys()) or other & aliases.keys()
    return bool(twice) or any(others.get(name, meaning) != meaning for name, meaning in aliases.items())


def units_of(files: list[Path], lines: int) -> list[list[Path]]:
    """Each file goes into the first unit with its `using namespace` that has room and none of its names."""
    units: list[tuple[set[str], set[str], dict[str, str], list[int], list[Path]]] = []
    alone: list[list[Path]] = []
    for path in sorted(files):
        text = path.read_text()
        used, names, aliases = set(USED.findall(text)), names_of(text), aliases_of(text)
        size = text.count("\n")
        headers = [header.read_text() for header in path.parent.glob("*.hpp")]
        if any(meet(names, aliases, names_of(header), aliases_of(header)) for header in headers):
            alone.append([path])
            continue
        for other, taken, named, total, members in units:
            if other == used and total[0] + size <= lines and not meet(names, aliases, taken, named):
                taken |= names
                named |= aliases
                total[0] += size
                members.append(path)
                break
        else:
            units.append((used, names, aliases, [size], [path]))
    return [members for *_, members in units] + alone


def main() -> None:
    for number, members in enumerate(units_of([Path(name) for name in sys.argv[2:]], int(sys.argv[1]))):
        for each in members:
            print(number, each)


if __name__ == "__main__":
    main()
