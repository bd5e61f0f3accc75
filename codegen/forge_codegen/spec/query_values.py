# SPDX-License-Identifier: MIT
"""The columns that named queries can speak of, and the types of parameters and computed result columns."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, replace

from forge_codegen.model.queries import Parameter, Value
from forge_codegen.model.schema import Column, Enum, Schema, Table, View
from forge_codegen.model.types import Type
from forge_codegen.naming import cpp_problem
from forge_codegen.spec.columns import ColumnDraft, read_type
from forge_codegen.spec.diagnostics import Reporter, nearest
from forge_codegen.spec.nodes import Mapping, Scalar
from forge_codegen.spec.select_columns import Relation, Result
from forge_codegen.spec.shapes import Record
from forge_codegen.spec.sql_pieces import tokens


@dataclass(frozen=True)
class Known:
    """The tables and views of a schema and of those that it uses. They lie in one database, where all their
    names differ.
    """

    owners: tuple[tuple[str, Table | View], ...]  # with the schema, empty for the own one

    @staticmethod
    def of(tables: tuple[Table, ...], views: tuple[View, ...], used: list[Schema]) -> Known:
        found = [("", owner) for owner in (*tables, *views)]
        for schema in used:
            found += [(schema.name, owner) for owner in (*schema.tables, *schema.views)]
        return Known(tuple(found))

    def relations(self) -> dict[str, Relation]:
        found = {
            owner.name.lower(): tuple(
                Result(column.name, _value(schema, column), (owner.name, column.name))
                for column in owner.columns
            )
            for schema, owner in self.owners
        }
        for _, owner in self.owners:
            if isinstance(owner, Table) and owner.full_text is not None:
                rank = Result("rank", Value(Type("float64"), True))
                found[owner.full_text.name] = (*(Result(one, None) for one in owner.full_text.columns), rank)
        return found

    def column(self, name: str) -> Value | None:
        """What 'table.column' or 'schema.table.column' names."""
        *schema, table, column = name.split(".")
        for of, owner in self.owners:
            if owner.name == table and (not schema or of == schema[0]):
                return next((_value(of, one) for one in owner.columns if one.name == column), None)
        return None

    def can_be_written(self, name: str, verb: str) -> bool:
        """Whether it is a table, or a view with a trigger for INSERT, UPDATE or DELETE."""
        owner = next((owner for _, owner in self.owners if owner.name == name.lower()), None)
        if not isinstance(owner, View):
            return True
        return any(token.is_word(verb) for one in owner.triggers for token in tokens(one.sql.sqlite)[:4])

    def names(self) -> list[str]:
        return [f"{owner.name}.{column.name}" for _, owner in self.owners for column in owner.columns]


def _value(schema: str, column: Column) -> Value:
    id_of = (
        f"{schema}.{column.id_of}" if schema and column.id_of and "." not in column.id_of else column.id_of
    )
    return Value(column.type, column.nullable, id_of, schema if column.type.enum else "")


class ValuesReader:
    """Reads what `params` and `returns` say of types."""

    def __init__(self, enums: Lookup[str, Enum], known: Known, report: Reporter) -> None:
        self._enums = enums
        self._known = known
        self._report = report

    def parameter(self, name: Scalar, content: Scalar | Record | None) -> Parameter | None:
        problem = cpp_problem(name.text) or ("the session has that name" if name.text == "session" else "")
        if problem:
            self._report.error(name.at, f"parameter '{name.text}' is no name for C++: {problem}; rename it")
        if content is None:
            return None
        record = _record(content)
        if not record.given("list"):
            value = self.value("parameter", name, record)
            if value is None:
                return None
            return Parameter(
                name.text, replace(value, type=replace(value.type, lenient=False)), False, record.doc
            )
        for key in record.names():
            if key not in ("list", "doc"):
                self._report.error(
                    record.place(key),
                    f"'{key}' of parameter '{name.text}' has no place beside 'list'; remove it",
                )
        value = self.value("parameter", name, _record(record["list"])) if record["list"] is not None else None
        if value is not None and value.type.kind == "bool" and not value.type.cpp:
            return self._report.error(
                record.place("list"),
                f"'list' of parameter '{name.text}' is of bool, of which std::vector keeps no values to "
                "point at; compare with one value",
            )
        return Parameter(name.text, value.kind, True, record.doc) if value is not None else None

    def value(self, noun: str, name: Scalar, content: Scalar | Record) -> Value | None:
        """None where it is wrong, which is reported."""
        record = _record(content)
        if record.given("column"):
            return self._of_column(noun, name, record)
        if not record.given("type") and not record.given("enum"):
            return self._report.error(
                name.at, f"{noun} '{name.text}' lacks a type; add 'type', 'enum', or 'column: table.column'"
            )
        draft = ColumnDraft(name, record, noun=noun)
        read_type(draft, self._enums, self._report)
        return Value(draft.type, bool(record["nullable"])) if draft.type is not None else None

    def _of_column(self, noun: str, name: Scalar, record: Record) -> Value | None:
        for key in record.names():
            if key not in ("column", "nullable", "doc"):
                self._report.error(
                    record.place(key),
                    f"'{key}' of {noun} '{name.text}' has no place beside 'column', whose type it takes; "
                    "remove it",
                )
        written = record["column"]
        if written is None:
            return None
        found = self._known.column(written.text)
        if found is None:
            names = self._known.names()
            return self._report.error(
                written.at,
                f"unknown column '{written.text}' in {noun} '{name.text}'; expected 'table.column' of this "
                f"schema, or of one that it uses{nearest(written.text, names)}",
            )
        return found.as_nullable(bool(record["nullable"]))


def _record(content: Scalar | Record) -> Record:
    """`timestamp` is short for `{type: timestamp}`."""
    if isinstance(content, Record):
        return content
    node = Mapping(((Scalar("type", content.at), content),), content.at)
    return Record({"type": content}, node, content.at)
