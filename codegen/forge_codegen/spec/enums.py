# SPDX-License-Identifier: MIT
"""Reads `enums:`: named lists of values."""

from __future__ import annotations

from forge_codegen import naming
from forge_codegen.model.schema import Enum, EnumValue
from forge_codegen.spec.collisions import Collisions
from forge_codegen.spec.diagnostics import Reporter
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record


def read_enums(
    entries: list[tuple[Scalar, Record | list | None]], collisions: Collisions, report: Reporter
) -> dict[str, Enum]:
    """The enums by name."""
    found: dict[str, Enum] = {}
    for name, content in entries:
        struct = content["struct"] if isinstance(content, Record) else None
        collisions.add_enum(struct.text if struct is not None else name.text, name.at)
        if content is None:
            found[name.text] = Enum(name.text, ())
            continue
        listed = content["values"] if isinstance(content, Record) else content
        values = _enum_values(name, listed or [], report)
        doc = content.doc if isinstance(content, Record) else ""
        found[name.text] = Enum(name.text, tuple(values), doc, struct.text if struct is not None else "")
    return found


def _enum_values(name: Scalar, listed: list, report: Reporter) -> list[EnumValue]:
    values: list[EnumValue] = []
    for item in listed:
        pairs = [(None, item)] if isinstance(item, Scalar) else item
        for enumerator, text in pairs:
            if text is None:
                continue
            new = EnumValue(enumerator.text if enumerator else naming.enumerator(text.text), text.text)
            problem = naming.cpp_problem(new.enumerator)
            if problem:
                report.error(
                    enumerator.at if enumerator else text.at,
                    f"enumerator '{new.enumerator}' of enum '{name.text}' is no name for C++: {problem}; "
                    "rename it",
                )
            if not new.enumerator.strip("_"):
                report.error(
                    text.at,
                    f"value '{text.text}' of enum '{name.text}' makes no C++ name; write "
                    "'{name: \"value\"}'",
                )
            for other in values:
                if other.text == new.text:
                    report.error(
                        text.at, f"value '{text.text}' appears twice in enum '{name.text}'; remove one"
                    )
                elif other.enumerator == new.enumerator:
                    report.error(
                        text.at,
                        f"values '{other.text}' and '{new.text}' of enum '{name.text}' both make the "
                        f"enumerator '{new.enumerator}'; write '{{name: \"value\"}}' for one",
                    )
            values.append(new)
    if not values and not report.failed:
        report.error(name.at, f"enum '{name.text}' has no values; list them")
    return values
