# SPDX-License-Identifier: MIT
"""Checks the SQL texts of a table by creating it, with one text at a time, in a SQLite database in memory.

Nothing of a text runs: the DDL and an EXPLAIN of an insert compile it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass

from forge_codegen.model.ddl import mentions
from forge_codegen.model.defaults import in_parentheses
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.diagnostics import Location, Reporter, nearest
from forge_codegen.spec.dialect_texts import sqlite_text
from forge_codegen.spec.nodes import Mapping, Scalar
from forge_codegen.spec.scratch import scratch_database
from forge_codegen.spec.shapes import Record
from forge_codegen.spec.sql_pieces import PIECE, is_one_expression, reduced, tokens, without_double_quotes
from forge_codegen.spec.table_parts import expression_of

_TIME = ("date", "time", "datetime", "julianday", "unixepoch", "strftime")
_CHANGING = re.compile(
    rf"""\b(?:
        current_(?:date|time|timestamp)\b
      | random(?:blob)?\s*\(
      | (?:{"|".join(_TIME)})\s*\((?:\s*\)|\s*''\s*\)|(?:[^()]|\([^()]*\))*'now')
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class _SqlText:
    """One text: `clause` is check, where, index, default or generated, the last two of `column`."""

    clause: str
    what: str
    text: str
    at: Location
    column: str = ""


def check_sql_texts(table: str, record: Record, drafts: list[ColumnDraft], report: Reporter) -> None:
    """Reports each text that SQLite refuses. `drafts` are all columns of the table."""
    columns = [draft.text for draft in drafts]
    free = {draft.text for draft in drafts if draft.type and draft.type.kind in ("text", "string")}
    with closing(scratch_database()) as database:
        fine = True
        for text in _texts(table, record, drafts):
            problem = _problem(database, table, columns, text, free)
            if problem:
                report.error(text.at, f"{text.what} {problem}")
                fine = False
        if fine and any(draft.record["generated"] is not None for draft in drafts):
            _check_loops(database, table, drafts, report)


def check_measures(
    owner: str, repository: Record | None, drafts: list[ColumnDraft], report: Reporter
) -> None:
    """Reports each condition of a measure that SQLite refuses on a row of the table or view."""
    columns = [draft.text for draft in drafts]
    free = {draft.text for draft in drafts if draft.type and draft.type.kind in ("text", "string")}
    for text in _measure_texts(owner, repository):
        with closing(scratch_database()) as database:
            problem = _problem(database, owner, columns, text, free)
        if problem:
            report.error(text.at, f"{text.what} {problem}")


def check_condition(
    what: str,
    text: str,
    at: Location,
    table: str,
    columns: list[str],
    free: Collection[str],
    report: Reporter,
) -> None:
    """Reports a condition that SQLite refuses on a row of the table; `free` are its columns of text."""
    with closing(scratch_database()) as database:
        problem = _problem(database, table, columns, _SqlText("where", what, text, at), free)
    if problem:
        report.error(at, f"{what} {problem}")


def _measure_texts(owner: str, repository: Record | None) -> Iterator[_SqlText]:
    blocks = repository.get("analytics", []) if repository is not None else []
    for name, block in blocks:
        for measure, written in block.get("measures", []) if block is not None else []:
            if isinstance(written, Record) and (text := sqlite_text(written["where"])):
                what = f"'where' of measure '{measure.text}' of analytics block '{name.text}' of '{owner}'"
                yield _SqlText("where", what, *text)


def check_postgres_texts(drafts: list[ColumnDraft], report: Reporter) -> None:
    """Reports generated columns that PostgreSQL cannot make: they refer to plain columns only."""
    computed = [draft for draft in drafts if draft.record["generated"] is not None]
    for draft in computed:
        read = draft.record["generated"]
        if isinstance(read, Record):
            read = read["sql"] if read["postgres"] is None else read["postgres"]
        bare = "".join(map(_name_or_nothing, PIECE.findall(read.text))) if read is not None else ""
        for other in computed:
            if mentions(bare, other.text):
                report.error(
                    read.at,
                    f"'generated' of column '{draft.text}' names '{other.text}', which is generated itself: "
                    "PostgreSQL refuses that; write its expression out",
                )


def _name_or_nothing(piece: str) -> str:
    """A piece of SQL as far as names can stand in it."""
    if len(piece) == 1 or piece[0] in "`[":
        return piece
    return piece if piece[0] == '"' else " "


def _check_loops(
    database: sqlite3.Connection, table: str, drafts: list[ColumnDraft], report: Reporter
) -> None:
    """Generated columns that are fine one by one may still refer to each other in a circle."""
    texts = {draft.text: sqlite_text(draft.record["generated"]) for draft in drafts}
    parts = [
        f"`{name}`" + (f" generated always as ({text[0]}) stored" if text is not None else "")
        for name, text in texts.items()
    ]
    try:
        database.execute(f"create table `{table}` ({', '.join(parts)})")
        database.execute(f"explain insert into `{table}` default values")
    except sqlite3.Error as error:
        looped = next((d for d in drafts if texts[d.text] and f'"{d.text}"' in str(error)), None)
        at = looped.record.place("generated") if looped is not None else drafts[0].at
        report.error(at, f"the generated columns of table '{table}' are refused by SQLite: {error}")


def _texts(table: str, record: Record, drafts: list[ColumnDraft]) -> Iterator[_SqlText]:
    for draft in drafts:
        of = f"of column '{draft.text}' in table '{table}'"
        if draft.origin is None and (check := sqlite_text(draft.record["check"])):
            yield _SqlText("check", f"'check' {of}", *check)
        if generated := sqlite_text(draft.record["generated"]):
            yield _SqlText("generated", f"'generated' {of}", *generated, draft.text)
        default = draft.record.node.get("default")
        sql = default.get("sql") if isinstance(default, Mapping) else None
        sqlite = sql.get("sqlite") if isinstance(sql, Mapping) else sql
        if isinstance(sqlite, Scalar) and sqlite.text:
            yield _SqlText("default", f"'default' {of}", sqlite.text, sqlite.at, draft.text)
    for check in record.get("checks", []):
        if check["name"] is not None and (text := sqlite_text(check["expression"])):
            yield _SqlText("check", f"check '{check['name'].text}' of table '{table}'", *text)
    for index in record.get("indexes", []):
        if where := sqlite_text(index["where"]):
            yield _SqlText("where", f"'where' of an index of table '{table}'", *where)
        for column in index.get("columns", []):
            if text := _expression(column):
                yield _SqlText("index", f"an expression in an index of table '{table}'", *text)


def _expression(column: Scalar | Record) -> tuple[str, Location] | None:
    if isinstance(column, Record):
        return sqlite_text(column["expression"])
    text = expression_of(column.text)
    return (text, column.at) if text else None


def _problem(
    database: sqlite3.Connection, table: str, columns: list[str], text: _SqlText, free: Collection[str]
) -> str:
    """What is wrong with the text; empty when it can be used."""
    changing = _changing(text.text)
    if changing and text.clause != "default":
        return f"uses '{changing}', which differs from time to time; it depends on its row alone"
    if clock := _clock_in_text(text.text, free):
        return clock
    if not is_one_expression(text.text):
        return "is not one expression; remove the ';' or mend the parentheses"
    database.execute("savepoint one")
    try:
        for statement in _statements(table, columns, text):
            database.execute(statement)
    except (sqlite3.Error, sqlite3.Warning) as error:
        return f"is refused by SQLite: {error}{_hint(str(error), text.text, columns)}"
    finally:
        database.execute("rollback to one")
        database.execute("release one")
    return ""


def _statements(table: str, columns: list[str], text: _SqlText) -> Iterator[str]:
    """The columns stand without types and keys: no text depends on them."""
    sql = without_double_quotes(text.text)
    # A stored value is computed by the insert below; a virtual one would be by nothing.
    own = f" generated always as ({sql}) stored" if text.clause == "generated" else ""
    own = own or f" default {in_parentheses(sql)}"
    parts = [f"`{column}`{own if column == text.column else ''}" for column in columns]
    if text.clause == "check":
        parts.append(f"check ({sql})")
    yield f"create table `{table}` ({', '.join(parts)})"
    if text.clause == "where":
        yield f"create index `one` on `{table}` (`{columns[0]}`) where {sql}"
    if text.clause == "index":
        yield f"create index `one` on `{table}` (({sql}))"
    # Functions of a default are looked up, and dangerous ones refused, by the first insert only.
    yield f"explain insert into `{table}` default values"


def _hint(reason: str, text: str, columns: list[str]) -> str:
    unknown = re.fullmatch(r"no such column: (.+)", reason)
    if unknown is None:
        return ""
    if f'"{unknown[1]}"' in PIECE.findall(text):
        return f"{nearest(unknown[1], columns)}; text stands in single quotes"
    return nearest(unknown[1].rpartition(".")[2], columns)


def _clock_in_text(text: str, free: Collection[str]) -> str:
    """What is wrong where a function of time reads a column of `free` text: it may hold `now`, and SQLite,
    which takes the text until then, refuses such a row, and an index over rows that have it.

    >>> [bool(_clock_in_text(f"date({of})", {"a"})) for of in ("a", "x.`a`", "substr(a, 1)", "b", "'a'")]
    [True, True, True, False, False]
    >>> bool(_clock_in_text("date(b) > a", {"a"}))
    False
    """
    read = tokens(text)
    for at, token in enumerate(read):
        if not token.is_word(*_TIME):
            continue
        depth = 0
        for inner in read[at + 1 :]:
            depth += {"(": 1, ")": -1}.get(inner.text, 0)
            if depth == 0:
                break
            if inner.name in free:
                return (
                    f"hands '{inner.name}', which may be any text, to '{token.text}', which reads the clock "
                    "where the text is 'now', and SQLite refuses such a row; make "
                    f"'{inner.name}' a date or a timestamp"
                )
    return ""


def _changing(text: str) -> str:
    """The part that reads the clock or rolls dice. SQLite refuses some of these only when a row is written.

    >>> _changing("a > CURRENT_DATE"), _changing("random () > 1"), _changing("date( coalesce(a, b), 'now')")
    ('current_date', 'random', 'date')
    >>> _changing("a = 'current_date'"), _changing("date(a) > '2020-01-01'"), _changing("randomly > 1")
    ('', '', '')
    """
    found = _CHANGING.search("".join(reduced(piece.lower()) for piece in PIECE.findall(text)))
    return re.match(r"\w+", found[0])[0] if found else ""
