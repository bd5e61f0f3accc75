# SPDX-License-Identifier: MIT
"""Writes operations as the YAML of migration files, in the hand that people write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from forge_codegen import naming
from forge_codegen.model import ddl
from forge_codegen.model.defaults import Default
from forge_codegen.model.full_text import FullText

_PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./ -]*")


def scalar(text: str) -> str:
    """Text as a YAML scalar that also stands inside braces.

    >>> scalar("open"), scalar("a: b"), scalar("null"), scalar("")
    ('open', '"a: b"', '"null"', '""')
    """
    plain = _PLAIN.fullmatch(text) and not text.endswith(" ") and text not in ("null", "~")
    return text if plain else json.dumps(text, ensure_ascii=False)


def flow(pairs: list[tuple[str, str]]) -> str:
    """
    >>> flow([("type", "text"), ("nullable", "true")])
    '{type: text, nullable: true}'
    """
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def sql(of: ddl.PerDialect) -> str:
    """
    >>> sql(ddl.PerDialect("a > 1", "a > 1")), sql(ddl.PerDialect("a", "b"))
    ('"a > 1"', '{sqlite: a, postgres: b}')
    """
    if of.sqlite == of.postgres:
        return scalar(of.sqlite)
    return flow([(d, scalar(text)) for d, text in (("sqlite", of.sqlite), ("postgres", of.postgres)) if text])


def collation(of: ddl.PerDialect) -> str:
    """
    >>> collation(ddl.PerDialect("NOCASE")), collation(ddl.PerDialect("", "C"))
    ('nocase', '{postgres: C}')
    """
    if not of.postgres:
        return of.sqlite.lower()
    sqlite = [("sqlite", of.sqlite.lower())] if of.sqlite else []
    return flow([*sqlite, ("postgres", scalar(of.postgres))])


def generated(of: ddl.Generated) -> str:
    """
    >>> generated(ddl.Generated(ddl.PerDialect("n * 2", "n * 2"), stored=True))
    '{sql: "n * 2", stored: true}'
    """
    text = sql(of.expression)
    if not of.stored:
        return text
    pairs = [("sql", text)]
    if of.expression.sqlite != of.expression.postgres:
        pairs = [(d, scalar(getattr(of.expression, d))) for d in ("sqlite", "postgres")]
    return flow([*pairs, ("stored", "true")])


def names(columns: tuple[str, ...]) -> str:
    """
    >>> names(("a", "b"))
    '[a, b]'
    """
    return f"[{', '.join(columns)}]"


def default(of: Default) -> str:
    """The value of a `default:` key."""
    if of.kind == "literal":
        return scalar(of.text)
    if of.kind == "now":
        return "now"
    if of.text == of.postgres:
        return flow([("sql", scalar(of.text))])
    texts = [
        (dialect, scalar(text)) for dialect, text in (("sqlite", of.text), ("postgres", of.postgres)) if text
    ]
    return flow([("sql", flow(texts))])


def column_key(table: ddl.Table, column: str) -> ddl.ForeignKey | None:
    """The key that the column's own `references` can say; all others stand in `foreign_keys`."""
    key = table.foreign_key_of(column)
    plain = key is not None and key.on_update == "no_action"
    return key if plain and key.name == f"fk_{table.name}_{column}" else None


def column(table: ddl.Table, of: ddl.Column, with_key: bool = True) -> list[tuple[str, str]]:
    """A column's keys."""
    kind, key = of.type, column_key(table, of.name)
    pairs: list[tuple[str, str]] = []
    if key is not None:
        pairs.append(("references", f"{key.target}.{key.ref_columns[0]}"))
        if key.on_delete != "no_action":
            pairs.append(("on_delete", key.on_delete))
    if key is None or key.ref_schema:
        pairs.append(("type", kind.kind))
        if kind.kind == "string":
            pairs.append(("length", str(kind.length)))
        if kind.kind == "decimal":
            pairs += [("precision", str(kind.precision)), ("scale", str(kind.scale))]
        if kind.kind == "vector":
            pairs.append(("dimensions", str(kind.dimensions)))
        if kind.storage and kind.storage != kind.info.storages[0].name:
            pairs.append(("storage", kind.storage))
    if with_key and table.primary_key == (of.name,):
        pairs.append(("primary_key", "true"))
        if table.autoincrement:
            pairs.append(("autoincrement", "true"))
    if of.nullable:
        pairs.append(("nullable", "true"))
    if of.default is not None:
        pairs.append(("default", default(of.default)))
    return pairs + computed(of)


def computed(of: ddl.Column) -> list[tuple[str, str]]:
    """The keys of a column's collation and expression."""
    pairs = [("collate", collation(of.collation))] if of.collation else []
    return pairs + ([("generated", generated(of.generated))] if of.generated is not None else [])


def foreign_key(table: str, of: ddl.ForeignKey) -> list[tuple[str, str]]:
    """A key's keys, as `foreign_keys` and add_foreign_key hold them."""
    target = f"{of.target}.{of.ref_columns[0]}"
    if len(of.ref_columns) != 1:
        target = flow([("table", of.target), ("columns", names(of.ref_columns))])
    pairs = [("columns", names(of.columns)), ("references", target)]
    actions = (("on_delete", of.on_delete), ("on_update", of.on_update))
    pairs += [(key, action) for key, action in actions if action != "no_action"]
    named = of.name != naming.default_name("fk", table, of.columns)
    return [*pairs, ("name", of.name)] if named else pairs


def check(of: ddl.Check) -> list[tuple[str, str]]:
    """A check's keys."""
    return [("name", of.name), ("expression", _either(of.expression, of.postgres))]


def create_table(table: ddl.Table) -> list[str]:
    """A create_table operation, with everything but its indexes."""
    lines = ["  - create_table:", f"      table: {table.name}", "      columns:"]
    lines += [f"        {one.name}: {flow(column(table, one))}" for one in table.columns]
    if len(table.primary_key) > 1:
        lines.append(f"      primary_key: {names(table.primary_key)}")
    if table.uniques:
        lines.append("      unique:")
        lines += [
            f"        - {flow([('name', one.name), ('columns', names(one.columns))])}"
            for one in table.uniques
        ]
    of_columns = [column_key(table, one.name) for one in table.columns]
    if keys := [key for key in table.foreign_keys if key not in of_columns]:
        lines.append("      foreign_keys:")
        lines += [f"        - {flow(foreign_key(table.name, key))}" for key in keys]
    if table.checks:
        lines.append("      checks:")
        lines += [f"        - {flow(check(one))}" for one in table.checks]
    lines += [f"      {option}: true" for option in ("strict", "without_rowid") if getattr(table, option)]
    return lines


def _either(sqlite: str, postgres: str) -> str:
    return sql(ddl.PerDialect(sqlite, postgres or sqlite))


def add_foreign_keys(table: str, keys: Iterable[ddl.ForeignKey]) -> list[str]:
    """An alter_table operation that adds keys."""
    return alter_table(table, [f"add_foreign_key: {flow(foreign_key(table, key))}" for key in keys])


def add_column(table: ddl.Table, of: ddl.Column) -> list[str]:
    """An add_column operation; inside alter_table where SQLite needs a rebuild."""
    evaluated = (of.sqlite_default or "").upper().startswith(("(", "CURRENT_"))
    stored = of.generated is not None and of.generated.stored
    if evaluated or stored or (of.default is not None and column_key(table, of.name) is not None):
        change = flow([("column", of.name), *column(table, of, with_key=False)])
        return alter_table(table.name, [f"add_column: {change}"])
    pairs = [("table", table.name), ("column", of.name), *column(table, of, with_key=False)]
    return [f"  - add_column: {flow(pairs)}"]


def alter_table(table: str, changes: list[str]) -> list[str]:
    """An alter_table operation."""
    head = ["  - alter_table:", f"      table: {table}", "      changes:"]
    return head + [f"        - {change}" for change in changes]


def create_index(of: ddl.Index) -> list[str]:
    """A create_index operation."""
    pairs = [
        ("table", of.table),
        ("name", of.name),
        ("columns", names(tuple(_index_column(one) for one in of.columns))),
    ]
    pairs += [("unique", "true")] if of.unique else []
    pairs += [("where", _either(of.where, of.postgres_where))] if of.where else []
    pairs += [("include", names(of.include))] if of.include else []
    return [f"  - create_index: {flow(pairs)}"]


def _index_column(of: ddl.IndexColumn) -> str:
    if of.is_plain:
        return str(of)
    pairs = [("column", of.name)] if of.name else [("expression", sql(of.expression))]
    pairs += [("collate", collation(of.collation))] if of.collation else []
    pairs += [("desc", "true")] if of.descending else []
    return flow(pairs)


def drop_index(name: str) -> list[str]:
    """A drop_index operation."""
    return [f"  - drop_index: {flow([('name', name)])}"]


def text_lines(key: str, text: str, indent: int) -> list[str]:
    r"""A key with SQL text, as a block when it has several lines.

    >>> print(*text_lines("sql", "select 1\n\nfrom t", 2), sep="\n")
      sql: |-
        select 1
    <BLANKLINE>
        from t
    """
    pad = " " * indent
    if "\n" not in text or not all(character.isprintable() or character == "\n" for character in text):
        return [f"{pad}{key}: {scalar(text)}"]
    return [f"{pad}{key}: |-", *(f"{pad}  {line}" if line else "" for line in text.split("\n"))]


def create_view(of: ddl.View) -> list[str]:
    """A create_view operation."""
    lines = ["  - create_view:", f"      name: {of.name}"]
    if of.sql.sqlite == of.sql.postgres:
        return lines + text_lines("sql", of.sql.sqlite, 6)
    lines.append("      sql:")
    for dialect, text in (("sqlite", of.sql.sqlite), ("postgres", of.sql.postgres)):
        lines += text_lines(dialect, text, 8) if text else []
    return lines


def create_trigger(of: ddl.Trigger) -> list[str]:
    """A create_trigger operation."""
    lines = ["  - create_trigger:", f"      name: {of.name}", f"      table: {of.table}"]
    texts = (
        ("sqlite", of.sql.sqlite),
        ("postgres", of.sql.postgres),
        ("postgres_function", of.postgres_function),
    )
    for key, text in texts:
        lines += text_lines(key, text, 6) if text else []
    return lines


def create_full_text(of: FullText) -> list[str]:
    """A create_full_text operation."""
    items = [("table", of.table), ("columns", names(of.columns))]
    items += [("tokenize", of.tokenize)] if of.tokenize != "unicode61" else []
    items += [("configuration", of.configuration)] if of.configuration != "simple" else []
    return [f"  - create_full_text: {flow(items)}"]


def drop_full_text(table: str) -> str:
    """A drop_full_text operation."""
    return f"  - drop_full_text: {flow([('table', table)])}"


def drop_view(name: str) -> str:
    """A drop_view operation."""
    return f"  - drop_view: {flow([('name', name)])}"


def drop_trigger(name: str) -> str:
    """A drop_trigger operation."""
    return f"  - drop_trigger: {flow([('name', name)])}"


def rename_column(table: str, old: str, new: str) -> list[str]:
    """A rename_column operation."""
    return [f"  - rename_column: {flow([('table', table), ('from', old), ('to', new)])}"]


def rename_table(old: str, new: str) -> list[str]:
    """A rename_table operation."""
    return [f"  - rename_table: {flow([('from', old), ('to', new)])}"]
