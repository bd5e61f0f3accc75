# SPDX-License-Identifier: MIT
"""What `forge diff` does not write: both commands name what to do instead, and doing it leads to the spec."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Forge, edit, place

CASES = Path(__file__).parent / "cases"
NAME = "name: {type: text}"


def write_by_hand(spec: Path, errors: str, version: int = 2) -> None:
    """A migration of the operations that the errors name, each once; indexes go before their columns."""
    operations = sorted(set(re.findall(r"`([^`]*)` by hand", errors)), key=lambda each: "_index" not in each)
    lines = "".join(f"  - {operation}\n" for operation in operations)
    file = spec.parent / f"migrations/shop/{version:04}_by_hand.yaml"
    file.write_text(f"operations:\n{lines}", encoding="utf-8")


def test_operations_as_they_are_named_lead_to_the_spec(tmp_path: Path, forge: Forge) -> None:
    spec = place(CASES / "migrations_lag_behind", tmp_path)
    of_diff, of_generate = forge("diff").err, forge("generate").err
    named = r"`([^`]*)` by hand"
    assert set(re.findall(named, of_diff)) == set(re.findall(named, of_generate))
    place_of_it = "by hand, into schema/migrations/shop/0002_TITLE.yaml; then `forge diff` writes the rest\n"
    assert place_of_it in of_diff
    write_by_hand(spec, of_diff)
    assert forge("diff").err == ""
    assert forge("generate").err == ""


@pytest.mark.parametrize("nullable", ["", ", nullable: true"])
def test_a_column_that_may_be_a_renamed_one(nullable: str, shop: Path, forge: Forge) -> None:
    if nullable:
        edit(shop, NAME, f"{NAME[:-1]}{nullable}}}")
        initial = shop.parent / "migrations/shop/0001_initial.yaml"
        initial.unlink()
        assert forge("diff").err == ""
    edit(shop, "name:", "title:")
    gone = (
        "column 'name' of table 'items' exists after the migrations, but not in the spec; {}if 'title' is "
        "its new name, say `was: name` there; otherwise write `drop_column: {{table: items, column: name}}` "
        "by hand"
    )
    assert gone.format("writing this is not supported yet: ") in forge("diff").err
    answer = forge("generate")
    assert gone.format("") in answer.err
    assert ("forge diff" in answer.err) == bool(nullable), "only what diff writes is left to it"
    edit(shop, "title: {", "title: {was: name, ")
    assert "column 'title' of table 'items' is in the spec" in forge("generate").err
    assert "drop_column" not in forge("generate").err, "the rename is declared, diff writes it"
    assert forge("diff").err == ""
    assert forge("generate").err == ""


def test_one_of_several_columns_may_be_the_renamed_one(shop: Path, forge: Forge) -> None:
    edit(shop, NAME, "first: {type: text, nullable: true}\n      second: {type: text}")
    errors = forge("diff").err
    assert "if it is renamed, say `was: name` under its new name; otherwise write `drop_column" in errors
    assert "no migration adds it; writing this is not supported yet: if it is a renamed one, say" in errors


def test_a_table_that_may_be_a_renamed_one(shop: Path, forge: Forge) -> None:
    edit(shop, "  items:", "  goods:")
    cure = "if 'goods' is its new name, say `was: items` there; otherwise write `drop_table: {table: items}`"
    assert cure in forge("diff").err
    assert cure in forge("generate").err
    edit(shop, "  goods:", "  goods:\n    was: items")
    assert forge("diff").err == ""
    assert forge("generate").err == ""


def test_a_column_without_a_value_for_existing_rows(shop: Path, forge: Forge) -> None:
    edit(shop, NAME, f"{NAME}\n      pages: {{type: int32}}")
    cure = (
        "existing rows would have no value: add a 'default', or write by hand an `add_column` with "
        "`nullable: true`, a `data` step that fills it, and an `alter_column` with `nullable: false`"
    )
    assert f"no migration adds it; writing this is not supported yet: {cure}" in forge("diff").err
    assert f"no migration adds it; {cure}" in forge("generate").err
    (shop.parent / "migrations/shop/0002_pages.yaml").write_text(
        "operations:\n"
        "  - add_column: {table: items, column: pages, type: int32, nullable: true}\n"
        "  - data: {name: count_pages, doc: counts them}\n"
        "  - alter_table: {table: items, changes: [{alter_column: {column: pages, nullable: false}}]}\n",
        encoding="utf-8",
    )
    assert forge("generate").err == ""


CHANGED = {
    "type": ("{type: decimal, precision: 6, scale: 2}", "type: decimal, precision: 6, scale: 2"),
    "storage": ("{type: timestamp, storage: unix_ms}", "type: timestamp, storage: unix_ms"),
    "nullable": ("{type: text, nullable: true}", "nullable: true"),
    "default": ("{type: text, default: none}", "default: none"),
    "sql default": ('{type: text, default: {sql: "1 + 1"}}', 'default: {sql: "1 + 1"}'),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_column_and_its_way_back(what: str, shop: Path, forge: Forge) -> None:
    column, named = CHANGED[what]
    edit(shop, "{type: text}", column)
    errors = forge("diff").err
    assert f"changes: [{{alter_column: {{column: name, {named}}}}}]}}` by hand" in errors
    write_by_hand(shop, errors)
    assert forge("generate").err == ""
    edit(shop, column, "{type: text}")
    write_by_hand(shop, forge("diff").err, 3)
    assert forge("generate").err == ""
