#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the tables of docs/systems/: each operation of the two systems has a function, a test, and a size.

A row is `operation | function | test | lines`. The function stands in the example's source. The test is
`file`, below tests/, with a Catch2 case whose name begins with the operation, or `file.py: test`, where
one of the files has a case of the operation's name: a text that is the operation. Lines are
those of the function's body and of the helpers that no other operation calls, without comments and blank
lines; over 15 of them need a reason: `22: why`. Operations that are not there yet are a list under "Not
supported yet".

--update writes the numbers, --print shows them with the helpers that several operations share.
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from cpp_functions import Function, functions_in
from operations import BOUND, SYSTEMS, System

ROOT = Path(__file__).resolve().parent.parent
MISSING = "## Not supported yet"
HEAD = ["operation", "function", "test", "lines"]
CASE = re.compile(r'\bTEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)')
INCLUDE = re.compile(r'#include ["<](?:[\w/]*/)?(\w+)\.hpp[">]')
CALL = re.compile(r"(?<![\w.])(?:(?<!->)|(?=\w+\s*\())(\w+)\b|(?:\.|->)(\w+)\s*\(")


@dataclass
class Row:
    operation: str
    functions: list[str]
    tests: list[str]
    lines: str
    number: int  # of the page's line

    @property
    def count(self) -> str:
        return self.lines.partition(":")[0].strip()

    @property
    def reason(self) -> str:
        return self.lines.partition(":")[2].strip()


@dataclass
class Size:
    own: int
    helpers: list[Function] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.own + sum(each.lines for each in self.helpers)


@dataclass
class Page:
    rows: list[Row]
    missing: list[str]
    problems: list[str]


def read_page(text: str) -> Page:
    page = Page([], [], [])
    done, _, missing = text.partition(MISSING)
    page.missing = re.findall(r"^- `([^`]+)`", missing, re.MULTILINE)
    for number, line in enumerate(done.splitlines(), start=1):
        if not line.startswith("| "):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if len(cells) != len(HEAD):
            page.problems.append(f"line {number}: {len(cells)} cells; a row is {' | '.join(HEAD)}")
        elif cells != HEAD:
            quoted = [re.findall(r"`([^`]+)`", cell) for cell in cells[:3]]
            page.rows.append(Row(" ".join(quoted[0]), quoted[1], quoted[2], cells[3], number))
    return page


def source_functions(folder: Path) -> list[Function]:
    files = sorted([*folder.rglob("*.hpp"), *folder.rglob("*.cpp")])
    return [each for file in files for each in functions_in(file.read_text(encoding="utf-8"), file)]


def called(function: Function) -> set[str]:
    """Names that the body may call: a name without an object, or a member with its parentheses."""
    names = {name or member for name, member in CALL.findall(re.sub(r"\bstd\s*::\s*\w+", "", function.body))}
    return names - {function.short}


def visible_from(file: Path, folder: Path) -> set[str]:
    """Stems of the files whose functions a file can call: its own, and those of headers that it includes."""
    found: set[str] = set()
    todo = {file.stem}
    while todo:
        stem = todo.pop()
        found.add(stem)
        for each in (*folder.rglob(f"{stem}.hpp"), *([file] if stem == file.stem else [])):
            includes = INCLUDE.findall(each.read_text(encoding="utf-8"))
            todo |= set(includes) - found
    return found


def sizes(
    rows: list[Row], functions: list[Function], folder: Path
) -> tuple[dict[str, Size], list[tuple[Function, int]]]:
    """The size of each operation, and the helpers of several with how many use them."""
    of_row = {row.operation: [f for f in functions if any(map(f.is_called, row.functions))] for row in rows}
    operations = {id(f) for found in of_row.values() for f in found}
    helpers: dict[str, list[Function]] = {}
    for each in functions:
        if id(each) not in operations:
            helpers.setdefault(each.short, []).append(each)
    visible = {file: visible_from(file, folder) for file in {f.file for f in functions}}
    calls = {
        id(f): [h for name in called(f) for h in helpers.get(name, []) if h.file.stem in visible[f.file]]
        for f in functions
    }

    users: dict[int, set[str]] = {}
    for operation, found in of_row.items():
        todo = list(found)
        while todo:
            for helper in calls[id(todo.pop())]:
                reached = users.setdefault(id(helper), set())
                if operation not in reached:
                    reached.add(operation)
                    todo.append(helper)
    of_one = {i for i, reached in users.items() if len(reached) == 1}
    result = {}
    for operation, found in of_row.items():
        own = [f for f in functions if id(f) in of_one and users[id(f)] == {operation}]
        result[operation] = Size(sum(f.lines for f in found), own)
    return result, [(f, len(users[id(f)])) for f in functions if id(f) in users and id(f) not in of_one]


def test_problem(operation: str, proof: str, tests: Path) -> str | None:
    """What is wrong with a test, or nothing."""
    name, _, test = proof.partition(": ")
    if not (tests / name).is_file():
        return f"there is no {name}"
    text = (tests / name).read_text(encoding="utf-8")
    if name.endswith(".py"):
        found = re.search(rf"^def {re.escape(test)}\(", text, re.MULTILINE)
        return None if test and found else f"{name} has no test {test!r}"
    cases = ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', case)) for case in CASE.findall(text)]
    begins = re.compile(re.escape(operation) + r"(?!\w)")
    return None if any(map(begins.match, cases)) else f"{name} has no test whose name begins with {operation}"


def row_problems(row: Row, size: Size, functions: list[Function], tests: Path) -> list[str]:
    problems = [
        f"{name} is no function of the example's source"
        for name in row.functions
        if not any(f.is_called(name) for f in functions)
    ]
    if not row.functions:
        problems.append("names no function")
    if not row.tests:
        problems.append("names no test")
    problems += [text for proof in row.tests if (text := test_problem(row.operation, proof, tests))]
    python = [tests / file for proof in row.tests if (file := proof.partition(":")[0]).endswith(".py")]
    if (
        not problems
        and python
        and not any(f'"{row.operation}"' in each.read_text("utf-8") for each in python)
    ):
        problems.append("is the name of no case in these tests")
    if not problems and row.count != str(size.total):
        problems.append(
            f"has {size.total} lines, and the page says {row.count or 'nothing'}; --update writes it"
        )
    if size.total > BOUND and not row.reason:
        problems.append(f"has {size.total} lines: over {BOUND} need a reason, written `{size.total}: why`")
    return [f"{row.operation} {text}" for text in problems]


def list_problems(system: System, page: Page) -> list[str]:
    """Every operation stands on the page once, in a table or under "Not supported yet"."""
    named = [*(row.operation for row in page.rows), *page.missing]
    problems = [f"{each} stands nowhere on the page" for each in system.operations if each not in named]
    problems += [f"{each} is no operation of the system" for each in named if each not in system.operations]
    return problems + [f"{each} stands twice" for each in sorted({x for x in named if named.count(x) > 1})]


def check(system: System, root: Path = ROOT) -> tuple[Page, dict[str, Size], list[tuple[Function, int]]]:
    """The page with all problems, the sizes, the shared helpers."""
    page = read_page((root / system.page).read_text(encoding="utf-8"))
    functions = source_functions(root / system.source)
    measured, shared = sizes(page.rows, functions, root / system.source)
    page.problems += list_problems(system, page)
    for row in page.rows:
        page.problems += row_problems(row, measured[row.operation], functions, root / "tests")
    page.problems = [f"{system.page}: {text}" for text in page.problems]
    return page, measured, shared


def update(system: System, root: Path = ROOT) -> None:
    """Writes the number of lines into each row; a reason stays."""
    path = root / system.page
    lines = path.read_text(encoding="utf-8").splitlines()
    page, measured, _ = check(system, root)
    for row in page.rows:
        before = lines[row.number - 1].rstrip().rstrip("|").rstrip()
        head = before[: before.rindex(" | ")] if row.lines else before.rstrip(" |")
        reason = f": {row.reason}" if row.reason else ""
        lines[row.number - 1] = f"{head} | {measured[row.operation].total}{reason} |"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def show(system: System, sizes_of: dict[str, Size], shared: list[tuple[Function, int]]) -> None:
    print(system.page)
    for operation, size in sorted(sizes_of.items(), key=lambda each: -each[1].total):
        own = ", ".join(f"{each.short} {each.lines}" for each in size.helpers)
        print(f"  {size.total:4} {operation}" + (f" (with {own})" if own else ""))
    print("  shared helpers:")
    for each, users in sorted(shared, key=lambda pair: -pair[0].lines):
        print(f"  {each.lines:4} {each.name}, {users} operations")


def main() -> int:
    failed = False
    for system in SYSTEMS:
        if "--update" in sys.argv:
            update(system)
        page, measured, shared = check(system)
        if "--print" in sys.argv:
            show(system, measured, shared)
        for text in page.problems:
            print(text)
        total = sum(size.total for size in measured.values())
        helpers = sum(each.lines for each, _ in shared)
        print(
            f"{system.page}: {len(page.rows)} operations in {total} lines,"
            f" and {helpers} of helpers that several share; {len(page.missing)} not supported yet"
        )
        failed = failed or bool(page.problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
