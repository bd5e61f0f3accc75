# SPDX-License-Identifier: MIT
"""Reads `queries:`: their names, texts and parameters; query_results.py says what comes back."""

from __future__ import annotations

from collections.abc import Mapping as Lookup

from forge_codegen import naming
from forge_codegen.model.queries import NamedQuery, Parameter
from forge_codegen.model.schema import Enum
from forge_codegen.spec.collisions import Collisions
from forge_codegen.spec.diagnostics import Reporter, nearest
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.query_results import QueryReader
from forge_codegen.spec.query_texts import QueryText
from forge_codegen.spec.query_trials import QueryTrials
from forge_codegen.spec.query_values import Known, ValuesReader
from forge_codegen.spec.shapes import Record

DIALECTS = ("sqlite", "postgres")


class QueriesReader:
    """`known` are the tables and views that the texts can speak of."""

    def __init__(
        self,
        enums: Lookup[str, Enum],
        dialects: tuple[str, ...],
        known: Known,
        collisions: Collisions,
        report: Reporter,
    ) -> None:
        self._values = ValuesReader(enums, known, report)
        self._dialects = dialects
        self._known = known
        self._relations = known.relations()
        self._collisions = collisions
        self._report = report
        self._trials = QueryTrials([owner for _, owner in known.owners], report)

    def read(self, entries: list[tuple[Scalar, Record | None]]) -> tuple[NamedQuery, ...]:
        if entries and "sqlite" not in self._dialects:
            self._report.error(
                entries[0][0].at,
                "queries of a schema without sqlite in 'dialects' are not supported yet: they are tried out "
                "on it; add it, or remove them",
            )
            return ()
        names = {name.text for name, _ in entries}
        found = []
        for name, record in entries:
            problem = naming.cpp_problem(name.text)
            self._check_parameter_names(name, record)
            if name.text.endswith("_statement") and name.text.removesuffix("_statement") in names:
                problem = f"the type of query '{name.text.removesuffix('_statement')}' has it"
            if problem:
                self._report.error(
                    name.at, f"query name '{name.text}' is no name for C++: {problem}; rename it"
                )
            if record is not None and (query := self._query(name, record)) is not None:
                found.append(query)
        return tuple(found)

    def _check_parameter_names(self, name: Scalar, record: Record | None) -> None:
        for parameter, _ in record.get("params", []) if record is not None else []:
            if parameter.text == f"{name.text}_statement":
                self._report.error(
                    parameter.at, f"parameter '{parameter.text}' has the name of the query's type; rename it"
                )

    def _query(self, name: Scalar, record: Record) -> NamedQuery | None:
        read = [self._values.parameter(*entry) for entry in record.get("params", [])]
        parameters = tuple(one for one in read if one is not None)
        texts = self._texts(name, record)
        good = [text.check(self._report) for text in texts.values()]
        if (
            not texts
            or not all(good)
            or None in read
            or (record["params"] is None and record.given("params"))
        ):
            return None
        checked = [self._check_parameters(text, parameters) for text in texts.values()]
        if not all(checked):
            return None
        return QueryReader(name, record, texts, parameters, self._relations, self._report).read(
            self._trials, self._values, self._known, self._collisions
        )

    def _texts(self, name: Scalar, record: Record) -> dict[str, QueryText]:
        written = record["sql"]
        if written is None:
            return {}
        if isinstance(written, Scalar):
            return {dialect: QueryText(name.text, dialect, written) for dialect in self._dialects}
        missing = [dialect for dialect in self._dialects if not written.given(dialect)]
        for dialect in missing:
            self._report.error(
                written.at,
                f"query '{name.text}' has no SQL for {dialect}; add it, or take {dialect} out of 'dialects'",
            )
        if missing:
            return {}
        found = {one: written[one] for one in DIALECTS if written[one] is not None}
        return {one: QueryText(name.text, one, text) for one, text in found.items()}

    def _check_parameters(self, text: QueryText, parameters: tuple[Parameter, ...]) -> bool:
        """That the text has those that are declared, lists where lists can stand."""
        declared = {one.name: one for one in parameters}
        good = True
        for use in text.uses:
            token = text.tokens[use.index]
            if use.name not in declared:
                hint = nearest(use.name, declared)
                cure = f"add it to 'params', as in '{use.name}: text'{hint}"
                text.error(self._report, f"has a parameter ':{use.name}' of no type; {cure}", token)
                good = False
            elif declared[use.name].is_list and not text.stands_as_list(use):
                cure = f"write 'x in (:{use.name})'"
                text.error(
                    self._report, f"has the list ':{use.name}' where lists cannot stand; {cure}", token
                )
                good = False
        for name in declared.keys() - {use.name for use in text.uses}:
            text.error(
                self._report, f"has no ':{name}' in its text for {text.dialect}, but a parameter '{name}'"
            )
            good = False
        return good
