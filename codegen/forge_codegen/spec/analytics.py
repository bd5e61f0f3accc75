# SPDX-License-Identifier: MIT
"""Reads `analytics:` of a repository, each block checked against the columns' types."""

from __future__ import annotations

import re
from collections.abc import Mapping as Lookup
from dataclasses import replace

from forge_codegen import naming
from forge_codegen.model.analytics import Analytics, Bucket, Having, Measure
from forge_codegen.model.types import Type
from forge_codegen.spec.collisions import Collisions
from forge_codegen.spec.diagnostics import Location, Reporter, nearest, one_of
from forge_codegen.spec.dialect_texts import DialectTexts
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import NOT_YET, Record

NUMBERS = ("int32", "int64", "float64", "decimal")
TIMES = ("timestamp", "date")
# Which kinds of columns a measure is of; None is any.
MEASURED: dict[str, tuple[str, ...] | None] = {
    "count": None,
    "count_distinct": None,
    "sum": NUMBERS,
    "avg": (*NUMBERS, "bool"),
    "min": (*NUMBERS, *TIMES, "text", "string"),
    "max": (*NUMBERS, *TIMES, "text", "string"),
    "stddev": NUMBERS,
    "share": NUMBERS,
    "percentile": (*NUMBERS, *TIMES),
}
# What it answers is compared with a number as it is.
COMPARABLE = ("count", "count_distinct", "avg", "stddev")
MEASURE = re.compile(rf"(?P<kind>[a-z_]+|p(?P<percent>[1-9][0-9]?))(?:\(\s*(?P<column>{naming.NAME})\s*\))?")
HAVING = re.compile(
    rf"(?P<name>{naming.NAME})\s*(?P<operator>>=|<=|<>|=|>|<)\s*(?P<number>-?[0-9]{{1,15}}(?:\.[0-9]{{1,15}})?)"
)
ORDER = re.compile(rf"(?P<name>{naming.NAME})(?:\s+(?P<way>asc|desc))?")
# Members that every repository has or may have, those of its behaviours among them.
MEMBERS = (
    *("find", "get", "exists", "insert", "insert_many", "insert_many_returning", "update", "upsert"),
    *("remove", "count", "list", "session", "standing", "watches_changes"),
    *("repository", "view_repository", "guarded_repository"),
    *("page_after", "page_before", "list_ordered", "search", "with", "link", "unlink", "set_links"),
    *("update_unchecked", "save", "restore", "purge", "purge_deleted", "with_deleted", "only_deleted"),
    *("get_or_create", "settings", "quota", "period", "forget_before"),
    *("roots", "children", "path", "ancestors", "subtree", "find_path", "move", "remove_subtree"),
    *("versions", "version", "revert", "prune_versions", "log"),
    *("preview_remove", "remove_cascade", "preview_purge", "purge_cascade"),
    *("add_tags", "remove_tags", "rename_tag", "tag_counts"),
    *("row_type", "key_type", "new_type", "patch_type", "filter_type", "sort_type", "order_type"),
    *("cursor_type", "tenant_type", "version_type"),
)


class AnalyticsReader:
    """`columns` maps each column to its type, None where the type is wrong (and was reported)."""

    def __init__(
        self,
        table: str,
        struct: str,
        columns: Lookup[str, Type | None],
        dialects: tuple[str, ...],
        report: Reporter,
    ) -> None:
        self._table = table
        self._struct = struct
        self._columns = columns
        self._texts = DialectTexts(dialects, report)
        self._report = report

    def read(self, repository: Record | None, collisions: Collisions) -> tuple[Analytics, ...]:
        found: list[Analytics] = []
        for name, record in repository.get("analytics", []) if repository is not None else []:
            if problem := self._name_problem(name.text):
                self._error(name.at, f"analytics block '{name.text}' of '{self._table}' {problem}; rename it")
            if record is not None and (block := self._block(name, record)) is not None:
                collisions.add_answer(block.struct, name.text, self._table, name.at)
                found.append(block)
        return tuple(found)

    def _error(self, at: Location, message: str) -> None:
        self._report.error(at, message)

    def _name_problem(self, name: str) -> str:
        if name in MEMBERS:
            return "has the name of a function of every repository"
        problem = naming.cpp_problem(name)
        return f"is no name for C++: {problem}" if problem else ""

    def _block(self, name: Scalar, record: Record) -> Analytics | None:
        what = f"analytics block '{name.text}' of '{self._table}'"
        groups = self._groups(record, what)
        bucket = self._bucket(record, what)
        measures = self._measures(record, what)
        block = Analytics(
            name.text,
            self._struct + naming.pascal(name.text),
            tuple(measures),
            groups,
            bucket,
            record.get("last", 0),
            bool(record["fill"]),
            doc=record.doc,
        )
        self._refuse_double_fields(block, name, what)
        self._refuse_combinations(block, record, what)
        if not measures:
            if record["measures"] == []:
                self._error(record.place("measures"), f"{what} measures nothing; add 'n: count'")
            return None
        having = self._having(block, record, what)
        order = self._order(block, record, what)
        return replace(block, having=having, order_by=order, limit=record.get("limit", 0))

    def _type(self, column: str, at: Location, what: str) -> Type | None:
        """The column's type; None where there is none, which is reported."""
        if column not in self._columns:
            self._error(
                at,
                f"unknown column '{column}' in {what}; expected {one_of(self._columns)}"
                f"{nearest(column, self._columns)}",
            )
        return self._columns.get(column)

    def _groups(self, record: Record, what: str) -> tuple[str, ...]:
        written = record["group_by"]
        names = [written] if isinstance(written, Scalar) else written or []
        groups: list[str] = []
        for name in names:
            kind = self._type(name.text, name.at, what)
            is_list = kind is not None and kind.is_string_list and not kind.cpp
            if is_list and any(self._is_list(group) for group in groups if group != name.text):
                self._error(name.at, f"{what} groups by the items of two lists, which {NOT_YET}; remove one")
            elif kind is not None and kind.kind in ("json", "bytes", "vector") and not is_list:
                self._error(
                    name.at, f"{what} cannot group by '{name.text}' of type {kind.describe()}; remove it"
                )
            elif name.text in groups:
                self._error(name.at, f"{what} groups by '{name.text}' twice; remove one")
            elif name.text in self._columns:
                groups.append(name.text)
        return tuple(groups)

    def _is_list(self, column: str) -> bool:
        kind = self._columns.get(column)
        return kind is not None and kind.is_string_list

    def _bucket(self, record: Record, what: str) -> Bucket | None:
        written = record["bucket"]
        if written is None:
            return None
        if len(written) != 1:
            self._error(
                record.place("bucket"), f"{what} has {len(written)} buckets; write one column and its unit"
            )
            return None
        (column, unit), *_ = written
        kind = self._type(column.text, column.at, what)
        if kind is None or unit is None:
            return None
        if kind.kind not in TIMES or kind.cpp:
            self._error(
                column.at,
                f"{what} cannot cut '{column.text}' of type {kind.describe()} into a {unit.text}; expected a "
                "timestamp or date column",
            )
        elif kind.kind == "date" and unit.text == "hour":
            self._error(unit.at, f"{what} cannot cut the date '{column.text}' into hours; write 'day'")
        else:
            return Bucket(column.text, unit.text)
        return None

    def _measures(self, record: Record, what: str) -> list[Measure]:
        measures = []
        for name, written in record["measures"] or []:
            problem = naming.cpp_problem(name.text)
            if problem:
                self._error(
                    name.at, f"measure '{name.text}' of {what} is no name for C++: {problem}; rename it"
                )
            if written is not None and (read := self._measure(name, written, what)) is not None:
                measures.append(read)
        return measures

    def _measure(self, name: Scalar, written: Scalar | Record, what: str) -> Measure | None:
        text = written if isinstance(written, Scalar) else written["measure"]
        if text is None:
            return None
        match = MEASURE.fullmatch(text.text.strip())
        kind = "percentile" if match and match["percent"] else match and match["kind"]
        if match is None or kind not in MEASURED:
            self._error(
                text.at,
                f"measure '{name.text}' of {what} is '{text.text}'; expected "
                f"{one_of(MEASURED.keys() - {'percentile'})} or p1 to p99, of a column: 'count', "
                "'avg(score)', 'p90(score)'",
            )
            return None
        column = match["column"] or ""
        if not column and kind not in ("count", "share"):
            self._error(
                text.at, f"measure '{name.text}' of {what} has no column; write '{text.text}(<column>)'"
            )
            return None
        if column and not self._fits(column, kind, text, what):
            return None
        where = None if isinstance(written, Scalar) else written["where"]
        condition = self._texts.sql(where, f"'where' of measure '{name.text}' of {what}")
        return Measure(name.text, kind, column, int(match["percent"] or 0), condition)

    def _fits(self, column: str, kind: str, text: Scalar, what: str) -> bool:
        of_column = self._type(column, text.at, what)
        if of_column is None:
            return False
        allowed = MEASURED[kind]
        if allowed is None:
            return True
        if of_column.kind in allowed and of_column.storage_info.ordered and not of_column.cpp:
            if kind != "sum" or of_column.storage_info.tag != "decimal_real":
                return True
            self._error(
                text.at,
                f"{what} cannot measure '{text.text}': '{column}' is a decimal that is stored as a real "
                "number, so its sums are not exact; store it scaled, or measure the average",
            )
            return False
        self._error(
            text.at,
            f"{what} cannot measure '{text.text}': '{column}' is {of_column.describe()}; expected a column "
            f"of type {one_of(allowed)}" + (", and no C++ type of one's own" if of_column.cpp else ""),
        )
        return False

    def _refuse_double_fields(self, block: Analytics, name: Scalar, what: str) -> None:
        for field in dict.fromkeys(block.fields):
            if block.fields.count(field) > 1:
                self._error(
                    name.at, f"{what} would answer two fields '{field}'; give the measure another name"
                )

    def _refuse_combinations(self, block: Analytics, record: Record, what: str) -> None:
        def refuse(key: str, message: str) -> None:
            self._error(record.place(key), f"'{key}' of {what} {message}")

        bucketed = record.given("bucket")
        if block.last and not bucketed:
            refuse("last", "counts buckets; add 'bucket', or remove it")
        if block.fill and not block.last:
            refuse("fill", "needs to know how many buckets there are; add 'last'")
        if block.fill and block.group_by:
            refuse("fill", "is for buckets alone; remove 'group_by'")
        for key in ("having", "limit", "order_by"):
            if block.fill and record.given(key):
                refuse(key, "does not go with 'fill', which answers every bucket in order; remove one")
        for key in ("having", "limit", "order_by"):
            if record.given(key) and not (record.given("group_by") or bucketed):
                refuse(key, "is for groups; add 'group_by' or 'bucket'")
        if any(measure.kind == "share" for measure in block.measures):
            if not (record.given("group_by") or bucketed):
                refuse("measures", "has a share, which is of groups; add 'group_by' or 'bucket'")
            if record.given("having"):
                refuse("having", "would leave groups out of the whole that a share is of; remove one")

    def _having(self, block: Analytics, record: Record, what: str) -> tuple[Having, ...]:
        written = record["having"]
        read = []
        for text in [written] if isinstance(written, Scalar) else written or []:
            match = HAVING.fullmatch(text.text.strip())
            names = [measure.name for measure in block.measures]
            if match is None:
                self._error(
                    text.at, f"'having' of {what} is '{text.text}'; expected a condition such as 'n >= 3'"
                )
                continue
            name = match["name"]
            if name not in names:
                self._error(
                    text.at,
                    f"'having' of {what} names '{name}'; expected {one_of(names)}{nearest(name, names)}",
                )
            elif not self._compares(block.measure(name)):
                self._error(
                    text.at,
                    f"'having' of {what} cannot compare '{name}' with a number; expected a count, an "
                    "average, or a measure of a whole or real number",
                )
            else:
                read.append(Having(name, match["operator"], match["number"]))
        return tuple(read)

    def _compares(self, measure: Measure) -> bool:
        if measure.kind in COMPARABLE:
            return True
        of_column = self._columns.get(measure.column)
        whole_or_real = of_column is not None and of_column.kind in ("int32", "int64", "float64")
        return whole_or_real and measure.kind in ("sum", "min", "max")

    def _order(self, block: Analytics, record: Record, what: str) -> tuple[tuple[str, bool], ...]:
        written = record["order_by"]
        order: list[tuple[str, bool]] = []
        for text in [written] if isinstance(written, Scalar) else written or []:
            match = ORDER.fullmatch(text.text.strip())
            if match is None:
                self._error(
                    text.at,
                    f"'order_by' of {what} is '{text.text}'; expected 'field', 'field asc' or 'field desc'",
                )
                continue
            name = match["name"]
            if name not in block.fields:
                self._error(
                    text.at,
                    f"'order_by' of {what} names '{name}'; expected {one_of(block.fields)}"
                    f"{nearest(name, block.fields)}",
                )
            elif name in [before for before, _ in order]:
                self._error(text.at, f"'order_by' of {what} names '{name}' twice; remove one")
            else:
                order.append((name, match["way"] == "desc"))
        return tuple(order)
