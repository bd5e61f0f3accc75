# SPDX-License-Identifier: MIT
"""What a named query returns: the types of its columns, the struct of its rows, its finished texts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forge_codegen import naming
from forge_codegen.model.ddl import PerDialect
from forge_codegen.model.queries import NamedQuery, Parameter, ResultColumn, Value
from forge_codegen.model.schema import Table, View
from forge_codegen.spec.collisions import Collisions
from forge_codegen.spec.diagnostics import Location, Reporter, listed, nearest
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.object_trials import described, reads
from forge_codegen.spec.query_texts import QueryText, Replacement, replaced
from forge_codegen.spec.query_trials import QueryTrials, Returned
from forge_codegen.spec.query_values import Known, ValuesReader
from forge_codegen.spec.select_columns import Relation, SelectReader, Star, UnclearError
from forge_codegen.spec.shapes import Record
from forge_codegen.spec.sql_tree import tree

_OUTER = ("left", "right", "full")


@dataclass(frozen=True)
class _Declared:
    """What `returns` says of a column."""

    at: Location
    value: Value
    doc: str


class QueryReader:
    """One query whose texts and parameters are in order."""

    def __init__(
        self,
        name: Scalar,
        record: Record,
        texts: dict[str, QueryText],
        parameters: tuple[Parameter, ...],
        relations: dict[str, Relation],
        report: Reporter,
    ) -> None:
        self._name = name
        self._record = record
        self._texts = texts
        self._text = texts["sqlite"]
        self._parameters = parameters
        self._relations = relations
        self._report = report

    def read(
        self, trials: QueryTrials, values: ValuesReader, known: Known, collisions: Collisions
    ) -> NamedQuery | None:
        returned = trials.run(self._text)
        if returned is None or not self._check_forms(returned, known):
            return None
        clear, stars = self._columns(self._text)
        columns = self._results(returned, clear, values, known)
        if columns is None or not self._stars_are_clear(self._text, stars, clear, len(columns)):
            return None
        struct, table = self._row(columns, clear, known, collisions)
        result = self._record["result"].text if self._record["result"] is not None else ""
        name = self._name.text
        changes = {"sqlite": stars}
        if "postgres" in self._texts:
            other, changes["postgres"] = self._columns(self._texts["postgres"])
            self._compare_names(columns, other)
            self._stars_are_clear(self._texts["postgres"], changes["postgres"], other, len(columns))
        sql = {dialect: self._sql(text, changes[dialect]) for dialect, text in self._texts.items()}
        if "postgres" not in sql:
            sql["postgres"] = self._sql(QueryText(name, "postgres", self._text.node), stars)
        return NamedQuery(
            name,
            PerDialect(**sql),
            result or ("many" if columns else "exec"),
            self._text.writes,
            self._parameters,
            columns,
            struct,
            table,
            self._record.doc,
        )

    def _stars_are_clear(
        self, text: QueryText, stars: list[Star], clear: Relation | None, number: int
    ) -> bool:
        """Whether each '*' can be written out: databases may have the columns in another order."""
        if not text.stars or (len(text.stars) == len(stars) and clear is not None and len(clear) == number):
            return True
        text.error(
            self._report, "selects '*' where it is not clear what that is; name the columns", text.stars[0]
        )
        return False

    def _check_forms(self, returned: tuple[Returned, ...], known: Known) -> bool:
        result = self._record["result"]
        target = self._text.target[0] if self._text.writes else ""
        if target and not known.can_be_written(target, self._text.verb):
            event = self._text.verb.upper()
            self._text.error(
                self._report, f"writes to view '{target}', which has no trigger INSTEAD OF {event}"
            )
            return False
        if any(text.writes != self._text.writes for text in self._texts.values()):
            self._text.error(
                self._report, "changes rows on one dialect and reads them on the other; mend one text"
            )
            return False
        if result is not None and result.text == "exec" and returned:
            cure = (
                "remove RETURNING, or say one, optional or many"
                if self._text.writes
                else "say one, optional or many"
            )
            self._report.error(
                result.at, f"'result' of query '{self._name.text}' is exec, but it returns rows; {cure}"
            )
            return False
        if result is not None and result.text != "exec" and not returned:
            self._report.error(
                result.at,
                f"'result' of query '{self._name.text}' is {result.text}, but it returns no rows; add "
                "RETURNING, or say exec",
            )
            return False
        return True

    def _columns(self, text: QueryText) -> tuple[Relation | None, list[Star]]:
        """What the text says of its columns; None where that is not understood."""
        reader = SelectReader(self._relations)
        try:
            if not text.writes:
                return reader.read(tree(text.tokens)), reader.stars
            if text.returning is None:
                return (), []
            behind = text.tokens[text.tokens.index(text.returning) + 1 :]
            return reader.read_returning(*text.target, tree(behind)), reader.stars
        except UnclearError:
            return None, []

    def _sql(self, text: QueryText, stars: list[Star]) -> str:
        numbers = {one.name: number for number, one in enumerate(self._parameters, start=1)}
        lists = {one.name for one in self._parameters if one.is_list}
        written = [Replacement(star.first, star.at + 1, ", ".join(star.columns)) for star in stars]
        return replaced(text.text, [*text.placeholders(numbers, lists), *written])

    def _results(
        self, returned: tuple[Returned, ...], clear: Relation | None, values: ValuesReader, known: Known
    ) -> tuple[ResultColumn, ...] | None:
        """None when a column is wrong, which is reported."""
        declared = self._declared(returned, values)
        if declared is None or not self._names_are_good(returned):
            return None
        understood = clear is not None and len(clear) == len(returned)
        found = []
        for number, column in enumerate(returned):
            own = clear[number].value if understood and clear is not None else None
            origin = clear[number].origin if understood and clear is not None else None
            if column.origin is not None and origin not in (None, column.origin):
                own = None
            if own is None and column.origin is not None and not understood:
                own = known.column(".".join(column.origin))
                own = own.as_nullable(own.nullable or self._has(*_OUTER, "union")) if own else None
            told = declared.get(column.name)
            value = told.value if told is not None else own
            if value is None:
                at = clear[number].at if understood and clear is not None else 0
                self._text.error(
                    self._report,
                    f"computes '{column.name}', of which no type is known; add "
                    f"'returns: {{{column.name}: int64}}', with the type that it has, or "
                    "'{type: int64, nullable: true}' where it can be NULL",
                    next((token for token in self._text.tokens if token.at == at), None),
                )
            elif told is not None and own is not None:
                self._compare(told, column, own)
            found.append((column.name, value, told.doc if told is not None else ""))
        if any(value is None for _, value, _ in found):
            return None
        return tuple(ResultColumn(name, value, doc) for name, value, doc in found if value is not None)

    def _declared(self, returned: tuple[Returned, ...], values: ValuesReader) -> dict[str, _Declared] | None:
        names = [column.name for column in returned]
        found: dict[str, _Declared] = {}
        good = not (self._record.given("returns") and self._record["returns"] is None)
        for name, content in self._record.get("returns", []):
            if name.text not in names:
                self._report.error(
                    name.at,
                    f"query '{self._name.text}' returns no column '{name.text}'; it returns {listed(names)}"
                    f"{nearest(name.text, names)}",
                )
                good = False
                continue
            value = values.value("result column", name, content) if content is not None else None
            if value is None:
                good = False
            else:
                doc = content.doc if isinstance(content, Record) else ""
                found[name.text] = _Declared(content.at, value, doc)
        return found if good else None

    def _names_are_good(self, returned: tuple[Returned, ...]) -> bool:
        good = True
        for column in returned:
            problem = naming.cpp_problem(column.name)
            if re.fullmatch(r".+:\d+", column.name):
                problem = "another one has that name"
            elif not re.fullmatch(naming.NAME, column.name):
                problem = "names are such as 'order_item'"
            if problem:
                self._text.error(
                    self._report, f"returns a column '{column.name}': {problem}; name it with AS"
                )
                good = False
        return good

    def _compare(self, told: _Declared, column: Returned, own: Value) -> None:
        """What is declared of a column that is understood."""
        declared = told.value
        what = f"result column '{column.name}' of query '{self._name.text}'"
        if not reads(declared.type, own.type):
            self._report.error(
                told.at,
                f"{what} is declared as {described(declared.type)}, but is {described(own.type)}; remove it "
                "from 'returns', or cast it",
            )
        elif own.nullable and not declared.nullable and not self._can_leave_out():
            self._report.error(
                told.at,
                f"{what} is not nullable, but can be NULL; add 'nullable: true', or leave those rows out",
            )

    def _can_leave_out(self) -> bool:
        """Whether rows could be left out because something in them is NULL."""
        return self._has("where", "having") or (self._has("on") and not self._has(*_OUTER))

    def _has(self, *words: str) -> bool:
        return any(token.is_word(*words) for token in self._text.tokens)

    def _row(
        self, columns: tuple[ResultColumn, ...], clear: Relation | None, known: Known, collisions: Collisions
    ) -> tuple[str, str]:
        """The struct of a row, and the table whose row it is."""
        given = self._record["struct"]
        if given is None and (not columns or (len(columns) == 1 and not self._is_flag_of_many(columns[0]))):
            return "", ""
        owner = _whole_row(columns, clear, known) if given is None and clear is not None else None
        if owner is not None:
            return owner.struct, owner.name
        struct = given.text if given is not None else f"{naming.pascal(self._name.text)}Row"
        at = given.at if given is not None else self._name.at
        if not columns:
            self._report.error(
                at, f"query '{self._name.text}' returns no rows that could be a struct; remove it"
            )
        else:
            collisions.add_query(self._name.text, struct, at)
        return struct, ""

    def _is_flag_of_many(self, column: ResultColumn) -> bool:
        """A vector<bool> could not be read into, so that such rows are structs."""
        result = self._record["result"]
        plain = column.value.type.kind == "bool" and not column.value.type.cpp
        optional = column.value.nullable or column.value.type.may_be_unreadable
        return plain and not optional and (result is None or result.text == "many")

    def _compare_names(self, columns: tuple[ResultColumn, ...], other: Relation | None) -> None:
        names = [column.name for column in columns]
        found = [column.name for column in other or ()]
        if other is not None and (
            len(found) != len(names) or any(b and a != b for a, b in zip(names, found, strict=True))
        ):
            self._texts["postgres"].error(
                self._report,
                f"returns {', '.join(name or '?' for name in found) or 'nothing'} on postgres, but "
                f"{', '.join(names) or 'nothing'} on sqlite; mend one text",
            )


def _whole_row(columns: tuple[ResultColumn, ...], clear: Relation, known: Known) -> Table | View | None:
    """The table or view of this schema whose columns these are, in its order."""
    for schema, owner in known.owners:
        names = [(owner.name, column.name) for column in owner.columns]
        same = [found.origin for found in clear] == names and [one.name for one in columns] == [
            n for _, n in names
        ]
        if same and not schema:
            nullable = [column.nullable for column in owner.columns]
            return owner if nullable == [one.value.nullable for one in columns] else None
    return None
