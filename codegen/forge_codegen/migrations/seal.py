# SPDX-License-Identifier: MIT
"""Writes the `before` and `after` hashes into migration files, leaving every other byte as it is."""

from __future__ import annotations

from forge_codegen.spec import nodes
from forge_codegen.spec.diagnostics import Reporter

BOM = "\ufeff"


def sealed(text: str, before: str, after: str) -> str | None:
    """The file's text with its hashes; None when a key does not start its line (a map in braces).

    >>> print(sealed("doc: x\\noperations:\\n  - a\\n", "1", "2"), end="")
    doc: x
    before: 1
    after: 2
    operations:
      - a
    >>> sealed(sealed("operations: []\\r\\n", "1", "2"), "3", "4")
    'before: 3\\r\\nafter: 4\\r\\noperations: []\\r\\n'
    """
    mark = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(mark)
    root = nodes.load_text(text, "", Reporter())
    lines = text.splitlines(keepends=True)
    dropped: set[int] = set()
    written: list[str] = []
    place = 0
    for key, value in root.entries if root is not None else ():
        first = key.at.line - 1
        indent = lines[first][: key.at.column - 1]
        if indent.strip():
            return None
        if key.text in ("before", "after"):
            dropped.update(range(first, value.at.line))
        elif key.text == "operations":
            ending = "\r\n" if lines[first].endswith("\r\n") else "\n"
            written = [f"{indent}before: {before}{ending}", f"{indent}after: {after}{ending}"]
            place = first
    kept = [line for number, line in enumerate(lines) if number not in dropped and number < place]
    rest = [line for number, line in enumerate(lines) if number not in dropped and number >= place]
    return mark + "".join([*kept, *written, *rest])
