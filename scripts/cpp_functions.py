#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Finds the functions of C++ files, and the lines of code of their bodies: cpp_functions.py FILE... tells.

It knows scopes by their braces and is no compiler: it reads this repository's style (clang-format's), where
a function's name stands before the first parenthesis of its head. What a macro makes is not seen.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SPACE = re.compile(
    r'R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])*\''
    r"|//[^\n]*|/\*.*?\*/|^[ \t]*#(?:\\\n|[^\n])*",
    re.S | re.M,
)
TYPE = re.compile(r"\b(?:class|struct|union|enum(?:\s+class)?)\s+(?:\[\[.*?\]\]\s*)?([\w:]+)")
NAME = re.compile(r"((?:~?\w+\s*::\s*)*(?:~?\w+|operator\s*[^\s\w(]+|operator\s*\(\s*\)))\s*\(")
NOT_NAMES = {
    "if",
    "for",
    "while",
    "switch",
    "catch",
    "requires",
    "noexcept",
    "decltype",
    "alignas",
    "explicit",
}


@dataclass(frozen=True)
class Function:
    name: str  # with its scopes, without those of no name: promptforge::app::projects::get
    file: Path
    line: int
    body: str  # without comments; texts are quotes of the same shape
    members: tuple[str, ...] = ()  # the scopes outside of it

    @property
    def short(self) -> str:
        return self.name.rpartition("::")[2]

    @property
    def lines(self) -> int:
        """Lines with code in them, without the braces of the function itself."""
        return sum(1 for line in self.body.splitlines() if line.strip())

    def is_called(self, name: str) -> bool:
        """Whether `name` is the whole of this name or its end."""
        return self.name == name or self.name.endswith("::" + name)


def code_of(text: str) -> str:
    """The text without comments and preprocessor lines; of texts only the shape stays: lines still count.

    >>> code_of('a("}"); // b')
    'a(\"\"\"); '
    """

    def blank(found: re.Match[str]) -> str:
        whole = found.group()
        kept = '"' if whole[0] in "R\"'" else " "
        shape = re.sub(r"\S", kept, whole)
        return shape if kept == '"' else "\n" * whole.count("\n")

    return SPACE.sub(blank, text)


def without_templates(head: str) -> str:
    """Template arguments are out: `std::optional<int>` is `std::optional`."""
    before = None
    while before != head:
        before, head = head, re.sub(r"(?<!operator)(?<!<)<[^<>;{}]*>(?!=)", "", head)
    return head


def scope_of(head: str) -> tuple[str, str]:
    """What a brace opens after this head (namespace, type, function, member of a list, other), and its name.

    >>> scope_of("template <class T> struct box final : base<T>")
    ('type', 'box')
    >>> scope_of("std::map<std::string, int> projects::counts(std::span<id const> ids) const")
    ('function', 'projects::counts')
    >>> scope_of("auto const order = [&](row const& a)")
    ('other', '')
    """
    head = without_templates(re.sub(r"^\s*(?:(?:public|protected|private)\s*:)*", "", head)).strip()
    if found := re.match(r"(?:inline\s+)?namespace\s*([\w:]*)", head):
        return "namespace", found.group(1)
    before = head.partition("(")[0]
    if (found := TYPE.search(before)) and "(" not in head[found.end() :]:
        return "type", found.group(1)
    if "=" in before.replace("operator==", "").replace("operator=", "") or "[" in re.sub(
        r"\[\[.*?\]\]", "", before
    ):
        return "other", ""
    found = NAME.search(head)
    if found is None or found.group(1) in NOT_NAMES:
        return "other", ""
    members = head.partition(") :")[2]
    if members and re.search(r"\w$", members):
        return "member", ""
    return "function", re.sub(r"\s", "", found.group(1))


def functions_in(text: str, file: Path) -> Iterator[Function]:
    """The functions with a body, in order of their ends. What stands in a function is part of it."""
    code = code_of(text)
    scopes: list[tuple[str, str, int]] = []
    start = depth = 0
    kind = ""
    for found in re.finditer(r"[{}();]", code):
        sign, at = found.group(), found.start()
        inside = next((s for s in scopes if s[0] == "function"), None)
        if sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "{":
            kind, name = ("other", "") if inside or depth else scope_of(code[start:at])
            scopes.append((kind, name, at + 1))
        elif sign == "}" and scopes:
            kind, name, begin = scopes.pop()
            if kind == "function":
                outer = tuple(n for k, n, _ in scopes if n and k != "function")
                full = "::".join((*outer, name))
                yield Function(full, file, code.count("\n", 0, begin) + 1, code[begin:at], outer)
        member = kind == "member" and sign != ";"
        if sign in "{};" and not member and not (depth and not inside) and not (inside and sign == ";"):
            start = at + 1


def main() -> None:
    for name in sys.argv[1:]:
        for each in functions_in(Path(name).read_text(encoding="utf-8"), Path(name)):
            print(f"{each.file}:{each.line}: {each.name} {each.lines}")


if __name__ == "__main__":
    main()
