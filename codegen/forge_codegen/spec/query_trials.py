# SPDX-License-Identifier: MIT
"""Tries named queries out on SQLite, against the tables and views of their spec, in a database in memory.

Nothing runs: EXPLAIN compiles a query. A view made of it shows which columns come back as they are: Python's
sqlite3 knows no origin of a column.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass

from forge_codegen.model.schema import Table, View
from forge_codegen.spec.diagnostics import Reporter
from forge_codegen.spec.object_trials import Problem
from forge_codegen.spec.query_texts import QueryText
from forge_codegen.spec.scratch import scratch_database
from forge_codegen.spec.sql_pieces import without_double_quotes
from forge_codegen.spec.trial_tables import Failure, Source, make_tables, tagged

_PROBE = "_forge_query"


@dataclass(frozen=True)
class Returned:
    """A result column as SQLite names it, and the column of the schema that it is, if it is one."""

    name: str
    origin: tuple[str, str] | None


class QueryTrials:
    """`owners` are the tables and views that queries can speak of."""

    def __init__(self, owners: list[Table | View], report: Reporter) -> None:
        self._owners = owners
        self._sources = [Source.of_used(owner) for owner in owners]
        self._tagged = tagged(self._sources)
        self._report = report

    def run(self, query: QueryText) -> tuple[Returned, ...] | None:
        """The columns that come back; None, and a report, where SQLite refuses the text."""
        with closing(scratch_database()) as database:
            self._make(database)
            values = dict.fromkeys(use.name for use in query.uses)

            def attempt(text: str) -> None:
                database.execute(f"explain {text}", values)

            problem = Problem.of(query.node, attempt, self._sources)
            if problem is not None:
                self._report.error(
                    problem.at, f"query '{query.query}' is refused by SQLite: {problem.reason}"
                )
                return None
            return self._returned(database, query)

    def _make(self, database: sqlite3.Connection) -> None:
        make_tables(database, self._sources)
        for owner in self._owners:
            if isinstance(owner, Table) and owner.full_text is not None:
                full_text = owner.full_text
                database.execute(f"create virtual table `{full_text.name}` using {full_text.sql.sqlite}")

    def _returned(self, database: sqlite3.Connection, query: QueryText) -> tuple[Returned, ...]:
        select = query.select_of_result()
        if not select:
            return ()
        try:
            # A temporary one, which may use full-text tables in a schema that is not trusted.
            database.execute(f"create temp view `{_PROBE}` as {without_double_quotes(select)}")
            rows = database.execute(f"pragma temp.table_info(`{_PROBE}`)").fetchall()
        except Failure as error:
            self._report.error(query.node.at, f"query '{query.query}' is refused by SQLite: {error}")
            return ()
        return tuple(Returned(name, self._origin(kind)) for _, name, kind, *_ in rows)

    def _origin(self, kind: str) -> tuple[str, str] | None:
        tag = re.fullmatch(r"tag(\d+)", kind)
        if tag is None:
            return None
        source, column = self._tagged[int(tag[1])]
        return source.name, column.text
