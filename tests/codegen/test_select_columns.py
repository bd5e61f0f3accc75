# SPDX-License-Identifier: MIT
"""What is read from the text of a SELECT: types, and what can be NULL, against what SQLite answers."""

from __future__ import annotations

import random
import sqlite3

import pytest

from forge_codegen.model.queries import Value
from forge_codegen.model.types import Type
from forge_codegen.spec.select_columns import Relation, Result, SelectReader
from forge_codegen.spec.sql_pieces import tokens
from forge_codegen.spec.sql_tree import tree

INTEGER, TEXT = Type("int64"), Type("text")


def relation(name: str, **columns: Value) -> Relation:
    return tuple(Result(column, value, (name, column)) for column, value in columns.items())


# `n` may be NULL, the others may not; `same` is in two tables.
TABLES = {
    "a": relation("a", id=Value(INTEGER), n=Value(INTEGER, True), t=Value(TEXT), same=Value(INTEGER)),
    "b": relation("b", bid=Value(INTEGER), a_id=Value(INTEGER), same=Value(INTEGER)),
    "c": relation("c", cid=Value(INTEGER), n2=Value(INTEGER, True)),
}


def read(text: str) -> str:
    """The columns: i an integer, t a text, b a bool, r a real; ? unknown; upper case where NULL can come."""
    letters = {"int64": "i", "text": "t", "bool": "b", "float64": "r"}
    found = SelectReader(TABLES).read(tree(tokens(text)))
    shown = [letters[one.value.type.kind] if one.value is not None else "?" for one in found]
    return "".join(
        letter.upper() if one.value is not None and one.value.nullable else letter
        for letter, one in zip(shown, found, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("select id, n, t from a", "iIt"),
        ("select x.id, y.id from a x left join a y on y.n = x.id", "iI"),
        ("select id, bid from a right join b on a_id = id", "Ii"),
        ("select id, bid from a full outer join b on a_id = id", "II"),
        ("select id, bid, cid from a left join b on a_id = id join c on cid = bid", "iIi"),
        ("select id, bid, cid from a left join (b join c on cid = bid) on a_id = id", "iII"),
        ("select id, bid, cid from a join b on a_id = id right join c on cid = bid", "IIi"),
        ("select a.id, x.bid from a left join (select bid, a_id from b) x on x.a_id = a.id", "iI"),
        ("select same from a join b using (same)", "i"),
        ("select same from a left join b using (same)", "I"),
        ("with x as (select n from a) select n from x", "I"),
        ("with a as (select bid as id from b) select id from a", "i"),
        ("with x (k, v) as (select id, n from a) select v, k from x", "Ii"),
        (
            "with recursive r as (select id from a union select n from a join r using (id)) select id from r",
            "I",
        ),
        ("select id from a union select cid from c", "i"),
        ("select id from a union select n from a", "I"),
        ("select id from a union select t from a", "?"),
        ("select count(*), count(n), sum(id), min(id), max(t), avg(n), total(n) from a", "iiIITR?"),
        ("select max(id), t from a", "IT"),
        ("select max(id), t from a group by t", "It"),
        ("select t from a having count(*) > 5", "T"),
        ("select t, row_number() over (order by t), sum(id) over (partition by t) from a group by t", "tiI"),
        (
            "select count(*) filter (where n > 1) over () as k, coalesce(n, 0), coalesce(n, id),"
            " coalesce(n, n) from a group by 1",
            "iiiI",
        ),
        ("select exists (select 1 from b), not exists (select 1 from c) from a", "bb"),
        (
            "select (select count(*) from b), (select bid from b), (select count(*) from b group by bid)",
            "iII",
        ),
        ("select lower(t), length(t), upper(n) from a", "ti?"),
        ("select id + 1, case when id > 1 then id end, 'x', cast(id as text) from a", "????"),
        ("select id key, n as other from a", "iI"),
        ("select * from c", "iI"),
        ("select a.*, bid from a left join b on a_id = id", "iItiI"),
        ("select a.id, value from a, json_each(a.t)", "i?"),
        ("values (1, 2)", "??"),
    ],
)
def test_columns(text: str, columns: str) -> None:
    assert read(text) == columns


def random_select(chance: random.Random, depth: int = 0) -> str:
    """A SELECT of columns x, y and z over joins of all kinds."""

    def source(number: int) -> tuple[str, list[str]]:
        if depth < 2 and chance.random() < 0.3:
            return f"({random_select(chance, depth + 1)}) s{number}", [f"s{number}.{one}" for one in "xyz"]
        name = chance.choice("abc")
        columns = [column.name for column in TABLES[name] if column.value and column.value.type == INTEGER]
        return f"{name} s{number}", [f"s{number}.{one}" for one in columns]

    text, columns = source(0)
    for number in range(1, chance.randint(1, 4)):
        kind = chance.choice(["join", "left join", "right join", "full join", "cross join"])
        joined, more = source(number)
        on = (
            ""
            if kind == "cross join"
            else f" on {chance.choice(columns)} = {chance.choice(more)} + {chance.randint(0, 2)}"
        )
        text += f" {kind} {joined}{on}"
        columns += more
    wrap = ["{}", "{}", "{}", "coalesce({}, 0)", "max({})", "count({})", "sum({})", "({})"]
    items = [chance.choice(wrap).format(chance.choice(columns)) for _ in "xyz"]
    grouped = f" group by {chance.choice(columns)}" if chance.random() < 0.4 else ""
    named = ", ".join(f"{item} as {name}" for item, name in zip(items, "xyz", strict=True))
    made = f"select {named} from {text}{grouped}"
    if depth == 0 and chance.random() < 0.3:
        made += f" union all {random_select(chance, 1)}"
    return made


def test_what_is_said_never_to_be_null_never_is() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(
        """
        create table a (id, n, t, same); create table b (bid, a_id, same); create table c (cid, n2);
        insert into a values (1, null, 'x', 1), (2, 1, 'y', 2), (5, 7, 'z', 9);
        insert into b values (1, 1, 1), (2, 9, 3);
        """  # c is empty
    )
    chance, nulls, sure = random.Random(7), 0, 0
    for _ in range(1500):
        text = random_select(chance)
        found = SelectReader(TABLES).read(tree(tokens(text)))
        assert [one.name for one in found] == ["x", "y", "z"], text
        assert all(one.value is not None for one in found), text
        for row in database.execute(text):
            for value, column in zip(row, found, strict=True):
                assert value is not None or (column.value is not None and column.value.nullable), text
                nulls += value is None
        sure += sum(one.value is not None and not one.value.nullable for one in found)
    assert nulls > 1000 and sure > 1000, "the queries show both"
