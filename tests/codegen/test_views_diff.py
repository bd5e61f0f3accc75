# SPDX-License-Identifier: MIT
"""`forge diff` makes views and triggers again around what changes; `forge check` tells which ones differ."""

from __future__ import annotations

from pathlib import Path

from conftest import Forge, edit


def with_views(spec: Path, *views: str) -> None:
    """Puts views `name: select` into a spec, each with the columns id and name."""
    text = "views:\n"
    for view in views:
        name, sql = view.split(": ", 1)
        columns = "{id: {type: int64}, name: {type: text}}"
        text += f'  {name}:\n    sql: "{sql}"\n    columns: {columns}\n    key: [id]\n'
    kept = spec.read_text(encoding="utf-8").split("views:\n")[0]
    spec.write_text(kept + text, encoding="utf-8")


def operations_of(tmp_path: Path) -> list[str]:
    path = sorted((tmp_path / "schema" / "migrations" / "shop").iterdir())[-1]
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip("- :") for line in lines[lines.index("operations:") + 1 :] if line.startswith("  - ")]


def test_diff_makes_a_changed_view_again_with_all_that_read_it(
    shop: Path, tmp_path: Path, forge: Forge
) -> None:
    named = "named: select id, name from items"
    with_views(shop, "upper_named: select id, upper(name) as name from named", named)
    forge("diff")
    with_views(
        shop,
        "upper_named: select id, upper(name) as name from named",
        "named: select id, trim(name) as name from items",
        "other: select id, name from items",
    )
    assert "0003_create_view_named.yaml" in forge("diff").out
    assert operations_of(tmp_path) == [
        "drop_view: {name: upper_named}",
        "drop_view: {name: named}",
        "create_view",
        "create_view",
        "create_view",
    ]
    text = sorted((tmp_path / "schema/migrations/shop").iterdir())[-1].read_text(encoding="utf-8")
    assert text.index("name: named\n") < text.index("name: upper_named\n")
    assert forge("generate").status == 0


def test_white_space_in_views_is_no_change(shop: Path, forge: Forge) -> None:
    with_views(shop, "named: select id, name from items")
    forge("diff")
    with_views(shop, "named: select id,   name from items  ;")
    assert "nothing to write" in forge("diff").out


def test_diff_drops_views_and_triggers_that_are_gone(shop: Path, tmp_path: Path, forge: Forge) -> None:
    edit(
        shop,
        "    columns:\n",
        "    triggers:\n      watch:\n        sqlite: after insert on items begin select 1; end\n"
        "        postgres: after insert on items for each row execute function f()\n    columns:\n",
    )
    with_views(shop, "named: select id, name from items")
    forge("diff")
    text = shop.read_text(encoding="utf-8")
    start, end = text.index("    triggers:"), text.index("    columns:")
    shop.write_text((text[:start] + text[end:]).split("views:")[0], encoding="utf-8")
    assert "0003_drop_trigger_watch.yaml" in forge("diff").out
    assert operations_of(tmp_path) == ["drop_trigger: {name: watch}", "drop_view: {name: named}"]
    assert forge("generate").status == 0


def test_diff_makes_views_again_around_a_declared_rename(shop: Path, tmp_path: Path, forge: Forge) -> None:
    with_views(shop, "named: select id, name from items", "numbered: select id, 'x' as name from items")
    forge("diff")
    edit(shop, "name: {type: text}\nviews", "title: {type: text, was: name}\nviews")
    with_views(
        shop,
        "named: select id, title as name from items",
        "numbered: select id, 'x' as name from items",
    )
    forge("diff")
    assert operations_of(tmp_path) == [
        "drop_view: {name: numbered}",
        "drop_view: {name: named}",
        "rename_column: {table: items, from: name, to: title}",
        "create_view",
        "create_view",
    ]
    edit(shop, "  items:\n", "  goods:\n    was: items\n")
    edit(shop, "from items", "from goods")
    forge("diff")
    assert "rename_table: {from: items, to: goods}" in operations_of(tmp_path)
    assert forge("generate").status == 0


def test_check_tells_views_and_triggers_that_migrations_lack(shop: Path, forge: Forge) -> None:
    with_views(shop, "named: select id, name from items")
    assert "schema/spec.yaml:8:3: error: view 'named' is in the spec, but no migration" in forge("check").err
    forge("diff")
    with_views(shop, "named: select id, lower(name) as name from items")
    assert "view 'named' is another one in the spec than after the migrations" in forge("check").err
    shop.write_text(shop.read_text(encoding="utf-8").split("views:")[0], encoding="utf-8")
    assert "view 'named' exists after the migrations, but not in the spec" in forge("check").err
