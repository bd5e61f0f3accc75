# SPDX-License-Identifier: MIT
"""What the hashes of a schema depend on, and what the model answers about keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forge_codegen.migrations.hashing import state_hash
from forge_codegen.model import ddl
from forge_codegen.model.types import Type

ID = ddl.Column("id", Type("int64"))
TITLE = ddl.Column("title", Type("text"))
ITEMS = ddl.Table("items", (ID, TITLE), ("id",))
BY_TITLE = ddl.Index("ix_items_title", "items", (ddl.IndexColumn("title", True),))
STATE = ddl.State((ITEMS,), (BY_TITLE,))
SQL = ddl.PerDialect("lower(title)", "lower(title)")


def with_title(column: ddl.Column) -> ddl.State:
    return replace(STATE, tables=(ITEMS.with_columns((ID, column)),))


def test_a_state_without_the_later_objects_is_written_as_before_them() -> None:
    assert STATE.to_json() == {
        "tables": [
            {
                "name": "items",
                "columns": [{"name": "id", "type": "int64"}, {"name": "title", "type": "text"}],
                "primary_key": ("id",),
            }
        ],
        "indexes": [{"name": "ix_items_title", "table": "items", "columns": ["title desc"]}],
    }


CHANGED = {
    "view": replace(STATE, views=(ddl.View("titles", ddl.PerDialect("select title from items")),)),
    "trigger": replace(STATE, triggers=(ddl.Trigger("tr", "items", ddl.PerDialect("after insert")),)),
    "generated": with_title(replace(TITLE, generated=ddl.Generated(SQL))),
    "stored": with_title(replace(TITLE, generated=ddl.Generated(SQL, stored=True))),
    "collation": with_title(replace(TITLE, collation=ddl.PerDialect("NOCASE"))),
    "strict": replace(STATE, tables=(replace(ITEMS, strict=True),)),
    "without_rowid": replace(STATE, tables=(replace(ITEMS, without_rowid=True),)),
    "expression": replace(STATE, indexes=(replace(BY_TITLE, columns=(ddl.IndexColumn("", True, SQL),)),)),
    "include": replace(STATE, indexes=(replace(BY_TITLE, include=("id",)),)),
}


@pytest.mark.parametrize("what", CHANGED)
def test_each_later_object_changes_the_hash(what: str) -> None:
    others = [STATE, *(state for name, state in CHANGED.items() if name != what)]
    assert state_hash(CHANGED[what]) not in [state_hash(other) for other in others]


def test_partial_and_expression_indexes_keep_no_columns_unique() -> None:
    assert BY_TITLE.plain_columns == ("title",)
    assert replace(BY_TITLE, where="id > 1").plain_columns == ()
    assert replace(BY_TITLE, columns=(ddl.IndexColumn("", False, SQL),)).plain_columns == ()
