# SPDX-License-Identifier: MIT
"""What differs between a spec and the state that its migrations lead to.

Not compared, as databases that equal each other differ in them: the order of tables and columns, the names of
constraints, white space in SQL text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from forge_codegen.migrations import by_hand, yaml_text
from forge_codegen.migrations.objects import Object
from forge_codegen.model import ddl


@dataclass(frozen=True)
class Difference:
    """One difference; `column` is empty when it is about the whole table or view, `table` when about none of
    the spec. `cure` is what to do where `forge diff` does not write it, empty when nothing is known.
    """

    table: str
    column: str
    message: str
    cure: str = field(default="", compare=False)


def differences(spec: ddl.State, migrated: ddl.State) -> list[Difference]:
    """Every difference, table by table in the spec's order."""
    found: list[Difference] = []
    for table in spec.tables:
        other = migrated.table(table.name)
        if other is None:
            found.append(
                Difference(
                    table.name, "", f"table '{table.name}' is in the spec, but no migration creates it"
                )
            )
        else:
            found += _tables(table, other)
    new = [table.name for table in spec.tables if migrated.table(table.name) is None]
    for table in migrated.tables:
        if spec.table(table.name) is None:
            message = f"table '{table.name}' exists after the migrations, but not in the spec"
            found.append(Difference("", "", message, by_hand.gone_table(table.name, new)))
    return [*found, *_indexes(spec, migrated), *_objects(spec, migrated)]


def _tables(spec: ddl.Table, migrated: ddl.Table) -> Iterator[Difference]:
    where = f"of table '{spec.name}'"
    new = [column.name for column in spec.columns if migrated.column(column.name) is None]
    gone = [column.name for column in migrated.columns if spec.column(column.name) is None]
    for column in spec.columns:
        other = migrated.column(column.name)
        if other is None:
            message = f"column '{column.name}' {where} is in the spec, but no migration adds it"
            yield Difference(spec.name, column.name, message, by_hand.new_column(column, gone))
        else:
            yield from _columns(spec, column, other)
    for name in gone:
        message = f"column '{name}' {where} exists after the migrations, but not in the spec"
        yield Difference(spec.name, "", message, by_hand.gone_column(spec.name, name, new))
    if spec.primary_key != migrated.primary_key:
        yield Difference(
            spec.name,
            "",
            f"the primary key {where} is ({', '.join(spec.primary_key)}) in the spec, but "
            f"({', '.join(migrated.primary_key)}) after the migrations",
        )
    if spec.autoincrement != migrated.autoincrement:
        yield Difference(
            spec.name,
            "",
            f"'autoincrement' {where} is {_yes(spec.autoincrement)} in the spec, but "
            f"{_yes(migrated.autoincrement)} after the migrations",
        )
    for option in ("strict", "without_rowid"):
        wanted, present = getattr(spec, option), getattr(migrated, option)
        if wanted != present:
            yield Difference(
                spec.name,
                "",
                f"'{option}' {where} is {_yes(wanted)} in the spec, but {_yes(present)} after the migrations",
            )
    yield from _constraints(spec, migrated, where)


@dataclass(frozen=True)
class _Constraint:
    """What a constraint says, and what an alter_table that adds or drops it holds."""

    text: str
    added: list[tuple[str, str]]
    dropped: list[tuple[str, str]]


def _constraints(spec: ddl.Table, migrated: ddl.Table, where: str) -> Iterator[Difference]:
    for what, noun, all_of in (
        ("unique constraint", "unique", _uniques),
        ("foreign key", "foreign_key", _foreign_keys),
        ("check", "check", _checks),
    ):
        wanted = {one.text: one for one in all_of(spec)}
        present = {one.text: one for one in all_of(migrated)}
        for text in sorted(wanted.keys() - present.keys()):
            message = f"{what} ({text}) {where} is in the spec, but not after the migrations"
            cure = by_hand.alter(spec.name, f"add_{noun}", wanted[text].added)
            yield Difference(spec.name, "", message, cure)
        for text in sorted(present.keys() - wanted.keys()):
            message = f"{what} ({text}) {where} exists after the migrations, but not in the spec"
            cure = by_hand.alter(spec.name, f"drop_{noun}", present[text].dropped)
            yield Difference(spec.name, "", message, cure)


def _uniques(table: ddl.Table) -> Iterator[_Constraint]:
    for unique in table.uniques:
        columns = [("columns", yaml_text.names(unique.columns))]
        yield _Constraint(", ".join(unique.columns), added=columns, dropped=columns)


def _foreign_keys(table: ddl.Table) -> Iterator[_Constraint]:
    for key in table.foreign_keys:
        added = yaml_text.foreign_key(table.name, key)
        yield _Constraint(_key(key), added, dropped=[("columns", yaml_text.names(key.columns))])


def _checks(table: ddl.Table) -> Iterator[_Constraint]:
    for check in table.checks:
        text = ddl.PerDialect(check.expression, check.postgres or check.expression).describe()
        yield _Constraint(text, added=yaml_text.check(check), dropped=[("name", check.name)])


def _columns(table: ddl.Table, spec: ddl.Column, migrated: ddl.Column) -> Iterator[Difference]:
    pairs = (
        ("type", spec.type.describe(), migrated.type.describe()),
        ("'nullable'", _yes(spec.nullable), _yes(migrated.nullable)),
        ("the default for SQLite", spec.sqlite_default or "none", migrated.sqlite_default or "none"),
        ("the default for PostgreSQL", spec.postgres_default or "none", migrated.postgres_default or "none"),
        ("the collation", spec.collation.describe(), migrated.collation.describe()),
        ("the generated value", _generated(spec), _generated(migrated)),
    )
    for what, wanted, present in pairs:
        if wanted != present:
            yield Difference(
                table.name,
                spec.name,
                f"column '{spec.name}' of table '{table.name}': {what} is {wanted} in the spec, but "
                f"{present} after the migrations",
                by_hand.changed_column(table, spec, migrated),
            )


def _indexes(spec: ddl.State, migrated: ddl.State) -> Iterator[Difference]:
    for index in spec.indexes:
        other = migrated.index(index.name)
        where = _name(index)
        if other is None:
            yield Difference(index.table, "", f"{where} is in the spec, but no migration creates it")
        elif not same_index(index, other):
            yield Difference(
                index.table,
                "",
                f"{where} is {_index(index)} in the spec, but {_index(other)} after the migrations",
            )
    for index in migrated.indexes:
        if spec.index(index.name) is None:
            yield Difference(
                index.table if spec.table(index.table) else "",
                "",
                f"{_name(index)} exists after the migrations, but not in the spec",
                by_hand.gone_index(index.name),
            )


def same_index(a: ddl.Index, b: ddl.Index) -> bool:
    """Whether two indexes say the same, but for white space."""
    return _index(a) == _index(b)


def _objects(spec: ddl.State, migrated: ddl.State) -> Iterator[Difference]:
    """Views, triggers and full texts, of which some may be missing on either side."""
    for table in spec.tables:
        if spec.full_text(table.name) != migrated.full_text(table.name):
            message = (
                f"the full text of table '{table.name}' is another one in the spec than after the migrations"
            )
            yield Difference(table.name, "", message)
    kinds: tuple[tuple[str, tuple[Object, ...], tuple[Object, ...]], ...] = (
        ("view", spec.views, migrated.views),
        ("trigger", spec.triggers, migrated.triggers),
    )
    for kind, wanted, present in kinds:
        names = {each.name for each in wanted}
        others = {each.name: each for each in present}
        for each in wanted:
            other, owner = others.get(each.name), each.name if isinstance(each, ddl.View) else each.table
            if other is None:
                message = f"{kind} '{each.name}' is in the spec, but no migration creates it"
                yield Difference(owner, "", message)
            elif same_object(each, other):
                continue
            else:
                message = f"{kind} '{each.name}' is another one in the spec than after the migrations"
                yield Difference(owner, "", message)
        for name in sorted(others.keys() - names):
            message = f"{kind} '{name}' exists after the migrations, but not in the spec"
            yield Difference("", "", message)


def same_object(one: Object, other: Object) -> bool:
    """Whether two views or triggers are the same but for white space."""
    return _spaced(one.to_json()) == _spaced(other.to_json())


def _spaced(value: dict[str, Any]) -> dict[str, str]:
    return {key: ddl.one_space(text) for key, text in value.items()}


def _key(key: ddl.ForeignKey) -> str:
    to = ", ".join(key.ref_columns)
    target = f"{key.target}.{to}" if len(key.ref_columns) == 1 else f"{key.target} ({to})"
    on_update = "" if key.on_update == "no_action" else f", on update {key.on_update}"
    return f"{', '.join(key.columns)} to {target}, on delete {key.on_delete}{on_update}"


def _name(index: ddl.Index) -> str:
    return f"index '{index.name}' of table '{index.table}'"


def _index(index: ddl.Index) -> str:
    unique = "unique " if index.unique else ""
    columns = ", ".join(str(column) for column in index.columns)
    include = f" including {', '.join(index.include)}" if index.include else ""
    where = ddl.PerDialect(index.where, index.postgres_where or index.where).describe()
    return f"{unique}on {index.table} ({columns}){include}" + (f" where {where}" if index.where else "")


def _generated(column: ddl.Column) -> str:
    return column.generated.describe() if column.generated is not None else "none"


def _yes(value: bool) -> str:
    return "true" if value else "false"
