# SPDX-License-Identifier: MIT
"""Named queries as the template prints them."""

from __future__ import annotations

from dataclasses import dataclass

from forge_codegen.emit.cpp_types import FORGE_HEADERS, STD_HEADERS, ColumnTypes, CppColumn, headers_for
from forge_codegen.emit.views import storage_headers
from forge_codegen.model.queries import NamedQuery, Parameter, Value
from forge_codegen.model.schema import Column, Schema, Struct
from forge_codegen.spec.diagnostics import Location

_NOWHERE = Location("", 0, 0)


@dataclass(frozen=True)
class CppValue:
    """A parameter or a result column; `doc` is its line in the comment."""

    name: str
    value_type: str
    row_type: str
    storage: str
    doc: str
    argument: str = ""


@dataclass(frozen=True)
class QueryView:
    name: str
    doc: str
    notes: tuple[str, ...]
    kind: str
    result: str
    result_type: str
    row_type: str
    table: str
    own_struct: str
    columns: tuple[CppValue, ...]
    parameters: tuple[CppValue, ...]
    sqlite: str
    postgres: str

    @property
    def storages(self) -> list[str]:
        return [f"forge_db::storage::{column.storage}" for column in self.columns]

    @property
    def names(self) -> list[str]:
        return [f'"{column.name}"' for column in self.columns]

    @property
    def targets(self) -> list[str]:
        """What is decoded into: the row itself where there is one column alone."""
        return [f"row.{column.name}" if self.own_struct else "row" for column in self.columns]

    @property
    def arguments(self) -> list[str]:
        return [f"{parameter.argument} {parameter.name}" for parameter in self.parameters]

    @property
    def moved(self) -> list[str]:
        return [f"std::move({parameter.name})" for parameter in self.parameters]

    @property
    def comment(self) -> str:
        does = {
            "one": "The only row; throws not_found without one, too_many_rows when there are more.",
            "optional": "The row, if there is one; throws too_many_rows when there are more.",
            "many": "All rows.",
            "exec": "Answers how many rows it changed.",
        }
        return "\n".join([*([self.doc] if self.doc else []), *self.notes, does[self.result]])

    @property
    def call(self) -> str:
        # Not by the function of this name: a parameter may have that, too.
        statement = f"{self.name}_statement{{{', '.join(self.moved)}}}"
        calls = {
            "one": f"session.one({statement})",
            "optional": f"forge_db::at_most_one(session, {statement})",
            "many": f"session.all({statement})",
            "exec": f"session.execute({statement})",
        }
        return calls[self.result]


@dataclass(frozen=True)
class QueriesView:
    queries: tuple[QueryView, ...]
    schema_headers: tuple[str, ...]
    own_headers: tuple[str, ...]
    std_headers: tuple[str, ...]
    forge_headers: tuple[str, ...]


def queries_view(schema: Schema) -> QueriesView:
    """Everything that queries.hpp prints."""
    made = tuple(_Views(schema).query(query) for query in schema.queries)
    values = [value for query in schema.queries for value in _values(query)]
    kinds = [value.type for value in values]
    used = [one.row_type for query in made for one in query.columns]
    used += [
        text for query in made for text in (query.result_type, *(one.argument for one in query.parameters))
    ]
    text = " ".join([*used, "std::string_view"])
    enums = {value.schema or schema.name for value in values if value.type.enum}
    owners = {schema.id_owner(value.id_of)[0].name for value in values if value.id_of}
    names = {*(f"{one}/enums.hpp" for one in enums), *(f"{one}/ids.hpp" for one in owners)}
    names |= {f"{schema.name}/{query.table}.hpp" for query in schema.queries if query.table}
    return QueriesView(
        queries=made,
        schema_headers=tuple(sorted(names)),
        own_headers=tuple(sorted({kind.header for kind in kinds if kind.header})),
        std_headers=tuple(sorted({"array", "string_view", "utility", *headers_for(text, STD_HEADERS)})),
        forge_headers=tuple(sorted({*headers_for(text, FORGE_HEADERS), *storage_headers(kinds)})),
    )


def _values(query: NamedQuery) -> list[Value]:
    return [one.value for one in (*query.parameters, *query.columns)]


class _Views:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._names = {query.name for query in schema.queries}

    def query(self, query: NamedQuery) -> QueryView:
        fields = {column.name for column in query.columns}
        columns = tuple(self._value(one.name, one.value, fields, one.doc) for one in query.columns)
        inner = self._names | {one.name for one in query.parameters}
        parameters = tuple(self._parameter(one, inner) for one in query.parameters)
        own = query.struct if query.struct and not query.table else ""
        row = query.struct
        if not row and columns:
            row = self._value(query.columns[0].name, query.columns[0].value, inner).row_type
        shapes = {
            "one": row,
            "optional": f"std::optional<{row}>",
            "many": f"std::vector<{row}>",
            "exec": "std::int64_t",
        }
        return QueryView(
            name=query.name,
            doc=query.doc,
            notes=tuple(f"`{one.name}`: {one.doc}" for one in query.parameters if one.doc),
            kind="write" if query.writes else "read",
            result=query.result,
            result_type=shapes[query.result],
            row_type=row or "void",
            table=query.table,
            own_struct=own,
            columns=columns,
            parameters=parameters,
            sqlite=query.sql.sqlite,
            postgres=query.sql.postgres,
        )

    def _parameter(self, of: Parameter, names: set[str]) -> CppValue:
        made = self._value(of.name, of.value, names, of.doc)
        kind = "list_argument" if of.is_list else "optional_argument" if of.value.nullable else "argument"
        argument = f"forge_db::{kind}<{made.value_type}, forge_db::storage::{made.storage}>"
        return CppValue(of.name, made.value_type, made.row_type, made.storage, of.doc, argument)

    def _value(self, name: str, value: Value, hidden_by: set[str], doc: str = "") -> CppValue:
        """`hidden_by` are the names that stand nearer than those of the schema's namespace."""
        column = Column(name, value.type, _NOWHERE, value.nullable, id_of=value.id_of)
        hiding = tuple(Column(one, value.type, _NOWHERE) for one in sorted(hidden_by))
        owner = self._schema.used(value.schema) if value.schema else self._schema
        made: CppColumn = ColumnTypes(owner, Struct("", "", hiding)).column(0, column)
        cpp = f"::{made.fill_type}" if value.schema and not value.type.cpp else made.value_type
        row = f"std::optional<{cpp}>" if made.nullable or made.lenient else cpp
        return CppValue(name, cpp, row, made.storage, doc)
