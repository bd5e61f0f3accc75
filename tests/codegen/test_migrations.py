# SPDX-License-Identifier: MIT
"""`forge diff`, `forge seal`, and what the hashes of migrations depend on."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import REPOSITORY, Forge, edit, place

from forge_codegen.migrations.diff import next_migration
from forge_codegen.migrations.files import read_text
from forge_codegen.project import load_project
from forge_codegen.spec.diagnostics import Reporter

CASES = Path(__file__).parent / "cases"
GENERATING = sorted(path for path in CASES.iterdir() if (path / "expected").is_dir())


def migrations(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "schema" / "migrations" / "shop").iterdir())


def test_diff_writes_nothing_when_there_is_nothing_to_do(shop: Path, tmp_path: Path, forge: Forge) -> None:
    assert "nothing to write" in forge("diff").out
    assert migrations(tmp_path) == ["0001_initial.yaml"]


def test_diff_adds_columns_tables_and_indexes(shop: Path, tmp_path: Path, forge: Forge) -> None:
    edit(
        shop,
        "name: {type: text}",
        "name: {type: text, index: true}\n      note: {type: text, nullable: true}",
    )
    with shop.open("a", encoding="utf-8") as file:
        file.write("  parts:\n    columns:\n      id: {references: items.id, primary_key: true}\n")
    assert forge("check").status == 1
    assert "0002_create_table_parts.yaml" in forge("diff").out
    text = (tmp_path / "schema/migrations/shop/0002_create_table_parts.yaml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if not line.startswith(("before", "after"))] == [
        "operations:",
        "  - create_table:",
        "      table: parts",
        "      columns:",
        "        id: {references: items.id, primary_key: true}",
        "  - add_column: {table: items, column: note, type: text, nullable: true}",
        "  - create_index: {table: items, name: ix_items_name, columns: [name]}",
    ]
    assert forge("generate").status == 0
    assert forge("check").status == 0


def test_diff_follows_a_struct_into_every_table(tmp_path: Path, forge: Forge) -> None:
    spec = place(CASES / "embedded_structs", tmp_path)
    edit(spec, "country: {references: countries.code", "land: {was: country, references: countries.code")
    edit(
        spec,
        "    struct: GridPoint\n    columns:\n",
        "    columns:\n      z: {type: float64, default: 0.5}\n",
    )
    answer = forge("diff", "--dry-run")
    assert answer.err == ""
    assert [line.strip() for line in answer.out.splitlines() if "_column: " in line] == [
        "- rename_column: {table: orders, from: billing_country, to: billing_land}",
        "- rename_column: {table: orders, from: ship_country, to: ship_land}",
        "- rename_column: {table: people, from: home_country, to: home_land}",
        "- add_column: {table: orders, column: z, type: float64, nullable: true}",
        "- add_column: {table: places, column: spot_z, type: float64, default: 0.5}",
    ]


def test_diff_rebuilds_for_computed_defaults(shop: Path, forge: Forge) -> None:
    edit(shop, "name: {type: text}", "name: {type: text}\n      at: {type: timestamp, default: now}")
    answer = forge("diff", "--dry-run")
    assert "alter_table:" in answer.out
    assert "- add_column: {column: at, type: timestamp, default: now}" in answer.out


def test_diff_follows_declared_renames(shop: Path, tmp_path: Path, forge: Forge) -> None:
    edit(shop, "name: {type: text}", "title: {type: text, was: name}")
    forge("diff", "--title", "rename")
    text = (tmp_path / "schema/migrations/shop/0002_rename.yaml").read_text(encoding="utf-8")
    assert "  - rename_column: {table: items, from: name, to: title}\n" in text
    edit(shop, "  items:", "  goods:\n    was: items")
    forge("diff")
    assert migrations(tmp_path)[-1] == "0003_rename_table_goods.yaml"
    assert forge("generate").status == 0


def test_diff_refuses_renames_of_what_never_was(shop: Path, forge: Forge) -> None:
    weight = "\n      weight: {type: int64, nullable: true, was: nam}"
    edit(shop, "name: {type: text}", f"name: {{type: text}}{weight}")
    answer = forge("diff")
    assert answer.status == 1
    assert "column 'items.weight' was 'nam', but no migration made that; did you mean 'name'?" in answer.err
    edit(shop, weight, "")
    boxes = "  boxes:\n    was: itms\n    columns: {id: {type: int64, primary_key: true}}\n"
    edit(shop, "tables:\n", f"tables:\n{boxes}")
    answer = forge("diff")
    assert answer.status == 1
    assert "table 'boxes' was 'itms', but no migration made that" in answer.err


def test_diff_refuses_what_does_not_only_add(shop: Path, tmp_path: Path, forge: Forge) -> None:
    edit(shop, "name: {type: text}", "size: {type: int32}")
    answer = forge("diff")
    assert answer.status == 1
    assert (
        "column 'size' of table 'items' is in the spec, but no migration adds it; writing this is not"
        in answer.err
    )
    assert "column 'name' of table 'items' exists after the migrations, but not in the spec" in answer.err
    assert migrations(tmp_path) == ["0001_initial.yaml"]


def test_diff_names_the_spec_by_the_path_that_was_given(shop: Path, forge: Forge) -> None:
    edit(shop, "  items:", "  goods:")
    answer = forge("diff", str(shop))
    assert f"{shop}:1:1: error: table 'items' exists after the migrations, but not in the spec" in answer.err


def test_diff_closes_circles_of_new_tables_at_the_end(shop: Path, tmp_path: Path, forge: Forge) -> None:
    columns = "id: {{type: int64, primary_key: true}}, other: {{references: {}.id, nullable: true}}"
    with shop.open("a", encoding="utf-8") as file:
        file.write(f"  hens:\n    columns: {{{columns.format('eggs')}, item: {{references: items.id}}}}\n")
        file.write(f"  eggs:\n    columns: {{{columns.format('hens')}}}\n")
    forge("diff", "--title", "circle")
    text = (tmp_path / "schema/migrations/shop/0002_circle.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[3:] == [
        "  - create_table:",
        "      table: hens",
        "      columns:",
        "        id: {type: int64, primary_key: true}",
        "        other: {type: int64, nullable: true}",
        "        item: {references: items.id}",
        "  - create_table:",
        "      table: eggs",
        "      columns:",
        "        id: {type: int64, primary_key: true}",
        "        other: {references: hens.id, nullable: true}",
        "  - alter_table:",
        "      table: hens",
        "      changes:",
        "        - add_foreign_key: {columns: [other], references: eggs.id}",
    ]
    assert forge("generate").status == 0


def test_diff_makes_unique_what_a_key_refers_to_before_the_key(shop: Path, forge: Forge) -> None:
    """By an index: of an old table, of a new one, and of the key's own table."""
    edit(shop, "name: {type: text}", "name: {type: text}\n    indexes: [{columns: [name], unique: true}]")
    with shop.open("a", encoding="utf-8") as file:
        file.write(
            "  parts:\n    columns:\n      id: {type: int64, primary_key: true}\n"
            "      item: {references: items.name}\n      code: {type: text}\n"
            "      of: {references: parts.code, nullable: true}\n      kind: {references: kinds.name}\n"
            "    indexes: [{columns: [code], unique: true}]\n"
            "  kinds:\n    columns: {id: {type: int64, primary_key: true}, name: {type: text}}\n"
            "    indexes: [{columns: [name], unique: true}]\n"
        )
    written = forge("diff", "--dry-run")
    assert written.err == ""
    assert "kind: {references: kinds.name}" in written.out
    assert written.out.count("add_foreign_key") == 2
    assert forge("diff").status == forge("generate").status == 0


def test_diff_adds_keys_to_tables_that_are_there(shop: Path, forge: Forge) -> None:
    edit(
        shop,
        "name: {type: text}",
        "name: {type: text}\n      a: {type: int64, default: 1}\n      b: {type: int64, nullable: true}\n"
        "    unique: [[id, a]]\n    foreign_keys:\n      - {columns: [b], references: items.id, name: fk_b}",
    )
    answer = forge("diff", "--dry-run")
    assert "alter_table:" not in answer.out, "a unique constraint is not written, so nothing is"
    edit(shop, "    unique: [[id, a]]\n", "")
    answer = forge("diff", "--dry-run")
    assert answer.out.endswith(
        "  - alter_table:\n      table: items\n      changes:\n"
        "        - add_foreign_key: {columns: [b], references: items.id, name: fk_b}\n"
    )


@pytest.mark.parametrize("case", GENERATING, ids=lambda case: case.name)
def test_first_migration_of_any_spec_leads_to_it(case: Path, tmp_path: Path, forge: Forge) -> None:
    spec = place(case, tmp_path)
    for file in spec.parent.rglob("migrations/*/*.yaml"):
        file.unlink()
    written = forge("diff")
    assert written.err == ""
    assert forge("generate").err == ""
    assert "nothing to write" in forge("diff").out


def test_seal_writes_hashes_that_later_edits_break(shop: Path, tmp_path: Path, forge: Forge) -> None:
    first = tmp_path / "schema/migrations/shop/0001_initial.yaml"
    edit(first, "operations:", "# why\noperations: # here")
    assert forge("seal").out == "sealed schema/migrations/shop/0001_initial.yaml\n"
    text = first.read_text(encoding="utf-8")
    assert text.startswith("# why\nbefore: ")
    assert "operations: # here\n" in text
    assert forge("seal").out == ""
    assert forge("generate").status == 0
    edit(first, "{type: text}", "{type: string, length: 9}")
    assert "it was edited after `forge seal`" in forge("check").err


def hash_of(text: str) -> str:
    return read_text(text, Path("x.yaml"), 1, "x", Reporter()).hash


def test_a_files_hash_is_of_its_meaning() -> None:
    plain = hash_of("operations:\n  - drop_table: {table: items}\n")
    assert plain == hash_of('# why\ndoc: text\noperations: [{"drop_table":\n  {"table": "items"}}]\n')
    assert plain == hash_of(
        f"before: {'0' * 64}\nafter: {'1' * 64}\noperations:\n- drop_table:\n    table: items\n"
    )
    assert plain != hash_of("operations:\n  - drop_table: {table: item}\n")
    columns = "operations:\n  - create_table: {{table: t, columns: {{{}}}}}\n"
    ordered = hash_of(columns.format("doc: {type: text}, b: {type: text}"))
    assert ordered != hash_of(columns.format("b: {type: text}, doc: {type: text}"))
    assert ordered != hash_of(columns.format("b: {type: text}"))


def test_hashes_of_files_that_databases_already_have_stay() -> None:
    """Applied migrations are known by these hashes: a change of the program must not change them."""
    history = load_project(REPOSITORY / "schema" / "library.yaml").history
    assert history.migrations[0].hash == "d9cc0e8e45cdd78d60057207007671db0fb9c76a5d5fab803513889a9a5bfec6"
    assert history.migrations[0].after == "d926067aff48098057acde7fd8c40bb6dc1180ac7a4966ff0da30c3bcf59d043"


def test_column_order_does_not_matter(shop: Path, forge: Forge) -> None:
    edit(
        shop,
        "      id: {type: int64, primary_key: true}\n      name: {type: text}",
        "      name: {type: text}\n      id: {type: int64, primary_key: true}",
    )
    assert forge("generate").status == 0


def test_next_migration_can_be_asked_for_without_files(shop: Path, tmp_path: Path) -> None:
    project = load_project(shop)
    made = next_migration(project.schema, [], tmp_path, "", Reporter())
    assert made is not None
    assert made.path == tmp_path / "0001_initial.yaml"


def test_diff_of_two_specs_writes_both_or_none(shop: Path, tmp_path: Path, forge: Forge) -> None:
    edit(shop, "name: {type: text}", "name: {type: text, index: true}")
    (tmp_path / "schema" / "tools.yaml").write_text("schema: tools\n", encoding="utf-8")
    answer = forge("diff")
    assert answer.status == 1
    assert "nothing was written" in answer.err
    assert migrations(tmp_path) == ["0001_initial.yaml"]


@pytest.mark.parametrize("title", ["../../x", "Add tags", "a\nb", "x" * 101])
def test_diff_refuses_titles_that_no_file_can_have(title: str, shop: Path, forge: Forge) -> None:
    with pytest.raises(SystemExit):
        forge("diff", "--title", title)


def test_seal_keeps_line_ends_and_byte_order_mark(shop: Path, tmp_path: Path, forge: Forge) -> None:
    first = tmp_path / "schema/migrations/shop/0001_initial.yaml"
    plain = first.read_bytes()
    first.write_bytes(b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n"))
    assert forge("seal").status == 0
    sealed = first.read_bytes()
    assert sealed.startswith(b"\xef\xbb\xbfbefore: ")
    assert sealed.count(b"\n") == sealed.count(b"\r\n") == plain.count(b"\n") + 2
    assert forge("seal").out == ""
    assert forge("check", "schema/spec.yaml").err.endswith("run `forge generate`\n")


def test_seal_refuses_a_map_in_braces(shop: Path, tmp_path: Path, forge: Forge) -> None:
    first = tmp_path / "schema/migrations/shop/0001_initial.yaml"
    first.write_text("{operations: []}\n", encoding="utf-8")
    answer = forge("seal")
    assert (answer.status, answer.out) == (1, "")
    assert "0001_initial.yaml:1:1: error: `forge seal` writes lines of its own; write each key" in answer.err
    assert first.read_text(encoding="utf-8") == "{operations: []}\n"


def test_a_vector_keeps_its_dimensions(shop: Path, tmp_path: Path, forge: Forge) -> None:
    added = "at: {type: vector, dimensions: 3, nullable: true}"
    edit(shop, "name: {type: text}", f"name: {{type: text}}\n      {added}")
    assert forge("diff").err == ""
    file = tmp_path / "schema/migrations/shop/0002_add_column_items.yaml"
    column = "add_column: {table: items, column: at, type: vector, dimensions: 3, nullable: true}"
    assert column in file.read_text(encoding="utf-8")
    assert forge("check").status == 1  # stale alone
    edit(shop, "dimensions: 3", "dimensions: 4")
    assert "type is vector(4) in the spec, but vector(3) after the migrations" in forge("check").err
    (tmp_path / "schema/migrations/shop/0003_wider.yaml").write_text(
        "operations:\n  - alter_table:\n      table: items\n      changes:\n"
        "        - alter_column: {column: at, type: vector, dimensions: 4}\n",
        encoding="utf-8",
    )
    answer = forge("generate").err
    assert "type vector(3) cannot become vector(4): the values of a vector cannot be converted" in answer
