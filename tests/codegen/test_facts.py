# SPDX-License-Identifier: MIT
"""What was measured about YAML, and about the limits of what is generated."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import REPOSITORY, Forge

HEAD = """\
schema: shop
namespace: shop
"""


def write(tmp_path: Path, text: str) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema/shop.yaml").write_text(HEAD + text, encoding="utf-8")


def generated(forge: Forge, tmp_path: Path) -> Path:
    assert forge("diff", "schema/shop.yaml", "--title", "initial").status == 0
    answer = forge("generate", "schema/shop.yaml", "--out", "out")
    assert answer.err == ""
    return tmp_path / "out/shop"


def test_words_of_yaml_1_1_are_text_everywhere(tmp_path: Path, forge: Forge) -> None:
    """As enum values, column names and table names: no booleans, no nulls, no sexagesimals."""
    write(
        tmp_path,
        """\
enums:
  states: [on, off, yes, no, null, {noon: 12:30}, {hex: 0x10}]
tables:
  yes:
    columns:
      id: {type: int64, primary_key: true}
      on: {type: bool, default: true}
      no: {type: text, default: off}
      null: {type: text, default: 12:30}
      state: {enum: states, default: no}
""",
    )
    out = generated(forge, tmp_path)
    enums = (out / "enums.hpp").read_text(encoding="utf-8")
    names = re.search(r"names\{(.*?)\}", enums, re.DOTALL)
    assert names is not None
    assert names[1].split() == ['"on",', '"off",', '"yes",', '"no",', '"null",', '"12:30",', '"0x10",']
    migrations = (tmp_path / "schema/migrations/shop/0001_initial.yaml").read_text(encoding="utf-8")
    table = (out / "yes.hpp").read_text(encoding="utf-8")
    for name in ("on", "no", "null", "state"):
        assert f'name = "{name}"' in table
    assert "12:30" in migrations
    assert "750" not in table + migrations


def test_the_key_for_null_is_nullable(tmp_path: Path, forge: Forge) -> None:
    write(
        tmp_path,
        "tables:\n  items:\n    columns:\n      id: {type: int64, primary_key: true}\n"
        "      a: {type: text, null: true}\n",
    )
    answer = forge("check", "schema/shop.yaml")
    assert answer.status == 1
    expected = "schema/shop.yaml:7:23: error: 'null' has no place in a column; the key is 'nullable'"
    assert expected in answer.err


def test_decimal_with_brackets_is_answered_with_the_cure(tmp_path: Path, forge: Forge) -> None:
    """`{type: decimal(10,2)}` splits at the comma; the answer must not speak of a key `2)`alone."""
    write(
        tmp_path,
        "tables:\n  items:\n    columns:\n      id: {type: int64, primary_key: true}\n"
        "      price: {type: decimal(10,2)}\n",
    )
    answer = forge("check", "schema/shop.yaml")
    assert answer.status == 1
    assert "precision" in answer.err, answer.err
    assert "scale" in answer.err, answer.err


def test_a_table_of_one_hundred_columns_is_walked_by_pfr(tmp_path: Path, forge: Forge) -> None:
    columns = "".join(f"      c{i}: {{type: text, nullable: true}}\n" for i in range(99))
    write(
        tmp_path,
        "tables:\n  items:\n    columns:\n      id: {type: int64, primary_key: true}\n" + columns,
    )
    generated(forge, tmp_path)
    (tmp_path / "case.cpp").write_text(
        "#include <shop/items_repository.hpp>\n#include <forge_db/forge_db.hpp>\n"
        "#include <boost/pfr/core.hpp>\n"
        "static_assert(boost::pfr::tuple_size_v<shop::Item> == 100);\n"
        "std::vector<shop::Item> all(forge_db::sqlite::database& db) {\n"
        "  return db.read([](auto& session) { return session.all(forge_db::select<shop::Item>()); });\n}\n",
        encoding="utf-8",
    )
    paths = ["-I", str(tmp_path / "out"), "-I", str(REPOSITORY / "include")]
    done = subprocess.run(
        ["g++", "-std=c++20", "-fsyntax-only", *paths, "case.cpp"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_texts_and_hashes_of_migrations_are_no_constant_expressions(tmp_path: Path, forge: Forge) -> None:
    """1 MB of migration text as constexpr costs seconds a file; hashes are literals of the generator."""
    write(tmp_path, "tables:\n  items:\n    columns:\n      id: {type: int64, primary_key: true}\n")
    text = (generated(forge, tmp_path) / "migrations.hpp").read_text(encoding="utf-8")
    assert "constexpr" not in text
    assert "consteval" not in text
    assert re.search(r'"[0-9a-f]{64}"', text)


@pytest.mark.parametrize("folder", ["include", "codegen/forge_codegen", "generated"])
def test_no_text_replaces_rows(folder: str) -> None:
    """INSERT OR REPLACE deletes the row that is there: no delete triggers, and full text goes stale."""
    replaces = re.compile(r"(insert|update)\s+or\s+(replace|ignore)|\breplace\s+into\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(REPOSITORY)}:{number}"
        for path in sorted((REPOSITORY / folder).rglob("*"))
        if path.suffix in {".hpp", ".py", ".j2"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if replaces.search(line.split("//")[0].split("#")[0])
    ]
    assert found == []
