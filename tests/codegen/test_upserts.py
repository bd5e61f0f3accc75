# SPDX-License-Identifier: MIT
"""ON CONFLICT in the texts of a spec: tried out against the keys that its tables have."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Forge

SPEC = """
schema: shop
dialects: [sqlite]
tables:
  items:
    columns:
      id: {{type: int64, primary_key: true}}
      name: {{type: text}}
    triggers:
      counted:
        sqlite: |
          after insert on items
          begin
            {text};
          end
  totals:
    columns:
      name: {{type: text, primary_key: true}}
      mark: {{type: text, unique: true}}
      shelf: {{type: int32}}
      place: {{type: int32}}
      code: {{type: text}}
      gone: {{type: int32}}
      size: {{type: int32, generated: "length(name)"}}
      count: {{type: int32, default: 0}}
    unique: [[shelf, place], [size]]
    indexes:
      - {{columns: [code], unique: true, where: "gone = 0"}}
      - {{columns: ["(lower(name))"], unique: true, name: by_lower_name}}
      - {{columns: [gone]}}
queries:
  count_one: {{sql: "{query}"}}
"""
INSERT = "insert into totals (name, mark, shelf, place, code, gone) values ({values}) on conflict {target}"
DO = "do update set count = count + 1"
KEYS = (
    "(name)",
    "(mark)",
    "(shelf, place)",
    "(place, shelf)",
    "(size)",
    "(lower(name))",
    "(code) where gone = 0",
)
OTHERS = ("(place)", "(code)", "(code) where gone = 1", "(gone)", "(count)", "(name, mark)")


REASON = (
    "is refused by SQLite: ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint; name all "
    "columns of one of them, and the 'where' of a partial index"
)


def spec(folder: Path, of_trigger: str, of_query: str) -> list[str]:
    """A trigger and a query with upserts that name those targets; the lines of the spec."""
    text = INSERT.format(values="new.name, 'm', 1, 2, 'c', 0", target=f"{of_trigger} {DO}")
    query = INSERT.format(values="'n', 'm', 1, 2, 'c', 0", target=f"{of_query} {DO}")
    (folder / "schema").mkdir()
    written = SPEC.format(text=text, query=query)
    (folder / "schema/shop.yaml").write_text(written, encoding="utf-8")
    return written.splitlines()


@pytest.mark.parametrize("target", KEYS)
def test_triggers_and_queries_may_name_every_key(target: str, tmp_path: Path, forge: Forge) -> None:
    spec(tmp_path, target, target)
    answer = forge("diff", "schema/shop.yaml")
    assert (answer.status, answer.err) == (0, "")


@pytest.mark.parametrize("target", OTHERS)
@pytest.mark.parametrize("what", ["trigger 'counted'", "query 'count_one'"])
def test_triggers_and_queries_name_nothing_else(what: str, target: str, tmp_path: Path, forge: Forge) -> None:
    targets = (target, "(name)") if what.startswith("trigger") else ("(name)", target)
    lines = spec(tmp_path, *targets)
    errors = forge("generate", "schema/shop.yaml").err.splitlines()
    assert len(errors) == 2  # it, and that nothing was written
    place, reason = errors[0].split(" error: ")
    assert reason == f"{what} {REASON}"
    row, column = (int(part) for part in place.split(":")[1:3])
    assert lines[row - 1][column - 1 :].startswith(f"conflict {target}")
