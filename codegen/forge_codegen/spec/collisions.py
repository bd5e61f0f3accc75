# SPDX-License-Identifier: MIT
"""Finds two parts of a spec that would generate the same C++ name or the same file."""

from __future__ import annotations

from forge_codegen import naming
from forge_codegen.model.full_text import SUFFIX
from forge_codegen.model.schema import Schema
from forge_codegen.spec.diagnostics import Location, Reporter
from forge_codegen.spec.nodes import Scalar

FIXED_FILES = ("ids", "enums", "structs", "models", "repositories", "migrations")
FIXED_NAMES = {
    "migrations": "the migration list",
    "data_steps": "the data steps' interface",
    "detail": "the migrations' parts",
}
VIEW_FORMS = ("{0}", "{0}Filter", "{0}Sort", "{0}Repository")
STRUCT_FORMS = ("{0}", "New{0}", "{0}Patch", "{0}Filter", "{0}Sort", "{0}Repository")


def refuse_shared_names(schema: Schema, uses_at: Location, report: Reporter) -> None:
    """Schemas that lie in one database may share neither names there nor the namespace of their code."""
    places = {owner.name: owner.at for owner in (*schema.tables, *schema.views)}
    own, triggers = _objects(schema), _triggers(schema)
    for other in schema.all_used():
        if schema.namespace == other.namespace:
            report.error(
                uses_at,
                f"the C++ namespace '{schema.namespace}' is also that of schema '{other.name}'; give one of "
                "them another 'namespace'",
            )
        for mine, taken in ((own, _objects(other)), (triggers, _triggers(other))):
            for name in sorted(mine.keys() & taken.keys()):
                table, what = mine[name]
                report.error(
                    places.get(table, uses_at),
                    f"'{name}' is the name of {what} and of {taken[name][1]} of schema '{other.name}', "
                    "which lies in the same database; rename one",
                )


def _objects(schema: Schema) -> dict[str, tuple[str, str]]:
    """What shares one space of names in a database: the table that each is of, and what it is."""
    state = schema.to_ddl()
    found = {view.name: (view.name, "a view") for view in state.views}
    found |= {index.name.lower(): (index.table, "an index") for index in state.indexes}
    return found | {table.name: (table.name, "a table") for table in state.tables}


def _triggers(schema: Schema) -> dict[str, tuple[str, str]]:
    """Triggers have a space of names of their own."""
    return {trigger.name: (trigger.table, "a trigger") for trigger in schema.to_ddl().triggers}


class Collisions:
    """Takes names in the order of the spec; each report names both owners."""

    def __init__(self, report: Reporter) -> None:
        self._report = report
        self._taken: dict[str, str] = dict(FIXED_NAMES)

    def add_table(self, table: str, at: Location, struct: str, struct_at: Location, typed: bool) -> None:
        """Takes a table's namespace, its structs and its files."""
        self._add("table", table, at, struct, struct_at, (*STRUCT_FORMS, "{0}Id") if typed else STRUCT_FORMS)

    def add_view(self, view: str, at: Location, struct: str, struct_at: Location) -> None:
        """Takes a view's namespace, its structs and its files."""
        self._add("view", view, at, struct, struct_at, VIEW_FORMS)

    def _add(
        self, kind: str, table: str, at: Location, struct: str, struct_at: Location, forms: tuple[str, ...]
    ) -> None:
        if table.startswith(naming.SQLITE_OWN):
            self._report.error(
                at,
                f"{kind} name '{table}' is SQLite's, which keeps those with 'sqlite_' for itself; rename it",
            )
        problem = naming.cpp_problem(table)
        if problem:
            self._report.error(at, f"{kind} name '{table}' is no name for C++: {problem}; rename it")
        if table in FIXED_FILES or table.endswith("_repository"):
            self._report.error(
                at, f"{kind} '{table}' would generate the file '{table}.hpp', which is taken; rename it"
            )
        problem = naming.cpp_problem(struct)
        if problem:
            self._report.error(struct_at, f"struct name '{struct}' is no name for C++: {problem}; rename it")
        self._take(table, f"the column namespace of {kind} '{table}'", at, "rename it")
        for form in forms:
            name = form.format(struct)
            self._take(
                name,
                f"struct '{name}' of {kind} '{table}'",
                struct_at,
                f"give {kind} '{table}' another 'struct'",
            )

    def check_columns(self, columns: list[Scalar]) -> None:
        """A column's tag type must not have the name of another column's constant."""
        names = {column.text for column in columns}
        for column in columns:
            if column.text.endswith("_t") and column.text.removesuffix("_t") in names:
                self._report.error(
                    column.at,
                    f"column '{column.text}' has the name of the tag type of column "
                    f"'{column.text.removesuffix('_t')}'; rename one",
                )

    def add_enum(self, enum: str, at: Location) -> None:
        """Takes an enum's name."""
        problem = naming.cpp_problem(enum)
        if problem:
            self._report.error(at, f"enum name '{enum}' is no name for C++: {problem}; rename it")
        self._take(enum, f"enum '{enum}'", at, "rename it")

    def add_struct(self, struct: str, type_name: str, at: Location) -> None:
        """Takes the names of an embedded struct."""
        problem = naming.cpp_problem(type_name)
        if problem:
            self._report.error(at, f"struct name '{type_name}' is no name for C++: {problem}; rename it")
        for form in ("{0}", "New{0}", "{0}Patch"):
            name = form.format(type_name)
            cure = f"give struct '{struct}' another 'struct'"
            self._take(name, f"struct '{name}' of struct '{struct}'", at, cure)

    def add_full_text(self, table: str, columns: set[str], at: Location) -> None:
        """Takes the names of a table's full text: in its column namespace, and in the database."""
        for name in sorted({"full_text", "full_text_t"} & columns):
            self._report.error(
                at, f"column '{name}' of table '{table}' has the name of its full text; rename it"
            )
        begin = table + SUFFIX
        for other, owner in self._taken.items():
            if (other == begin or other.startswith(f"{begin}_")) and "column namespace" in owner:
                self._report.error(
                    at,
                    f"the full text of table '{table}' is made as '{begin}', beside '{other}'; rename that",
                )

    def add_query_namespace(self, at: Location) -> None:
        """Takes the namespace and the file of the named queries."""
        self._take("queries", "the namespace of the named queries", at, "rename that")

    def add_query(self, query: str, struct: str, at: Location) -> None:
        """Takes the name of the struct that a query's rows are."""
        problem = naming.cpp_problem(struct)
        if problem:
            self._report.error(at, f"struct name '{struct}' is no name for C++: {problem}; rename it")
        self._take(struct, f"struct '{struct}' of query '{query}'", at, "give the query another 'struct'")

    def add_answer(self, struct: str, block: str, table: str, at: Location) -> None:
        """Takes the name of the struct that an analytics block answers."""
        owner = f"struct '{struct}' of analytics block '{block}' of '{table}'"
        self._take(struct, owner, at, "rename the block")

    def _take(self, name: str, owner: str, at: Location, cure: str) -> None:
        if name in self._taken:
            self._report.error(at, f"{owner} has the same C++ name '{name}' as {self._taken[name]}; {cure}")
        else:
            self._taken[name] = owner
