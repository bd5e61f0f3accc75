# SPDX-License-Identifier: MIT
"""The meaning of a spec's named queries: texts with placeholders, parameters, and what their rows hold."""

from __future__ import annotations

from dataclasses import dataclass, replace

from forge_codegen.model.ddl import PerDialect
from forge_codegen.model.types import Type


@dataclass(frozen=True)
class Value:
    """What a parameter or a result column holds. `id_of` names the table of a typed id as columns do,
    `schema` is the one that owns the enum, empty for the query's own.
    """

    type: Type
    nullable: bool = False
    id_of: str = ""
    schema: str = ""

    def as_nullable(self, nullable: bool = True) -> Value:
        return replace(self, nullable=nullable)

    @property
    def kind(self) -> Value:
        """The value without its nullability."""
        return replace(self, nullable=False)


@dataclass(frozen=True)
class Parameter:
    """`is_list`: a sequence of such values, bound as one parameter."""

    name: str
    value: Value
    is_list: bool = False
    doc: str = ""


@dataclass(frozen=True)
class ResultColumn:
    name: str
    value: Value
    doc: str = ""


@dataclass(frozen=True)
class NamedQuery:
    """`result` is one, optional, many or exec. `struct` is the row's C++ struct, empty where there is one
    column alone; `table` names the table or view whose row it is, empty for a struct of the query's own.
    """

    name: str
    sql: PerDialect
    result: str
    writes: bool
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[ResultColumn, ...] = ()
    struct: str = ""
    table: str = ""
    doc: str = ""
