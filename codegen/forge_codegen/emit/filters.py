# SPDX-License-Identifier: MIT
"""Jinja2 filters: pure functions from values to lines of C++."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from forge_codegen.emit.cpp_types import comment_line, string_literal

WIDTH = 120


def quoted(name: str) -> str:
    """A name as SQL quotes it.

    >>> quoted("title")
    '"title"'
    """
    return '"' + name.replace('"', '""') + '"'


def quoted_list(names: Iterable[str]) -> str:
    """
    >>> quoted_list(["id", "title"])
    '"id", "title"'
    """
    return ", ".join(quoted(name) for name in names)


def comment(text: str, indent: int = 0, lead: str = "///") -> str:
    """Text as comment lines, the first without its indent; no line ends in a backslash, which would join the
    next.

    >>> comment("One.\\n\\nTwo \\\\", 2)
    '/// One.\\n  ///\\n  /// Two'
    """
    lines = [f"{lead} {comment_line(line)}".rstrip() for line in text.strip().splitlines()]
    return ("\n" + " " * indent).join(lines)


def aligned(pairs: Iterable[tuple[str, str]], indent: int = 2) -> str:
    """Declarations with trailing comments in one column; pairs of declaration and comment.

    >>> print(aligned([("int a;", "one"), ("long bc;", "")]))
      int a;  // one
      long bc;
    """
    rows = list(pairs)
    noted = [len(declaration) for declaration, note in rows if note]
    width = max(noted, default=0)
    lines = []
    for declaration, note in rows:
        lines.append(" " * indent + (f"{declaration:<{width}}  // {note}" if note else declaration))
    return "\n".join(lines)


def angled(items: Iterable[str], template: str, indent: int = 2, used: int = 0) -> str:
    """`template<items>`, on one line when it fits behind `used` characters, else broken at the items.

    >>> print(angled(["a", "b"], "list"))
    list<a, b>
    >>> print(angled(["a" * 60, "b" * 60], "list").replace("a" * 60, "a").replace("b" * 60, "b"))
    list<
          a,
          b>
    """
    parts = list(items)
    line = f"{template}<{', '.join(parts)}>"
    if indent + used + len(line) < WIDTH and "\n" not in line:
        return line
    pad = "\n" + " " * (indent + 4)
    return f"{template}<{pad}" + f",{pad}".join(parts) + ">"


def string_lines(text: str, indent: int = 6, used: int = 0) -> str:
    """A space and a string literal, or lines of adjacent literals, broken at commas, when it is long.

    >>> string_lines("a, b")
    ' "a, b"'
    """
    whole = string_literal(text)
    if used + len(whole) < WIDTH:
        return f" {whole}"
    lines = [""]
    for part in re.split(r"(?<=, )", text):
        if len(string_literal(lines[-1] + part)) + indent > WIDTH - 2 and lines[-1]:
            lines.append("")
        lines[-1] += part
    pad = "\n" + " " * indent
    return pad + pad.join(string_literal(line) for line in lines)


def returning(head: str, value: str, indent: int = 2) -> str:
    """A function that only returns a value, on one line when it fits.

    >>> returning("int f()", "1")
    'int f() { return 1; }'
    """
    line = f"{head} {{ return {value}; }}"
    if indent + len(line) <= WIDTH:
        return line
    pad = "\n" + " " * indent
    return f"{head} {{{pad}  return {value};{pad}}}"


def inherited(bases: Iterable[str], name: str) -> str:
    """The base classes behind `class name : `, on one line when they fit.

    >>> inherited(["forge_db::repository<Book, Session>", "tree<Book>"], "BookRepository")
    'public forge_db::repository<Book, Session>, public tree<Book>'
    """
    parts = [f"public {base}" for base in bases]
    line = ", ".join(parts)
    if len(f"class {name} : {line} {{") <= WIDTH:
        return line
    pad = "\n" + " " * len(f"class {name} : ")
    return f",{pad}".join(parts)


def sql_lines(text: str, indent: int) -> str:
    """SQL as a string literal, one for each of its lines.

    >>> print(sql_lines("select 1\\n  from t", 4))
    <BLANKLINE>
        "select 1\\n"
        "  from t"
    """
    lines = textwrap.dedent(text).splitlines(keepends=True)
    if len(lines) == 1 and len(lines[0]) + indent < WIDTH:
        return string_literal(lines[0])
    pad = "\n" + " " * indent
    return pad + pad.join(string_literal(line) for line in lines)


def wrapped(items: Iterable[str], head: str, end: str, indent: int = 0) -> str:
    """`head`, the items with commas, and `end`; lines are filled, those behind the first a step further in.

    >>> wrapped(["int a", "int b"], "void f(", ");")
    'void f(int a, int b);'
    >>> print(wrapped(["a" * 70, "b" * 70], "f(", ")").replace("a" * 70, "a").replace("b" * 70, "b"))
    f(a,
        b)
    """
    parts = list(items)
    lines = [head]
    for number, part in enumerate(parts):
        text = part + (end if number + 1 == len(parts) else ",")
        space = "" if number == 0 else " "
        if indent + len(lines[-1]) + len(space) + len(text) > WIDTH:
            lines.append(" " * (indent + 4) + text)
        else:
            lines[-1] += space + text
    return "\n".join(lines) if parts else head + end


FILTERS = {
    "inherited": inherited,
    "quoted": quoted,
    "quoted_list": quoted_list,
    "comment": comment,
    "aligned": aligned,
    "angled": angled,
    "string_lines": string_lines,
    "returning": returning,
    "cpp_string": string_literal,
    "sql_lines": sql_lines,
    "wrapped": wrapped,
}
