# SPDX-License-Identifier: MIT
"""A default of each type, in each of its storages, is what SQLite stores when a row leaves it out."""

from __future__ import annotations

import sqlite3

import pytest

from forge_codegen.model.defaults import Default, ddl_default
from forge_codegen.model.types import KINDS, Type

UUID = "00112233-4455-6677-8899-aabbccddeeff"
MOMENT = "1970-01-02 00:00:01.500000"

# The literal in its normal form, and what the column then holds. Vectors have no literals, and the spec takes
# none of an enum that is stored as its position.
STORED = {
    ("int32", ""): ("-7", -7),
    ("int64", ""): ("9223372036854775807", 9223372036854775807),
    ("bool", "integer"): ("true", 1),
    ("bool", "true_false"): ("true", "true"),
    ("bool", "yes_no"): ("true", "Y"),
    ("float64", ""): ("-1.5", -1.5),
    ("decimal", "scaled"): ("12.5", 1250),
    ("decimal", "real"): ("12.5", 12.5),
    ("decimal", "text"): ("12.5", "12.5"),
    ("text", ""): ("it's 1", "it's 1"),
    ("string", ""): ("007", "007"),
    ("bytes", ""): ("0x00ff", b"\x00\xff"),
    ("json", ""): ('{"a": [1, "b\'"]}', '{"a": [1, "b\'"]}'),
    ("uuid", "text36"): (UUID, UUID),
    ("uuid", "hex32"): (UUID, UUID.replace("-", "")),
    ("uuid", "blob"): (UUID, bytes.fromhex(UUID.replace("-", ""))),
    ("timestamp", "text"): (MOMENT, MOMENT),
    ("timestamp", "text_s"): (MOMENT, MOMENT[:19]),
    ("timestamp", "iso"): (MOMENT, MOMENT.replace(" ", "T") + "Z"),
    ("timestamp", "unix_us"): (MOMENT, 86_401_500_000),
    ("timestamp", "unix_ms"): (MOMENT, 86_401_500),
    ("timestamp", "unix_s"): (MOMENT, 86_401),
    ("timestamp", "unix_real"): (MOMENT, 86_401.5),
    ("timestamp", "julian"): (MOMENT, 86_401.5 / 86_400 + 2_440_587.5),
    ("date", "text"): ("1970-01-02", "1970-01-02"),
    ("date", "yyyymmdd"): ("1970-01-02", 19_700_102),
    ("date", "unix_s"): ("1970-01-02", 86_400),
    ("enum", "text"): ("open", "open"),
}
WITHOUT = {("vector", ""), ("enum", "integer")}


def test_each_type_and_storage_is_asked() -> None:
    known = {(kind.name, storage.name) for kind in KINDS.values() for storage in kind.storages}
    assert set(STORED) | WITHOUT == known


@pytest.mark.parametrize(("name", "storage"), STORED)
def test_the_default_of_a_column_is_stored_as_its_values_are(name: str, storage: str) -> None:
    text, expected = STORED[name, storage]
    kind = Type(name, storage=storage, precision=10, scale=2, length=10)
    literal = ddl_default(Default("literal", text), kind, "sqlite")
    declared = kind.storage_info.sqlite_type
    with sqlite3.connect(":memory:") as database:
        database.execute(f"create table t (n integer, c {declared} not null default {literal})")
        database.execute("insert into t (n) values (1)")
        (found,) = database.execute("select c from t").fetchone()
    assert (type(found), found) == (type(expected), expected)
    assert ddl_default(Default("literal", text), kind, "postgres")
