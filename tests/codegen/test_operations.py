# SPDX-License-Identifier: MIT
"""scripts/check_operations.py: what it counts, and what it does not let pass."""

from __future__ import annotations

import doctest
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import check_operations  # noqa: E402
import cpp_functions  # noqa: E402
import operations  # noqa: E402

SOURCE = """
namespace app {
namespace {
// Used by both: { } in a comment
int shared(int x) { return x + 1; }
int alone(int x) {
  return x;  // a comment does not make a line, nor does an empty one

}
}  // namespace
box::box(session& s) : session_(s), name_{"a"} {}
int box::get(int x) const {
  /* three
     lines
     of comment */
  auto const text = R"(select {
      two lines)";

  return shared(alone(x));
}
std::map<std::string, int> box::put(std::span<int const> all) {
  for (int x : all) { keep(shared(x)); }
  return std::transform(all, [](int y) { return y; });
}
}  // namespace app
"""
TEST = """
TEST_CASE("Box.get: answers " "it") {}
TEST_CASE(
    "Box.put_all: is another") {}
TEST_CASE("Box.put") {}
"""
ROWS = """| operation | function | test | lines |
|---|---|---|---|
| `Box.get` | `box::get` | `box_test.cpp` | 4 |
| `Box.put` | `box::put` | `test_box.py: test_put` | 2 |

## Not supported yet
- `Box.drop`
"""
BOX = operations.System("page.md", "src", ("Box.get", "Box.put", "Box.drop"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "src/box.cpp": SOURCE,
        "tests/box_test.cpp": TEST,
        "tests/test_box.py": 'CASES = ["Box.put"]\ndef test_put() -> None: ...\n',
        "page.md": ROWS,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def problems(root: Path, before: str = "", after: str = "", file: str = "page.md") -> list[str]:
    path = root / file
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))
    return check_operations.check(BOX, root)[0].problems


def test_examples() -> None:
    for module in (cpp_functions, operations, check_operations):
        assert doctest.testmod(module).failed == 0


def test_functions_have_their_scopes_and_lines_of_code(root: Path) -> None:
    found = cpp_functions.functions_in(SOURCE, root / "src/box.cpp")
    assert [(each.name, each.line, each.lines) for each in found] == [
        ("app::shared", 5, 1),
        ("app::alone", 6, 1),
        ("app::box::box", 11, 0),
        ("app::box::get", 12, 3),
        ("app::box::put", 21, 2),
    ]


def test_a_function_of_a_file_that_is_not_included_is_no_helper(root: Path) -> None:
    (root / "src/other.hpp").write_text("int alone();\nint keep(int x) { return x; }\n")
    (root / "src/other.cpp").write_text('#include "other.hpp"\nint alone() { return 1; }\n')
    assert check_operations.check(BOX, root)[0].problems == []
    (root / "src/box.cpp").write_text('#include "other.hpp"\n' + SOURCE)
    _, sizes, _ = check_operations.check(BOX, root)
    assert [each.file.name for each in sizes["Box.get"].helpers] == ["box.cpp", "other.cpp"]
    assert [each.short for each in sizes["Box.put"].helpers] == ["keep"]


def test_member_functions_are_found_in_their_class() -> None:
    text = (
        "template <class S>\nclass box : base<S> {\n public:\n  explicit box(S& s) : s_{s} {\n    f();\n  }\n"
        "  int get() { return 1; }\n\n private:\n  S s_{};\n};\n"
    )
    found = cpp_functions.functions_in(text, Path("a.hpp"))
    assert [(each.name, each.lines) for each in found] == [("box::box", 1), ("box::get", 1)]


def test_a_page_that_fits_has_no_problems(root: Path) -> None:
    page, sizes, shared = check_operations.check(BOX, root)
    assert page.problems == []
    assert page.missing == ["Box.drop"]
    assert [each.short for each in sizes["Box.get"].helpers] == ["alone"]
    assert [(each.short, users) for each, users in shared] == [("shared", 2)]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("- `Box.drop`\n", "", "Box.drop stands nowhere"),
        ("- `Box.drop`\n", "- `Box.drop`\n- `Box.get`\n", "Box.get stands twice"),
        ("- `Box.drop`\n", "- `Box.drop`\n- `Box.fold`\n", "Box.fold is no operation"),
        ("`box::get`", "`box::gets`", "box::gets is no function"),
        ("`box::get`", "", "names no function"),
        ("`box_test.cpp`", "", "names no test"),
        ("`box_test.cpp`", "`other_test.cpp`", "there is no other_test.cpp"),
        ("test_put`", "test_puts`", "has no test 'test_puts'"),
        ("py: test_put`", "py`", "has no test ''"),
        ("| 4 |", "| 3 |", "has 4 lines, and the page says 3"),
        ("| 4 |", "4 |", "3 cells"),
    ],
)
def test_what_does_not_hold_is_told(root: Path, before: str, after: str, problem: str) -> None:
    found = problems(root, before, after)
    assert found
    assert any(problem in text for text in found), found


def test_a_case_must_begin_with_the_whole_name_of_the_operation(root: Path) -> None:
    assert problems(root, "`test_box.py: test_put`", "`box_test.cpp`") == []
    assert "begins with Box.put" in problems(root, 'TEST_CASE("Box.put")', "", "tests/box_test.cpp")[0]


def test_a_test_in_python_has_a_case_of_the_name_of_the_operation(root: Path) -> None:
    assert problems(root, '"Box.put"', '"Box.puts"', "tests/test_box.py") == [
        "page.md: Box.put is the name of no case in these tests"
    ]
    (root / "tests/test_other.py").write_text('NAME = "Box.put"\ndef test_other() -> None: ...\n')
    assert problems(root, "test_put`", "test_put`, `test_other.py: test_other`") == []


def test_more_lines_than_the_bound_need_a_reason(root: Path) -> None:
    long = "  int x = 0;\n" * 14
    assert "over 15 need a reason" in "".join(
        problems(root, "  return shared(alone(x));\n", f"{long}  return shared(alone(x));\n", "src/box.cpp")
    )
    check_operations.update(BOX, root)
    assert "18 |" in (root / "page.md").read_text()
    assert "over 15 need a reason" in "".join(check_operations.check(BOX, root)[0].problems)
    assert problems(root, "| 18 |", "| 18: fourteen numbers |") == []


def test_lines_are_written_and_reasons_stay(root: Path) -> None:
    page = root / "page.md"
    page.write_text(ROWS.replace("| 4 |", "| 99: a reason |").replace("| 2 |", "| |"))
    check_operations.update(BOX, root)
    assert page.read_text() == ROWS.replace("| 4 |", "| 4: a reason |")
    assert check_operations.check(BOX, root)[0].problems == []


def test_every_operation_of_both_systems_is_known() -> None:
    promptforge, kernel = (system.operations for system in operations.SYSTEMS)
    assert len(set(promptforge)) == 12 + 2 + 23 + 19 + 1
    assert len(set(kernel)) == 6 + 8 + 16 + 10 + 1 + 41
    assert sum("/api/kernel/" in name for name in kernel) == 41
