# SPDX-License-Identifier: MIT
"""Writes the `before` and `after` hashes into migration files, leaving every other byte as it is."""

from __future__ import annotations

import re


def sealed(text: str, before: str, after: str) -> str:
    """The file's text with its hashes.

    >>> print(sealed("doc: x\\noperations:\\n  - a\\n", "1", "2"), end="")
    doc: x
    before: 1
    after: 2
    operations:
      - a
    >>> sealed(sealed("operations: []\\n", "1", "2"), "3", "4")
    'before: 3\\nafter: 4\\noperations: []\\n'
    """
    lines = [line for line in text.splitlines(keepends=True) if not re.match(r"(before|after)\s*:", line)]
    place = next(
        number for number, line in enumerate(lines) if re.match(r"""["']?operations["']?\s*:""", line)
    )
    lines[place:place] = [f"before: {before}\n", f"after: {after}\n"]
    return "".join(lines)
