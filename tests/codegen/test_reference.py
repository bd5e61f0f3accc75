# SPDX-License-Identifier: MIT
"""The reference pages say what validation does, because both come from the same definitions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import REPOSITORY, Forge

from forge_codegen.migrations import keys as migration_keys
from forge_codegen.model.types import KINDS
from forge_codegen.seeds import keys as seed_keys
from forge_codegen.spec import keys, shapes

ROOTS = {"spec": keys.schema, "migration": migration_keys.migration, "seed": seed_keys.seed}


def objects(shape: shapes.Shape) -> Iterator[shapes.Object]:
    if isinstance(shape, shapes.Object):
        yield shape
        for key in shape.keys:
            yield from objects(key.shape)
    for name in ("item", "value"):
        if hasattr(shape, name):
            yield from objects(getattr(shape, name))
    for one in getattr(shape, "shapes", ()):
        yield from objects(one)


@pytest.mark.parametrize("of", ROOTS)
def test_every_key_has_a_row_and_every_later_key_is_said_to_be_later(of: str, forge: Forge) -> None:
    page = forge("reference", "--of", of).out
    sections = {part.splitlines()[0].lower(): part for part in page.split("\n## ")[1:]}
    least = {"spec": 40, "migration": 40, "seed": 4}[of]
    checked = 0
    for shape in objects(ROOTS[of]):
        section = sections[shape.described.lower()]
        for key in shape.keys:
            (row,) = (line for line in section.splitlines() if line.startswith(f"| `{key.name}` |"))
            assert row.count("|") - row.count("\\|") == 5, row
            assert ("**required**" in row) == key.required
            checked += 1
        later = section.partition("Known, but not supported yet:")[2]
        assert all(f"`{name}`" in later for name in shape.later), shape.described
    assert checked > least


def test_links_lead_to_sections(forge: Forge) -> None:
    for of in ROOTS:
        page = forge("reference", "--of", of).out
        titles = [line[3:].lower() for line in page.splitlines() if line.startswith("## ")]
        assert len(titles) == len(set(titles)), "two sections of one name"
        anchors = {title.replace(" ", "-").replace("'", "") for title in titles}
        links = {part.partition(")")[0] for part in page.split("](#")[1:]}
        assert links <= anchors


def test_every_type_has_a_row(forge: Forge) -> None:
    page = forge("reference").out
    assert all(f"\n| `{name}` | " in page for name in KINDS)


def test_the_committed_pages_are_fresh(forge: Forge) -> None:
    for of in ROOTS:
        committed = (REPOSITORY / "docs" / f"{of}_reference.md").read_text(encoding="utf-8")
        assert committed == forge("reference", "--of", of).out, "stale; run `make docs`"
