# SPDX-License-Identifier: MIT
"""`forge diff` of full-text indexes, and the triggers that keep them in step, tried on SQLite."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from conftest import Forge

from forge_codegen.model.full_text import FullText

SPEC = """schema: shop
dialects: [sqlite]
tables:
  items:
    columns:
      id: {type: int64, primary_key: true}
      name: {type: text}
      note: {type: text, nullable: true}
    full_text: {columns: [name]}
"""


def written(forge: Forge, folder: Path, spec: str) -> list[str]:
    """The operations of the next migration."""
    path = folder / "schema" / "shop.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(spec, encoding="utf-8")
    answer = forge("diff")
    assert answer.status == 0, answer.err
    files = sorted((folder / "schema/migrations/shop").glob("*.yaml"))
    text = files[-1].read_text(encoding="utf-8")
    return [line.removeprefix("  - ") for line in text.splitlines() if line.startswith("  - ")]


MADE = "create_full_text: {table: items, columns: [name]}"
GONE = "drop_full_text: {table: items}"


@pytest.mark.parametrize(
    ("before", "after", "operations"),
    [
        ("    full_text: {columns: [name]}\n", "", [GONE]),
        ("[name]", "[name, note]", [GONE, "create_full_text: {table: items, columns: [name, note]}"]),
        ("[name]}", "[name], tokenize: trigram}", [GONE, f"{MADE[:-1]}, tokenize: trigram}}"]),
        (
            "      note: {type: text, nullable: true}\n",
            "      note: {type: text, nullable: true}\n      more: {type: text, nullable: true}\n",
            ["add_column: {table: items, column: more, type: text, nullable: true}"],
        ),
        (
            "name: {type: text}",
            "title: {type: text, was: name}",
            [
                GONE,
                "rename_column: {table: items, from: name, to: title}",
                "create_full_text: {table: items, columns: [title]}",
            ],
        ),
        (
            "  items:\n",
            "  goods:\n    was: items\n",
            [GONE, "rename_table: {from: items, to: goods}", MADE.replace("items", "goods")],
        ),
    ],
)
def test_diff(forge: Forge, tmp_path: Path, before: str, after: str, operations: list[str]) -> None:
    assert written(forge, tmp_path, SPEC)[-1] == MADE
    changed = SPEC.replace(before, after)
    if "was: name" in after:
        changed = changed.replace("columns: [name]", "columns: [title]")
    assert written(forge, tmp_path, changed) == operations
    assert forge("generate", "schema/shop.yaml").status == 0, "the migrations lead to the spec"


INDEX = FullText("items", "id", ("name", "note"))


def database() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.execute(
        "create table items (id integer primary key, code text unique, name text not null, note text)"
    )
    made.execute(f"create virtual table {INDEX.name} using {INDEX.sql.sqlite}")
    for trigger in INDEX.triggers:
        made.execute(f"create trigger {trigger.name} {trigger.sql.sqlite}")
    return made


@pytest.mark.parametrize("recursive", ["off", "on"])
def test_triggers_keep_the_index_in_step_whatever_is_written(recursive: str) -> None:
    """Random statements, REPLACE among them; after each, every word finds the rows that have it."""
    made = database()
    made.execute(f"pragma recursive_triggers = {recursive}")
    chance, words = random.Random(3), ["sea", "lake", "river", "moon"]
    verbs = ["insert", "insert or ignore", "insert or replace", "upsert", "update", "delete"]
    for _ in range(400):
        verb = chance.choice(verbs)
        values = {
            "id": chance.randint(1, 6),
            "code": chance.choice("abcdef"),
            "name": " ".join(chance.choices(words, k=2)),
            "note": chance.choice([None, chance.choice(words)]),
        }
        head = "into items (id, code, name, note) values (:id, :code, :name, :note)"
        text = f"{verb} {head}"
        if verb == "upsert":
            text = f"insert {head} on conflict (id) do update set name = excluded.name, note = excluded.note"
        elif verb == "update":
            text = "update items set name = :name, note = :note where id = :id or code = :code"
        elif verb == "delete":
            text = "delete from items where id = :id"
        try:
            made.execute(text, values)
        except sqlite3.IntegrityError:
            continue
        for word in words:
            found = made.execute(
                f"select id from {INDEX.name}(?) f join items on id = f.rowid order by id", (word,)
            ).fetchall()
            wanted = made.execute(
                "select id from items where instr(name || ' ' || ifnull(note, ''), ?) order by id", (word,)
            ).fetchall()
            assert found == wanted, text
