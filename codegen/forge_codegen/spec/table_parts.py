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
from forge_codegen.model.schema import NO_TEXT
from forge_codegen.spec.columns import ColumnDraft, refuse_vector_key
from forge_codegen.spec.diagnostics import Location, Reporter, nearest
from forge_codegen.spec.dialect_texts import DialectTexts
from forge_codegen.spec.foreign_keys import KeyDraft, read_key
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import NOT_YET, Record

ORDER = re.compile(r"(?is)(?P<what>.*?)(?:\s+(?P<order>asc|desc))?")
COLLATE = re.compile(r"(?is)(?P<what>.*?)\s+collate\s+(?P<name>\w+)")


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

    def __init__(
        self, table: str, columns: list[str], report: Reporter, dialects: tuple[str, ...] = ()
    ) -> None:
        self._table = table
        self._columns = columns
        self._report = report
        self._dialects = dialects
        self._texts = DialectTexts(dialects, report)
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
        own = [draft for draft in drafts if draft.origin is None]
        checks = [self._column_check(draft) for draft in own if draft.record["check"] is not None]
        checks += [check for item in record.get("checks", []) if (check := self.check(item)) is not None]
        foreign_keys = tuple(self._foreign_keys(record, drafts))
        for draft in drafts:
            if draft.record["generated"] and any(draft.text in key.key.columns for key in foreign_keys):
                self._report.error(
                    draft.record.place("generated"),
                    f"column '{draft.text}' is generated and in a foreign key, which {NOT_YET}; remove one",
                )
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
        marked = [draft for draft in drafts if draft.record["primary_key"] and draft.origin is None]
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
                if draft.text in key and draft.record.given("generated"):
                    self._report.error(
                        draft.record.place("generated"),
                        f"column '{draft.text}' is part of the primary key, which is written; remove "
                        "'generated', or take another key",
                    )
                if draft.text in key:
                    refuse_vector_key(draft, record.place("primary_key"), self._report)
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
        name = self._name(None, "ck", [draft.text], draft.at)
        return self._checked(name, draft.record["check"], f"'check' of column '{draft.text}'")

    def _checked(self, name: str, read: Scalar | Record, what: str) -> ddl.Check:
        if isinstance(read, Scalar):
            return ddl.Check(name, read.text)
        texts = self._texts.sql(read, what)
        return ddl.Check(name, texts.sqlite, _if_another(texts))

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
                f"'{self._table}' has a foreign key on {', '.join(read)} already; a second one {NOT_YET}, "
                "drop that one or remove this",
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
        """An index of columns and expressions."""
        what = f"an index of '{self._table}'"
        columns: list[ddl.IndexColumn] = []
        for part in item.get("columns", []):
            column = self._index_column(part, what)
            if column is None:
                continue
            if column.name and any(other.name == column.name for other in columns):
                self._report.error(part.at, f"column '{column.name}' appears twice in {what}; remove one")
                continue
            columns.append(column)
        if not columns:
            if item["columns"] is not None and not item["columns"]:
                self._report.error(item.place("columns"), f"{what} without columns; name them")
            return None
        if item["name"] is None and any(column.expression for column in columns):
            if not item.given("name"):
                self._report.error(item.at, f"{what} over an expression needs a 'name'; add it")
            return None
        name = self._name(item["name"], "ix", [column.name for column in columns], item.at)
        where = self._texts.sql(item["where"], f"'where' of {what}")
        include = self._include(item, [column.name for column in columns], what)
        return ddl.Index(
            name, self._table, tuple(columns), bool(item["unique"]), where.sqlite, _if_another(where), include
        )

    def _index_column(self, part: Scalar | Record, what: str) -> ddl.IndexColumn | None:
        if isinstance(part, Scalar):
            match = ORDER.fullmatch(part.text.strip())
            assert match is not None
            descending = (match["order"] or "").lower() == "desc"
            if re.fullmatch(r"\w+", match["what"]):
                return self._known(match["what"], part.at, what, descending)
            if collated := COLLATE.fullmatch(match["what"]):
                key = "column" if re.fullmatch(r"\w+", collated["what"]) else "expression"
                self._report.error(
                    part.at,
                    f"'{part.text}' in {what}: a collation is written as {{{key}: {collated['what']}, "
                    f"collate: {collated['name'].lower()}}}",
                )
                return None
            return ddl.IndexColumn("", descending, ddl.PerDialect(match["what"], match["what"]))
        collation = self._texts.collation(part["collate"], f"'collate' of a column of {what}")
        column, descending = part["column"], bool(part["desc"])
        if part.given("column") == part.given("expression"):
            self._report.error(part.at, f"a column of {what} needs 'column' or 'expression', and one of them")
            return None
        if part.given("expression"):
            expression = self._texts.sql(part["expression"], f"an expression of {what}")
            return ddl.IndexColumn("", descending, expression, collation) if expression else None
        return self._known(column.text, column.at, what, descending, collation) if column else None

    def _known(
        self,
        name: str,
        at: Location,
        what: str,
        descending: bool,
        collation: ddl.PerDialect = NO_TEXT,
    ) -> ddl.IndexColumn | None:
        if name not in self._columns:
            return self._unknown(name, at, what)
        return ddl.IndexColumn(name, descending, collation=collation)

    def _include(self, item: Record, key: list[str], what: str) -> tuple[str, ...]:
        if not item["include"]:
            if item["include"] is not None:
                self._report.error(item.place("include"), f"'include' of {what} is empty; remove it")
            return ()
        if item["unique"] and "sqlite" in self._dialects:
            self._report.error(
                item.place("include"),
                f"'include' of {what} beside 'unique': SQLite appends the columns to the key, which would be "
                "unique with them; make it an index of its own",
            )
        names = self.names(item["include"], f"'include' of {what}")
        for scalar in item["include"]:
            if scalar.text in key:
                self._report.error(
                    scalar.at, f"column '{scalar.text}' of 'include' is in the key of {what}; remove it"
                )
        return names

    def check(self, item: Record) -> ddl.Check | None:
        """A named check constraint."""
        if item["name"] is None or item["expression"] is None:
            return None
        name = self._name(item["name"], "ck", [], item.at)
        return self._checked(name, item["expression"], f"check '{name}' of '{self._table}'")

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
        if name.lower().startswith(naming.LEDGER_OWN):
            self._report.error(
                at, f"the name '{name}' is ForgeDB's, which keeps those with '_forge_' for its ledger; {cure}"
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


def _if_another(texts: ddl.PerDialect) -> str:
    """PostgreSQL's text, where it is another one than SQLite's."""
    return texts.postgres if texts.postgres != texts.sqlite else ""


def expression_of(text: str) -> str:
    """The expression that an index's column is, without its direction; empty for a column's name.

    >>> expression_of("lower(title) desc"), expression_of("title desc"), expression_of("a collate nocase")
    ('lower(title)', '', '')
    """
    what = ORDER.fullmatch(text.strip())["what"]
    return "" if re.fullmatch(r"\w+", what) or COLLATE.fullmatch(what) else what
