# SPDX-License-Identifier: MIT
"""Reads what a table is made of beside its columns: key, uniques, indexes, checks. Serves specs and
migration files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from forge_codegen import naming
from forge_codegen.model import ddl
from forge_codegen.spec.columns import ColumnDraft
from forge_codegen.spec.diagnostics import Location, Reporter, nearest
from forge_codegen.spec.foreign_keys import KeyDraft, read_key
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import NOT_YET, Record

INDEX_COLUMN = re.compile(rf"({naming.NAME})(?:\s+(?P<order>asc|desc|ASC|DESC))?")


@dataclass(frozen=True)
class TableParts:
    primary_key: tuple[str, ...]
    autoincrement: bool
    uniques: tuple[ddl.Unique, ...]
    indexes: tuple[ddl.Index, ...]
    checks: tuple[ddl.Check, ...]
    foreign_keys: tuple[KeyDraft, ...] = ()


class PartsReader:
    """Reads the parts of one table and reports unknown columns and names that are used twice."""

    def __init__(self, table: str, columns: list[str], report: Reporter) -> None:
        self._table = table
        self._columns = columns
        self._report = report
        self._names: dict[str, int] = {}

    def read(self, record: Record, drafts: list[ColumnDraft]) -> TableParts:
        key = self._primary_key(record, drafts)
        for draft in drafts:
            if draft.reference is not None:
                self._foreign_key_name(draft)
        uniques = [self._column_unique(draft) for draft in drafts if draft.record["unique"]]
        uniques += [unique for item in record.get("unique", []) if (unique := self.unique(item)) is not None]
        indexes = [self._column_index(draft) for draft in drafts if draft.record["index"]]
        indexes += [index for item in record.get("indexes", []) if (index := self.index(item)) is not None]
        checks = [self._column_check(draft) for draft in drafts if draft.record["check"] is not None]
        checks += [check for item in record.get("checks", []) if (check := self.check(item)) is not None]
        foreign_keys = tuple(self._foreign_keys(record, drafts))
        autoincrement = any(draft.record["autoincrement"] for draft in drafts)
        return TableParts(key, autoincrement, tuple(uniques), tuple(indexes), tuple(checks), foreign_keys)

    def names(self, scalars: list[Scalar], what: str) -> tuple[str, ...]:
        """Column names, each known and none twice."""
        seen: list[str] = []
        for scalar in scalars:
            if scalar.text not in self._columns:
                self._unknown(scalar.text, scalar.at, what)
            elif scalar.text in seen:
                self._report.error(scalar.at, f"column '{scalar.text}' appears twice in {what}; remove one")
            seen.append(scalar.text)
        return tuple(seen)

    def _unknown(self, name: str, at: Location, what: str) -> None:
        hint = nearest(name, self._columns)
        self._report.error(
            at,
            f"unknown column '{name}' in {what}; table '{self._table}' has {', '.join(self._columns)}{hint}",
        )

    def _primary_key(self, record: Record, drafts: list[ColumnDraft]) -> tuple[str, ...]:
        marked = [draft for draft in drafts if draft.record["primary_key"]]
        if record["primary_key"] is not None:
            for draft in marked:
                at = draft.record.place("primary_key")
                self._report.error(
                    at, f"column '{draft.text}' and table '{self._table}' both name a primary key; keep one"
                )
            key = self.names(record["primary_key"], f"the primary key of '{self._table}'")
            if not key:
                self._report.error(
                    record.place("primary_key"),
                    f"the primary key of '{self._table}' is empty; name its columns",
                )
            for draft in drafts:
                if draft.text in key and draft.nullable:
                    self._report.error(
                        draft.record.place("nullable"),
                        f"column '{draft.text}' is part of the primary key; "
                        "a key is never null, remove 'nullable'",
                    )
            return key
        for draft in marked[1:]:
            self._report.error(
                draft.record.place("primary_key"),
                f"a second primary key in '{self._table}'; for a key of several "
                "columns write 'primary_key: [a, b]' in the table",
            )
        return tuple(draft.text for draft in marked[:1])

    def _column_unique(self, draft: ColumnDraft) -> ddl.Unique:
        return ddl.Unique(self._name(None, "uq", [draft.text], draft.at), (draft.text,))

    def _column_index(self, draft: ColumnDraft) -> ddl.Index:
        name = self._name(None, "ix", [draft.text], draft.at)
        return ddl.Index(name, self._table, (ddl.IndexColumn(draft.text),))

    def _column_check(self, draft: ColumnDraft) -> ddl.Check:
        return ddl.Check(self._name(None, "ck", [draft.text], draft.at), draft.record["check"].text)

    def _foreign_key_name(self, draft: ColumnDraft) -> None:
        name = naming.default_name("fk", self._table, [draft.text])
        self._names.setdefault(name, draft.at.line)
        if len(name) > naming.SQL_NAME_LIMIT:
            self._report.error(
                draft.at,
                f"the foreign key of column '{draft.text}' would be named '{name}', which has {len(name)} "
                f"characters; PostgreSQL keeps {naming.SQL_NAME_LIMIT}, shorten the column's or table's name",
            )

    def _foreign_keys(self, record: Record, drafts: list[ColumnDraft]) -> Iterator[KeyDraft]:
        taken = {(draft.text,) for draft in drafts if draft.reference is not None}
        for item in record.get("foreign_keys", []):
            draft = self.foreign_key(item, taken)
            if draft is not None:
                taken.add(draft.key.columns)
                yield draft

    def foreign_key(self, item: Record, taken: Collection[tuple[str, ...]]) -> KeyDraft | None:
        """A key of the table's own, beside those over the columns `taken`; its target is not looked at."""
        columns, what = item["columns"], f"a foreign key of '{self._table}'"
        if columns == []:
            self._report.error(item.place("columns"), f"{what} without columns; name them")
        if not columns or item["references"] is None:
            return None
        read = self.names(columns, what)
        if read in taken:
            self._report.error(
                item.at,
                f"'{self._table}' has a foreign key on {', '.join(read)} already; a second one {NOT_YET}, drop "
                "that one or remove this",
            )
            return None
        return read_key(self._name(item["name"], "fk", list(read), item.at), read, item)

    def unique(self, item: Record | list[Scalar]) -> ddl.Unique | None:
        """A unique constraint from a list of columns or a map."""
        if isinstance(item, Record):
            columns, name, at = item["columns"], item["name"], item.at
        else:
            columns, name, at = item, None, (item[0].at if item else None)
        if not columns:
            if at is not None and isinstance(item, Record) and item.given("columns"):
                self._report.error(at, f"a unique constraint of '{self._table}' without columns; name them")
            return None
        read = self.names(columns, f"a unique constraint of '{self._table}'")
        return ddl.Unique(self._name(name, "uq", list(read), at), read)

    def index(self, item: Record) -> ddl.Index | None:
        """An index; its columns may say `desc`."""
        what = f"an index of '{self._table}'"
        columns: list[ddl.IndexColumn] = []
        for scalar in item.get("columns", []):
            match = INDEX_COLUMN.fullmatch(scalar.text)
            if match is None:
                reason = (
                    f"expression indexes {NOT_YET.replace('is ', 'are ')}"
                    if re.search(r"\W", scalar.text)
                    else "no column"
                )
                self._report.error(
                    scalar.at, f"'{scalar.text}' in {what}: {reason}; expected 'column' or 'column desc'"
                )
            elif match[1] not in self._columns:
                self._unknown(match[1], scalar.at, what)
            elif any(column.name == match[1] for column in columns):
                self._report.error(scalar.at, f"column '{match[1]}' appears twice in {what}; remove one")
            else:
                columns.append(ddl.IndexColumn(match[1], (match["order"] or "").lower() == "desc"))
        if not columns:
            if item["columns"] is not None and not item["columns"]:
                self._report.error(item.place("columns"), f"{what} without columns; name them")
            return None
        name = self._name(item["name"], "ix", [column.name for column in columns], item.at)
        where = item["where"].text.strip() if item["where"] is not None else ""
        return ddl.Index(name, self._table, tuple(columns), bool(item["unique"]), where)

    def check(self, item: Record) -> ddl.Check | None:
        """A named check constraint."""
        if item["name"] is None or item["expression"] is None:
            return None
        return ddl.Check(self._name(item["name"], "ck", [], item.at), item["expression"].text)

    def _name(self, given: Scalar | None, prefix: str, columns: list[str], at: Location | None) -> str:
        """The name given, or the default one; reported when it is taken or too long."""
        name = given.text if given is not None else naming.default_name(prefix, self._table, columns)
        at = given.at if given is not None else at
        if at is None:
            return name
        cure = "choose another" if given is not None else "give it a 'name'"
        if name.lower().startswith(naming.SQLITE_OWN):
            self._report.error(
                at, f"the name '{name}' is SQLite's, which keeps those with 'sqlite_' for itself; {cure}"
            )
        if name.lower() in self._names:
            self._report.error(
                at,
                f"the name '{name}' is used twice in table '{self._table}' (first in line "
                f"{self._names[name.lower()]}); {cure}",
            )
        self._names.setdefault(name.lower(), at.line)
        if len(name) > naming.SQL_NAME_LIMIT:
            self._report.error(
                at,
                f"the name '{name}' has {len(name)} characters; PostgreSQL keeps "
                f"{naming.SQL_NAME_LIMIT}, {cure}",
            )
        return name
