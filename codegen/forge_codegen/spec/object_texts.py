# SPDX-License-Identifier: MIT
"""Reads the SQL texts of views and triggers, in specs and migration files, without a database."""

from __future__ import annotations

from forge_codegen.model.ddl import PerDialect, Trigger
from forge_codegen.spec.diagnostics import Location, Reporter
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record
from forge_codegen.spec.sql_pieces import Token, is_one_expression, tokens

EVENTS = ("insert", "update", "delete")


class ObjectTexts:
    """`dialects` are those that every view and trigger needs a text for; one of any dialect when empty."""

    def __init__(self, report: Reporter, dialects: tuple[str, ...] = ()) -> None:
        self._report = report
        self._dialects = dialects

    def view(self, name: str, written: Scalar | Record | None) -> PerDialect | None:
        """The SELECT of a view; None when something is wrong with it."""
        if written is None:
            return None
        found = {"sqlite": written, "postgres": written} if isinstance(written, Scalar) else _texts(written)
        what = f"view '{name}'"
        good = self._all_there(what, found, written.at)
        for text in dict.fromkeys(found.values()):
            good = self._is_select(what, text) and good
        return _per_dialect(found) if good else None

    def trigger(self, name: str, table: str, record: Record) -> Trigger | None:
        """A trigger on `table`, which may be a view; None when something is wrong with it."""
        what = f"trigger '{name}'"
        found = _texts(record)
        good = self._all_there(what, found, record.at)
        for dialect, text in found.items():
            good = self._is_on(what, table, dialect, text) and good
        function = record["postgres_function"]
        if "postgres" in found and not self._calls(what, name, found["postgres"], function):
            good = False
        if function is not None and "postgres" not in found:
            self._report.error(
                function.at, f"'postgres_function' of {what} without 'postgres', which calls it; add that"
            )
            good = False
        if not good or (function is None and record.given("postgres_function")):
            return None
        body = function.text.strip() if function is not None else ""
        return Trigger(name, table, _per_dialect(found), body)

    def _all_there(self, what: str, found: dict[str, Scalar], at: Location) -> bool:
        missing = [dialect for dialect in self._dialects if dialect not in found]
        for dialect in missing:
            self._report.error(
                at, f"{what} has no SQL for {dialect}; add it, or take {dialect} out of 'dialects'"
            )
        if not self._dialects and not found:
            self._report.error(at, f"{what} without SQL; expected 'sqlite', 'postgres' or both")
        return bool(found) and not missing

    def _is_select(self, what: str, text: Scalar) -> bool:
        read = tokens(without_end(text.text))
        if not read or not read[0].is_word("select", "with", "values"):
            self._report.error(
                text.at, f"{what} does not begin with SELECT, WITH or VALUES; write the SELECT alone"
            )
            return False
        if not is_one_expression(without_end(text.text)):
            self._report.error(text.at, f"{what} is not one SELECT; remove the ';' or mend the parentheses")
            return False
        star = _star(read)
        if star is not None:
            self._report.error(
                text.place(star.at),
                f"{what} selects '*', which means other columns once its tables have changed; name them",
            )
        return star is None

    def _is_on(self, what: str, table: str, dialect: str, text: Scalar) -> bool:
        read = tokens(without_end(text.text))
        at = 0
        if read and read[0].is_word("before", "after"):
            at = 1
        elif len(read) > 1 and read[0].is_word("instead") and read[1].is_word("of"):
            at = 2
        on = next((number for number, token in enumerate(read) if token.is_word("on")), 0)
        target = _name_behind(read, on)
        if len(read) <= at or not read[at].is_word(*EVENTS) or not on or not target:
            self._report.error(
                text.at,
                f"{what} does not begin as the text for {dialect} must, behind 'create trigger name': "
                f"expected 'after insert on {table} ...', before, after or instead of insert, update, delete",
            )
            return False
        if target != table:
            self._report.error(
                text.place(read[on + 1].at),
                f"{what} stands under '{table}', but its text for {dialect} is on '{target}'; correct one",
            )
            return False
        if dialect == "sqlite" and not read[-1].is_word("end"):
            self._report.error(
                text.at, f"{what} for sqlite does not close with END; expected 'begin ...; end'"
            )
            return False
        return True

    def _calls(self, what: str, name: str, text: Scalar, function: Scalar | None) -> bool:
        """Whether PostgreSQL's text calls a function, and the own one where there is one."""
        read = tokens(text.text)
        calls = [n for n, token in enumerate(read) if token.is_word("function", "procedure") and n]
        called = _name_behind(read, calls[-1]) if calls and read[calls[-1] - 1].is_word("execute") else ""
        if not called:
            self._report.error(
                text.at,
                f"{what} for postgres calls no function; expected it to close with 'execute function f()'",
            )
        elif function is not None and called != name:
            self._report.error(
                text.place(read[calls[-1] + 1].at),
                f"{what} has a 'postgres_function', which is made as '{name}', but calls '{called}'; "
                f"write 'execute function {name}()'",
            )
        if function is not None and "$forge$" in function.text:
            self._report.error(
                function.at, f"'postgres_function' of {what} holds '$forge$', its quote; rename that"
            )
            return False
        return bool(called) and (function is None or called == name)


def without_end(text: str) -> str:
    """Without white space around it and the semicolons behind it.

    >>> without_end(" select 1; \\n")
    'select 1'
    """
    return text.strip().rstrip("; \n")


def _texts(record: Record) -> dict[str, Scalar]:
    return {dialect: record[dialect] for dialect in ("sqlite", "postgres") if record[dialect] is not None}


def _per_dialect(found: dict[str, Scalar]) -> PerDialect:
    return PerDialect(**{dialect: without_end(text.text) for dialect, text in found.items()})


def _name_behind(read: list[Token], at: int) -> str:
    """The name behind a word, without its schema."""
    behind = [token.text for token in read[at + 1 : at + 4]]
    last = at + 3 if len(behind) == 3 and behind[1] == "." else at + 1
    return read[last].name if last < len(read) else ""


def _star(read: list[Token]) -> Token | None:
    """The '*' that stands for columns, but in EXISTS, where it stands for none."""
    for number, token in enumerate(read):
        before = read[number - 1] if token.text == "*" and number else None
        if before is None or not before.is_word("select", "distinct", "all", ",", "."):
            continue
        if number < 3 or not read[number - 3].is_word("exists"):
            return token
    return None
