# SPDX-License-Identifier: MIT
"""Tries views and triggers out on SQLite, against the tables of their spec, in a database in memory.

Nothing of them runs: EXPLAIN compiles them.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass

from forge_codegen.model.queries import Value
from forge_codegen.model.types import Type
from forge_codegen.naming import SQLITE_OWN
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.diagnostics import Location, Reporter, listed, nearest
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.object_texts import without_end
from forge_codegen.spec.scratch import scratch_database
from forge_codegen.spec.select_columns import Result, SelectReader, UnclearError
from forge_codegen.spec.sql_pieces import Token, tokens, without_double_quotes
from forge_codegen.spec.sql_tree import tree
from forge_codegen.spec.trial_tables import Failure, Source, make_tables, tagged
from forge_codegen.spec.views import ReadTrigger, ReadView

_NO_KEY = "ON CONFLICT clause does not match"


def try_out(
    tables: list[Source], views: list[ReadView], triggers: Iterable[ReadTrigger], report: Reporter
) -> None:
    """Tries views with their triggers, and the triggers of tables; triggers only where all views work.
    `tables` are all tables of the database, and the views of other schemas.
    """
    names = [*(source.name for source in tables), *(read.view.name for read in views)]
    columns = [[column.text for column in source.columns] for source in tables]
    if any(_double(each) for each in (names, *columns)) or any(name.startswith(SQLITE_OWN) for name in names):
        return  # told where the names are checked
    if any(source.columns and all(column.generated for column in source.columns) for source in tables):
        return  # told where the columns are
    trials = _Trials(tables, report)
    if trials.try_views(views):
        trials.try_triggers(views, [*triggers, *(one for view in views for one in view.triggers)])


def _double(names: list[str]) -> bool:
    """Whether SQLite takes two of them for one."""
    return len({name.lower() for name in names}) < len(names)


class _Trials:
    def __init__(self, tables: Iterable[Source], report: Reporter) -> None:
        self._tables = [table for table in tables if table.columns]
        self._report = report

    def try_views(self, views: list[ReadView]) -> bool:
        """Reports views that SQLite refuses, or whose columns are not those that are declared. Answers
        whether all can be made.
        """
        good = True
        for view in views:
            others = [
                Source.of_drafts(one.view.name, one.drafts) for one in views if one is not view and one.drafts
            ]
            good = _ViewTrial(view, [*self._tables, *others], self._report).run() and good
        return good

    def try_triggers(self, views: list[ReadView], triggers: Iterable[ReadTrigger]) -> None:
        """Reports triggers that SQLite refuses, or that could not fire. The views work."""
        with closing(scratch_database()) as database:
            make_tables(database, self._tables)
            for view in views:
                text = without_double_quotes(view.view.sql.sqlite)
                database.execute(f"create view `{view.view.name}` as {text}")
            sources = [*self._tables, *(Source.of_drafts(view.view.name, view.drafts) for view in views)]
            for trigger in triggers:
                self._try_trigger(database, trigger, sources)

    def _try_trigger(self, database: sqlite3.Connection, read: ReadTrigger, sources: list[Source]) -> None:
        trigger = read.trigger
        owner = next(source for source in sources if source.name == trigger.table)

        def attempt(text: str) -> None:
            database.execute("savepoint one")
            try:
                database.execute(f"create trigger `{trigger.name}` {text}")
                database.execute(f"explain {_firing(trigger.sql.sqlite, owner)}")
            finally:
                database.execute("rollback to one")
                database.execute("release one")

        text = read.record["sqlite"]
        for name in _watched(tokens(text.text)):
            if owner.column(name.name) is None:
                names = [column.text for column in owner.columns]
                self._report.error(
                    text.place(name.at),
                    f"trigger '{trigger.name}' fires at updates of '{name.name}', which is no column of "
                    f"'{owner.name}'; there are {listed(names)}{nearest(name.name, names)}",
                )
        problem = Problem.of(text, attempt, sources)
        if problem is not None:
            self._report.error(problem.at, f"trigger '{trigger.name}' is refused by SQLite: {problem.reason}")


def _watched(read: list[Token]) -> list[Token]:
    """The columns behind UPDATE OF, which SQLite does not look at."""
    on = next(number for number, token in enumerate(read) if token.is_word("on"))
    start = next((number for number in range(1, on) if read[number - 1].is_word("update")), on)
    return [token for token in read[start + 1 : on] if token.name]


def _firing(text: str, owner: Source) -> str:
    """A statement at which the trigger fires."""
    event = next(token for token in tokens(text) if token.is_word("insert", "update", "delete")).text.lower()
    names = [f"`{column.text}`" for column in owner.columns if not column.generated]
    if event == "insert":
        values = ", ".join("null" for _ in names)
        return f"insert into `{owner.name}` ({', '.join(names)}) values ({values})"
    if event == "update":
        return f"update `{owner.name}` set {', '.join(f'{name} = {name}' for name in names)}"
    return f"delete from `{owner.name}`"


class _ViewTrial:
    def __init__(self, read: ReadView, sources: list[Source], report: Reporter) -> None:
        self._read = read
        self._name = read.view.name
        self._text = read.text("sqlite")
        self._sources = sources
        self._report = report
        self._tagged = tagged(sources)

    def run(self) -> bool:
        """Whether SQLite takes it."""
        with closing(scratch_database()) as database:
            make_tables(database, self._sources)

            def attempt(text: str) -> None:
                database.execute(f"create view `{self._name}` as {text}")
                try:
                    database.execute(f"explain select * from `{self._name}`")
                except Failure:
                    database.execute(f"drop view `{self._name}`")
                    raise

            problem = Problem.of(self._text, attempt, self._sources)
            if problem is not None:
                self._report.error(problem.at, f"view '{self._name}' is refused by SQLite: {problem.reason}")
                return False
            columns = database.execute(f"pragma table_info(`{self._name}`)").fetchall()
        self._compare({name: kind for _, name, kind, *_ in columns})
        self._refuse_secrets_of_parts()
        return True

    def _compare(self, found: dict[str, str]) -> None:
        declared = [column.text for column in self._read.drafts]
        unread = {name.text for name, _ in self._read.record.get("columns", [])} - set(declared)
        for column in self._read.drafts:
            if column.text not in found:
                self._report.error(
                    column.at,
                    f"view '{self._name}' returns no column '{column.text}'; its SELECT returns "
                    f"{', '.join(found)}{nearest(column.text, found)}",
                )
            else:
                self._compare_column(column, found[column.text])
        for name in found:
            if name not in declared and name not in unread:
                self._report.error(
                    self._text.at,
                    f"view '{self._name}' returns a column '{name}' that is not declared; add it to "
                    "'columns', or name it otherwise with 'as'",
                )

    def _refuse_secrets_of_parts(self) -> None:
        """SQLite tells where a column comes from for the first SELECT of several only, so that with UNION,
        INTERSECT and EXCEPT any mention of a secret column counts.
        """
        several = self._has("union", "intersect", "except")
        if not several or any(one.record["secret"] for one in self._read.drafts):
            return
        secret = {column.text: source.name for source, column in self._tagged if column.secret}
        for token in tokens(self._text.text):
            if token.name.lower() in secret:
                name = token.name.lower()
                self._report.error(
                    self._text.place(token.at),
                    f"view '{self._name}' puts SELECTs together and names '{secret[name]}.{name}', which is "
                    "secret; add 'secret: true' to the column that shows it, or leave it out",
                )

    def _compare_column(self, column: ColumnDraft, tag: str) -> None:
        match = re.fullmatch(r"tag(\d+)", tag)
        if match is None or column.type is None:
            return
        source, origin = self._tagged[int(match[1])]
        if origin.type is None:
            return
        place = f"'{source.name}.{origin.text}'"
        if not reads(column.type, origin.type):
            self._report.error(
                column.record.place("type"),
                f"column '{column.text}' of view '{self._name}' is {described(column.type)}, but the SELECT "
                f"takes it from {place}, which is {described(origin.type)}; declare that, or cast it",
            )
        if origin.secret and not column.record["secret"]:
            self._report.error(
                column.at,
                f"column '{column.text}' of view '{self._name}' shows {place}, which is secret; add "
                "'secret: true', or leave it out",
            )
        if column.nullable:
            return
        if origin.nullable and self._passes_null(origin.text):
            self._report.error(
                column.at,
                f"column '{column.text}' of view '{self._name}' is not nullable, but {place} is; add "
                "'nullable: true', or leave out those rows by 'where'",
            )
        elif column.text in self._left_null() and not self._has("where", "having"):
            self._report.error(
                column.at,
                f"column '{column.text}' of view '{self._name}' is not nullable, but {place} comes by an "
                "outer join, which leaves it null where no row matches; add 'nullable: true', or write "
                "'join'",
            )

    def _left_null(self) -> set[str]:
        """The columns that an outer join can leave null; none where the text is not understood."""
        if not self._has("left", "right", "full"):
            return set()
        relations = {
            source.name.lower(): tuple(
                Result(column.text, Value(column.type))
                for column in source.columns
                if column.type is not None
            )
            for source in self._sources
        }
        try:
            found = SelectReader(relations).read(tree(tokens(without_end(self._text.text))))
        except UnclearError:
            return set()
        return {one.name for one in found if one.value is not None and one.value.nullable}

    def _has(self, *words: str) -> bool:
        return any(token.is_word(*words) for token in tokens(self._text.text))

    def _passes_null(self, column: str) -> bool:
        """Whether nothing in the text could leave out rows by the column."""
        named = [token for token in tokens(self._text.text) if token.name.lower() == column]
        return len(named) == 1 and not self._has("where", "having")


def reads(declared: Type, origin: Type) -> bool:
    """Whether values that are stored as `origin` can be read as `declared`."""
    text = ("text", "string")
    if declared.kind in text:
        return origin.kind in text or (origin.kind == "enum" and origin.sqlite_type == "TEXT")
    if declared.kind == "enum" and origin.kind in text:
        return declared.sqlite_type == "TEXT"
    if declared.kind == "int64" and origin.kind == "int32":
        return True
    same_enum = declared.enum == origin.enum or not (declared.enum and origin.enum)
    stored = (declared.kind, declared.storage_info.name, declared.scale)
    return same_enum and stored == (origin.kind, origin.storage_info.name, origin.scale)


def described(kind: Type) -> str:
    return f"enum '{kind.enum}'" if kind.enum else kind.describe()


@dataclass(frozen=True)
class Problem:
    """What SQLite said of a text, and the place in it that it means."""

    at: Location
    reason: str

    @staticmethod
    def of(text: Scalar, attempt: Callable[[str], None], sources: list[Source]) -> Problem | None:
        """None when the text works. `attempt` runs a text and raises what SQLite says."""
        whole = without_double_quotes(without_end(text.text))
        reason = _reason(attempt, whole)
        if not reason:
            return None
        offset = len(text.text) - len(text.text.lstrip())
        token = _meant(reason, whole, lambda part: _reason(attempt, part))
        at = text.place(token.at + offset) if token is not None else text.at
        return Problem(at, reason + _hint(reason, sources))


def _reason(attempt: Callable[[str], None], text: str) -> str:
    """
    >>> _reason(sqlite3.connect(":memory:").execute, "select * from main.t")
    'no such table: t'
    """
    try:
        attempt(text)
    except Failure as error:
        return str(error).replace("no such table: main.", "no such table: ")
    return ""


def _meant(reason: str, text: str, reason_of: Callable[[str], str]) -> Token | None:
    """The token that a message means: of a syntax error the one with which the text is first refused."""
    read = tokens(text)
    syntax = re.fullmatch(r'near "(.*)": syntax error', reason, re.DOTALL)
    if syntax is not None:
        for token in read:
            if token.text == syntax[1] and reason_of(text[: token.at + len(token.text)]) == reason:
                return token
        return None
    if reason.startswith(_NO_KEY):
        clauses = [token for token in read if token.is_word("conflict")]
        return clauses[0] if len(clauses) == 1 else None
    name = re.search(r": (?:[^ ]*\.)?([^ .]+)$", reason)
    return next((token for token in read if name and token.name.lower() == name[1].lower()), None)


def _hint(reason: str, sources: list[Source]) -> str:
    if reason.startswith(_NO_KEY):
        return "; name all columns of one of them, and the 'where' of a partial index"
    tables = [source.name for source in sources]
    unknown = re.fullmatch(r"no such (table|column): (.+)", reason)
    if unknown is None:
        return ""
    if unknown[1] == "table":
        return f"; there are {listed(tables)}{nearest(unknown[2], tables)}"
    columns = [column.text for source in sources for column in source.columns]
    return nearest(unknown[2].rpartition(".")[2], columns)
