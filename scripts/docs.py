#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts tested regions of source files into the Markdown documents, so that all of it is compiled and run.

A document says where a block comes from:

    <!-- region: tests/docs/readme.cpp query -->
    ```cpp
    ...replaced...
    ```

and the source marks the region with `// [query]` before and `// [/query]` after it (`#` in YAML, CMake and
shell). A region of `*` is the whole file. The pages of PAGES are the whole output of a command.

`<!-- gallery: FILE NAME -->` to `<!-- /gallery -->` is a table of the region's `SHOW(R"(sql)", query);`:
the SQL on the left, the query on the right.
With --check nothing is written, and a stale document fails.
"""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "docs/spec_reference.md": ("codegen/forge", "reference"),
    "docs/migration_reference.md": ("codegen/forge", "reference", "--of", "migration"),
    "docs/seed_reference.md": ("codegen/forge", "reference", "--of", "seed"),
}
BLOCK = re.compile(
    r"(<!-- region: (?P<file>\S+) (?P<name>\S+) -->\n```(?P<language>\w*)\n)(?P<body>.*?)(^```$)", re.S | re.M
)

GALLERY = re.compile(
    r"(<!-- gallery: (?P<file>\S+) (?P<name>\S+) -->\n).*?(^<!-- /gallery -->$)", re.S | re.M
)
SHOWN = re.compile(r'^ *SHOW\(R"\((?P<sql>.*?)\)",\s+(?P<query>.*?)\);$', re.S | re.M)


def region(source: Path, name: str) -> str:
    """The text between the marks of the region, without their indentation."""
    text = source.read_text(encoding="utf-8")
    if name == "*":
        return text
    marked = re.search(
        rf"^[ \t]*(?://|#) \[{re.escape(name)}\]\n(.*?)^[ \t]*(?://|#) \[/{re.escape(name)}\]$",
        text,
        re.S | re.M,
    )
    if marked is None:
        raise SystemExit(f"docs: {source.relative_to(ROOT)} has no region [{name}]")
    return textwrap.dedent(marked.group(1)).strip("\n") + "\n"


def gallery(shown: str) -> str:
    """A table of the pairs; HTML around fenced blocks is what Markdown has for code in cells."""
    rows = []
    for pair in SHOWN.finditer(shown):
        query = from_its_first_line(pair["query"])
        rows.append(
            f"<tr><td>\n\n```sql\n{pair['sql']}\n```\n</td><td>\n\n```cpp\n{query}\n```\n</td></tr>\n"
        )
    if not rows:
        raise SystemExit("docs: a gallery without a SHOW()")
    return "<table>\n<tr><th>SQL</th><th>ForgeDB</th></tr>\n" + "".join(rows) + "</table>\n"


def from_its_first_line(code: str) -> str:
    """Code of which the first line stands somewhere, and the next ones are indented from there."""
    first, _, more = code.partition("\n")
    return first + ("\n" + textwrap.indent(textwrap.dedent(more), "    ") if more else "")


def refreshed(text: str) -> str:
    text = BLOCK.sub(lambda m: m[1] + region(ROOT / m["file"], m["name"]) + m[6], text)
    return GALLERY.sub(lambda m: m[1] + gallery(region(ROOT / m["file"], m["name"])) + m[4], text)


def made_by(command: tuple[str, ...]) -> str:
    return subprocess.run(
        [ROOT / command[0], *command[1:]], check=True, capture_output=True, text=True
    ).stdout


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    stale = 0
    pages = {ROOT / name: command for name, command in PAGES.items()}
    for document in sorted({ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *pages}):
        text = document.read_text(encoding="utf-8") if document.exists() else ""
        new = made_by(pages[document]) if document in pages else refreshed(text)
        if new == text:
            continue
        stale += 1
        print(f"{document.relative_to(ROOT)}: " + ("stale; run `make docs`" if check else "written"))
        if not check:
            document.write_text(new, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
