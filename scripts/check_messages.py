#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every static_assert of the headers that speaks to users says its rule, and a cure behind a semicolon."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ASSERTION = re.compile(r"static_assert\(")
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[()]')


def assertions(text: str) -> list[tuple[int, str]]:
    """The line of each static_assert, and what it says.

    >>> assertions('x;\\nstatic_assert(f(")") > 0, "forge_db: a "\\n  "b; c");')
    [(2, ')forge_db: a b; c')]
    """
    found = []
    for start in ASSERTION.finditer(text):
        depth, end = 0, len(text)
        for token in TOKEN.finditer(text, start.end() - 1):
            depth += {"(": 1, ")": -1}.get(token.group(), 0)
            if depth == 0:
                end = token.start()
                break
        line = text.count("\n", 0, start.start()) + 1
        found.append((line, "".join(LITERAL.findall(text[start.end() : end]))))
    return found


def main() -> int:
    root = Path(__file__).resolve().parent.parent
    wrong = [
        f"{header.relative_to(root)}:{line}: {said}"
        for header in sorted((root / "include").rglob("*.hpp"))
        for line, said in assertions(header.read_text(encoding="utf-8"))
        if "forge_db: " in said and ";" not in said
    ]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
