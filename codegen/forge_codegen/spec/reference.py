# SPDX-License-Identifier: MIT
"""The reference pages (Markdown) from the shapes that validate: every key, what it takes, its default."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from forge_codegen.model.types import KINDS, LATER_TYPES, Kind
from forge_codegen.spec import shapes
from forge_codegen.spec.columns import ONLY_FOR
from forge_codegen.spec.shapes import NOT_YET


def spec_page(root: shapes.Object) -> str:
    """docs/spec_reference.md."""
    opening = (
        "Every key of a spec, made by `forge reference` from the definitions that check specs. "
        "[The guide](spec.md) says how they go together."
    )
    return _page("Reference of specs", opening, root, [*_types()])


def migration_page(root: shapes.Object) -> str:
    """docs/migration_reference.md."""
    opening = (
        "Every key of a migration file, made by `forge reference --of migration` from the definitions that "
        "check them. [Migrations and adoption](migrations.md) says how they go together."
    )
    return _page("Reference of migration files", opening, root, [])


def seed_page(root: shapes.Object) -> str:
    """docs/seed_reference.md."""
    opening = (
        "Every key of a seed file, made by `forge reference --of seed` from the definitions that check them. "
        "[Seeding](seeding.md) says how they go together."
    )
    return _page("Reference of seed files", opening, root, [])


def _page(title: str, opening: str, root: shapes.Object, more: list[str]) -> str:
    sections = [line for shape in _objects(root) for line in _section(shape)]
    return "\n".join([f"# {title}", "", opening, "", *sections, *more]).rstrip("\n") + "\n"


def _objects(root: shapes.Object) -> list[shapes.Object]:
    """The root and every map of known keys below it, outer ones first, each once."""
    found = [root]
    for shape in found:
        for key in shape.keys:
            found += [one for one in _objects_in(key.shape) if one not in found]
    return found


def _objects_in(shape: shapes.Shape) -> Iterator[shapes.Object]:
    if isinstance(shape, shapes.Object):
        yield shape
    for part in _parts(shape):
        yield from _objects_in(part)


def _parts(shape: shapes.Shape) -> tuple[shapes.Shape, ...]:
    if isinstance(shape, shapes.OneOf):
        return shape.shapes
    if isinstance(shape, shapes.ListOf):
        return (shape.item,)
    return (shape.value,) if isinstance(shape, shapes.MapOf) else ()


def _section(shape: shapes.Object) -> Iterator[str]:
    yield from (f"## {_title(shape)}", "| key | takes | default | meaning |", "|---|---|---|---|")
    for key in shape.keys:
        default = "**required**" if key.required else _cell(key.default)
        yield f"| `{key.name}` | {_cell(takes(key.shape))} | {default} | {_cell(key.doc)} |"
    yield ""
    not_yet = [
        f"`{name}`" + (f" ({cure})" if cure != "remove it" else "")
        for name, cure in sorted(shape.later.items())
    ]
    words = [f"`{key.name}: {word}`" for key in shape.keys for word in sorted({*_later_words(key.shape)})]
    if not_yet or words:
        yield from (f"Known, but {NOT_YET.removeprefix('is ')}: {', '.join([*not_yet, *words])}.", "")
    if shape.refused:
        others = ", ".join(f"`{name}` ({cure})" for name, cure in sorted(shape.refused.items()))
        yield from (f"No key here: {others}.", "")


def _later_words(shape: shapes.Shape) -> Iterator[str]:
    if isinstance(shape, shapes.Choice):
        yield from shape.later
    for part in _parts(shape):
        yield from _later_words(part)


def takes(shape: shapes.Shape) -> str:
    """What a shape takes, in words and links.

    >>> takes(shapes.Choice(("b", "a"))), takes(shapes.ListOf(shapes.Text("a name"), "names"))
    ('`b` or `a`', 'a list of names')
    >>> takes(shapes.ListOf(shapes.Object("a check", ()), "checks"))
    'a list of checks: [a check](#a-check)'
    """
    if isinstance(shape, shapes.Object):
        return f"[{shape.described}](#{_anchor(_title(shape))})"
    if isinstance(shape, shapes.Choice):
        return _words(f"`{word}`" for word in shape.words)
    if isinstance(shape, shapes.Flag):
        return "`true` or `false`"
    if isinstance(shape, shapes.OneOf):
        return " or ".join(takes(one) for one in shape.shapes)
    if isinstance(shape, (shapes.ListOf, shapes.MapOf)):
        (inner,) = _parts(shape)
        return shape.expects() + ("" if isinstance(inner, shapes.Text) else f": {takes(inner)}")
    return shape.expects()


def _words(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _title(shape: shapes.Object) -> str:
    """What is one word is a name of the language, such as create_table, and stays as it is."""
    return shape.described[:1].upper() + shape.described[1:] if " " in shape.described else shape.described


def _anchor(title: str) -> str:
    return re.sub(r"[^a-z0-9_ -]", "", title.lower()).replace(" ", "-")


def _cell(text: str) -> str:
    """Text as the cell of a table; angle brackets would be taken for HTML."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


def _types() -> Iterator[str]:
    yield from (
        "## Column types",
        "| type | C++ | SQLite | PostgreSQL | its own keys | filters | sorts |",
        "|---|---|---|---|---|---|---|",
    )
    for kind in KINDS.values():
        own = ", ".join(f"`{key}`" for key, kinds in ONLY_FOR.items() if kind.name in kinds)
        filters = ", ".join(f"`{name}`" for name in sorted(kind.filters))
        cells = (
            f"`{kind.name}`",
            f"`{kind.cpp}`" if kind.cpp else "a generated enum",
            _sqlite(kind),
            kind.postgres_type,
            own or ("`enum`" if kind.name == "enum" else ""),
            filters,
            "yes" if kind.sortable else "no",
        )
        yield f"| {' | '.join(cells)} |"
    yield from (
        "",
        f"Known, but {NOT_YET.removeprefix('is ')}: {', '.join(f'`{n}`' for n in sorted(LATER_TYPES))}.",
    )


def _sqlite(kind: Kind) -> str:
    if len(kind.storages) == 1:
        return kind.storages[0].sqlite_type
    return ", ".join(f"{one.sqlite_type} (`{one.name}`)" for one in kind.storages)
