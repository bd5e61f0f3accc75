# SPDX-License-Identifier: MIT
"""Full-text indexes: an FTS5 table over a table's own rows, which triggers keep in step; on PostgreSQL an
index over the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forge_codegen.model.ddl import PerDialect, Trigger

SUFFIX = "_full_text"
TOKENIZERS = {"unicode61": "unicode61", "porter": "porter unicode61", "ascii": "ascii", "trigram": "trigram"}
RESERVED = ("rank", "rowid")  # columns that FTS5 has itself


@dataclass(frozen=True)
class FullText:
    """The words of some `columns` of a table, by its whole-number `key`. `configuration` is PostgreSQL's."""

    table: str
    key: str
    columns: tuple[str, ...]
    tokenize: str = "unicode61"
    configuration: str = "simple"

    @property
    def name(self) -> str:
        return self.table + SUFFIX

    @property
    def sql(self) -> PerDialect:
        """What follows `create virtual table name using`, and `create index name on`."""
        columns = ", ".join(map(_quoted, self.columns))
        sqlite = f"fts5({columns}, content = {_text(self.table)}, content_rowid = {_text(self.key)}"
        return PerDialect(
            f"{sqlite}, tokenize = {_text(TOKENIZERS[self.tokenize])})",
            f"{_quoted(self.table)} using gin ({self.document})",
        )

    @property
    def document(self) -> str:
        """The words of a row on PostgreSQL. The index serves this very expression alone."""
        words = " || ' ' || ".join(f"coalesce({_quoted(column)}, '')" for column in self.columns)
        return f"to_tsvector({_text(self.configuration)}, {words})"

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """What keeps the FTS5 table in step. It is told the old words to forget them. REPLACE, as other
        programs write it, fires no trigger for the row that it replaces: its words are still there, told by
        the key in the table of document sizes, and the index is built again.
        """
        name, key = self.name, _quoted(self.key)
        columns = ", ".join(map(_quoted, self.columns))

        def values(row: str) -> str:
            return ", ".join(f"{row}.{_quoted(column)}" for column in (self.key, *self.columns))

        head = f"insert into {_quoted(name)} (rowid, {columns})"
        is_there = f"exists (select 1 from {_quoted(name + '_docsize')} where id = new.{key})"
        forget = f"insert into {_quoted(name)} ({_quoted(name)}, rowid, {columns})"
        forget += f" values ('delete', {values('old')});"
        watched = ", ".join(map(_quoted, (self.key, *self.columns)))
        bodies = {
            "insert": (
                "after insert",
                f"insert into {_quoted(name)} ({_quoted(name)}) select 'rebuild' where {is_there};",
                f"{head} select {values('new')} where not {is_there};",
            ),
            "update": (f"after update of {watched}", forget, f"{head} values ({values('new')});"),
            "delete": ("after delete", forget),
        }
        return tuple(
            Trigger(f"{name}_{verb}", self.table, PerDialect(_trigger(event, self.table, body)))
            for verb, (event, *body) in bodies.items()
        )

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"name": self.name, "key": self.key, "columns": list(self.columns)}
        found |= {} if self.tokenize == "unicode61" else {"tokenize": self.tokenize}
        return found | ({} if self.configuration == "simple" else {"configuration": self.configuration})


def _trigger(event: str, table: str, body: list[str]) -> str:
    lines = "".join(f"  {line}\n" for line in body)
    return f"{event} on {_quoted(table)} begin\n{lines}end"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _text(text: str) -> str:
    return f"'{text}'"
