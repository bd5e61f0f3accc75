# SPDX-License-Identifier: MIT
"""Migrations as C++ initialisers: each value of the model becomes an indented designated initialiser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from forge_codegen.emit.cpp_types import string_literal
from forge_codegen.emit.filters import WIDTH
from forge_codegen.migrations import operations as op
from forge_codegen.model import ddl
from forge_codegen.model.full_text import FullText


@dataclass(frozen=True)
class Init:
    """A braced initialiser: fields as (name, text or nested), or plain items when names are empty."""

    items: tuple[tuple[str, Any], ...]
    prefix: str = ""


def _fields(prefix: str = "", **fields: Any) -> Init:
    """Keeps the fields that say something: None is left out."""
    return Init(
        tuple((name.rstrip("_"), value) for name, value in fields.items() if value is not None), prefix
    )


def _list(values: Iterable[Any]) -> Init | None:
    items = tuple(("", value) for value in values)
    return Init(items) if items else None


def _strings(values: Iterable[str]) -> Init | None:
    return _list(_text(value) for value in values)


def _text(value: str) -> str:
    return string_literal(value)


def _if(value: str) -> str | None:
    return _text(value) if value else None


def _flag(value: bool) -> str | None:
    return "true" if value else None


def column(of: ddl.Column, strict: bool) -> Init:
    """A column_def of a table that is `strict` or not: STRICT does not know BOOLEAN."""
    sqlite_type = of.type.sqlite_type
    return _fields(
        name=_text(of.name),
        type=_text(of.type.kind),
        sqlite_type=_text("INTEGER" if strict and sqlite_type == "BOOLEAN" else sqlite_type),
        postgres_type=_text(of.type.postgres_type),
        nullable=_flag(of.nullable),
        sqlite_default=None if of.sqlite_default is None else _text(of.sqlite_default),
        postgres_default=None if of.postgres_default is None else _text(of.postgres_default),
        sqlite_collation=_if(of.collation.sqlite),
        postgres_collation=_if(of.collation.postgres),
        generated=_generated(of.generated) if of.generated is not None else None,
    )


def _generated(of: ddl.Generated) -> Init:
    """A generated_def, with its type in front, as it goes into an optional."""
    return _fields(
        "forge_db::migration::generated_def",
        sqlite=_text(of.expression.sqlite),
        postgres=_text(of.expression.postgres),
        stored=_flag(of.stored),
    )


def foreign_key(of: ddl.ForeignKey, prefix: str = "") -> Init:
    """A foreign_key_def; its type is written in front where it goes into an optional."""
    return _fields(
        prefix,
        name=_text(of.name),
        columns=_strings(of.columns),
        ref_table=_text(of.ref_table),
        ref_columns=_strings(of.ref_columns),
        on_delete=None if of.on_delete == "no_action" else _text(of.on_delete),
        on_update=None if of.on_update == "no_action" else _text(of.on_update),
    )


def table(of: ddl.Table) -> Init:
    """A table_def."""
    return _fields(
        name=_text(of.name),
        columns=_list(column(one, of.strict) for one in of.columns),
        primary_key=_strings(of.primary_key),
        autoincrement=_flag(of.autoincrement),
        uniques=_list(_fields(name=_text(one.name), columns=_strings(one.columns)) for one in of.uniques),
        foreign_keys=_list(foreign_key(one) for one in of.foreign_keys),
        checks=_list(
            _fields(name=_text(one.name), expression=_text(one.expression), postgres=_if(one.postgres))
            for one in of.checks
        ),
        strict=_flag(of.strict),
        without_rowid=_flag(of.without_rowid),
    )


def index(of: ddl.Index) -> Init:
    """An index_def."""
    return _fields(
        name=_text(of.name),
        table=_text(of.table),
        columns=_list(_index_column(one) for one in of.columns),
        unique=_flag(of.unique),
        where=_if(of.where),
        postgres_where=_if(of.postgres_where),
        include=_strings(of.include),
    )


def _index_column(of: ddl.IndexColumn) -> Init:
    return _fields(
        name=_text(of.name),
        descending=_flag(of.descending),
        expression_sqlite=_if(of.expression.sqlite),
        expression_postgres=_if(of.expression.postgres),
        sqlite_collation=_if(of.collation.sqlite),
        postgres_collation=_if(of.collation.postgres),
    )


def adopt_policy(table: str, parts: Iterable[str]) -> Init:
    """An adopt_policy: what a rebuild brings in line."""
    wanted = set(parts)
    flags = {part: _flag(part in wanted) for part in ("defaults", "keys", "uniques", "checks")}
    return _fields(table=_text(table), **flags)


def view(of: ddl.View) -> Init:
    """A view_def."""
    return _fields(name=_text(of.name), sqlite=_text(of.sql.sqlite), postgres=_text(of.sql.postgres))


def trigger(of: ddl.Trigger) -> Init:
    """A trigger_def."""
    return _fields(
        name=_text(of.name),
        table=_text(of.table),
        sqlite=_text(of.sql.sqlite),
        postgres=_text(of.sql.postgres),
        postgres_function=_if(of.postgres_function),
    )


def full_text(of: FullText) -> Init:
    """A full_text_def."""
    return _fields(
        name=_text(of.name),
        table=_text(of.table),
        sqlite=_text(of.sql.sqlite),
        postgres=_text(of.sql.postgres),
    )


def _added(name: str) -> Callable[[Any], Init]:
    def made(of: Any) -> Init:
        key = None if of.references is None else foreign_key(of.references, "foreign_key_def")
        return _fields(name, table=_text(of.table), column=column(of.column, of.strict), references=key)

    return made


def _renamed_column(of: op.RenameColumn) -> Init:
    return _fields("rename_column", table=_text(of.table), from_=_text(of.old), to=_text(of.new))


def _sql(of: op.SqlStep) -> Init:
    return _fields(
        "sql_step",
        sqlite=_text(of.sqlite),
        postgres=_text(of.postgres),
        reverse_sqlite=_if(of.reverse_sqlite),
        reverse_postgres=_if(of.reverse_postgres),
    )


def run_step(name: str) -> str:
    """The lambda that calls the application's step."""
    return f"[&steps](forge_db::sqlite::write_session& session) {{ return steps.{name}(session); }}"


OPERATIONS: dict[type, Callable[[Any], Init]] = {
    op.CreateTable: lambda of: _fields("create_table", table=table(of.table)),
    op.DropTable: lambda of: _fields("drop_table", table=table(of.table)),
    op.RenameTable: lambda of: _fields("rename_table", from_=_text(of.old), to=_text(of.new)),
    op.AddColumn: _added("add_column"),
    op.DropColumn: _added("drop_column"),
    op.RenameColumn: _renamed_column,
    op.CreateIndex: lambda of: _fields("create_index", index=index(of.index)),
    op.DropIndex: lambda of: _fields("drop_index", index=index(of.index)),
    op.AlterTable: lambda of: _fields("alter_table", before=table(of.before), after=table(of.after)),
    op.CreateView: lambda of: _fields("create_view", view=view(of.view)),
    op.DropView: lambda of: _fields("drop_view", view=view(of.view)),
    op.CreateTrigger: lambda of: _fields("create_trigger", trigger=trigger(of.trigger)),
    op.DropTrigger: lambda of: _fields("drop_trigger", trigger=trigger(of.trigger)),
    op.CreateFullText: lambda of: _fields("create_full_text", index=full_text(of.full_text)),
    op.DropFullText: lambda of: _fields("drop_full_text", index=full_text(of.full_text)),
    op.DataStep: lambda of: _fields(
        "data_step", name=_text(of.name), doc=_text(of.doc), run=run_step(of.name)
    ),
    op.SqlStep: _sql,
}


def operation(of: op.Operation) -> Init:
    """The initialiser of an operation, with its type in front."""
    return OPERATIONS[type(of)](of)


def printed(value: Init | str, indent: int, lead: int = 0) -> str:
    """The initialiser as text, on one line when it fits behind `lead` characters, else one item a line.

    >>> print(printed(_fields("x", a='"1"', b=_strings(["p"])), 2))
    x{.a = "1", .b = {"p"}}
    """
    if isinstance(value, str):
        return value
    line = _line(value)
    if indent + lead + len(line) + 1 <= WIDTH:
        return line
    if all(name and _is_flat(item) for name, item in value.items):
        return _packed(value, indent, lead)
    pad = " " * (indent + 4)
    rows = []
    for name, item in value.items:
        head = f".{name} = " if name else ""
        rows.append(f"{pad}{head}{printed(item, indent + 4, len(head))},")
    return f"{value.prefix}{{\n" + "\n".join(rows) + "\n" + " " * indent + "}"


def _is_flat(item: Init | str) -> bool:
    return isinstance(item, str) or all(not name and isinstance(value, str) for name, value in item.items)


def _packed(value: Init, indent: int, lead: int) -> str:
    """Plain fields and lists of text, as many on a line as fit; what is too long has a line of its own.

    >>> _packed(_fields("x", run=run_step("a" * 60)), 40, 0) == "x{.run = " + run_step("a" * 60) + "}"
    True
    """
    start = indent + lead + len(value.prefix) + 1
    pad = "\n" + " " * start
    rows = [""]
    for name, item in value.items:
        field = f".{name} = {_line(item)}"
        if start + len(field) + 1 > WIDTH and isinstance(item, str) and item.startswith('"'):
            field = f".{name} = {_broken(item, start + len(name) + 4)}"
        if rows[-1] and start + len(rows[-1]) + len(field) + 4 > WIDTH:
            rows.append("")
        rows[-1] += f", {field}" if rows[-1] else field
    return f"{value.prefix}{{{f',{pad}'.join(rows)}}}"


def _broken(literal: str, indent: int) -> str:
    r"""A string literal of several lines as one literal a line.

    >>> print(_broken(r'"a\n\\n\nb"', 2))
    "a\n"
      "\\n\n"
      "b"
    """
    lines = re.findall(r"(?:[^\\]|\\[^n])*(?:\\n|$)", literal[1:-1])
    return f"\n{' ' * indent}".join(f'"{line}"' for line in lines if line)


def _line(value: Init | str) -> str:
    if isinstance(value, str):
        return value
    items = (f".{name} = {_line(item)}" if name else _line(item) for name, item in value.items)
    return f"{value.prefix}{{{', '.join(items)}}}"


@dataclass(frozen=True)
class MigrationView:
    number: str
    version: int
    title: str
    hash: str
    before: str
    after: str
    has_steps: bool
    operations: tuple[str, ...]


@dataclass(frozen=True)
class StepView:
    name: str
    doc: str
    run: str


def migration_view(of: op.Migration) -> MigrationView:
    """One migration as its function prints it."""
    return MigrationView(
        number=f"{of.version:04}",
        version=of.version,
        title=of.title,
        hash=of.hash,
        before=of.before,
        after=of.after,
        has_steps=any(isinstance(one, op.DataStep) for one in of.operations),
        operations=tuple(printed(operation(one), 14) for one in of.operations),
    )
