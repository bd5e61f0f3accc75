# SPDX-License-Identifier: MIT
"""The SQL of analytics blocks: one statement each, cut where the list's conditions stand.

Percentiles are the nearest rank: the least value that at least so many percent of the values do not exceed,
which is percentile_disc of SQL:2003. PostgreSQL has it; on SQLite window functions number the values, and
the first whose rank reaches the fraction is it (rank * 100 >= percent * count, in integers: nothing is
rounded).
"""

from __future__ import annotations

from dataclasses import dataclass

from forge_codegen.emit.filters import quoted
from forge_codegen.model.analytics import Analytics, Measure
from forge_codegen.model.ddl import mentions
from forge_codegen.model.schema import Column, Table, View

# Stands in the texts for the bucket's expression, which the library writes (query/functions/time_bucket.hpp).
BUCKET = "\x01"
# One item of the list by which a block groups.
ITEM = "forge_item"


@dataclass(frozen=True)
class Text:
    """What stands before the conditions of the list, and what behind."""

    head: str
    tail: str


def analytics_text(table: Table | View, block: Analytics, dialect: str) -> Text:
    """The statement of a block."""
    writer = _Sqlite(table, block) if dialect == "sqlite" else _Postgres(table, block)
    return writer.text()


class _Writer:
    def __init__(self, table: Table | View, block: Analytics) -> None:
        self._table = table
        self._block = block
        lists = [name for name in block.group_by if table.column(name).type.is_string_list]
        self._items = lists[0] if lists else ""

    def text(self) -> Text:
        chosen = [*self._keys(), *(self._measure(measure) for measure in self._block.measures)]
        rows, behind = self._source()
        return Text(f"select {', '.join(chosen)} from {rows}", behind + self._tail())

    def _source(self) -> tuple[str, str]:
        """The rows that are measured, cut where the list's conditions stand: those of the table, or one for
        each item of a list. Conditions stand before the items are there, whose names they do not know.
        """
        name = quoted(self._table.name)
        if not self._items:
            return name, ""
        source, item, condition = self._each(f"{name}.{quoted(self._items)}")
        return (
            f"(select {name}.*, {item} as {ITEM} from (select * from {name}",
            f") as {name} cross join {source} where {condition}) as {name}",
        )

    def _each(self, column: str) -> tuple[str, str, str]:
        """A list's items as a table, one of them as text, and the condition that it is text."""
        raise NotImplementedError

    def _tail(self) -> str:
        block = self._block
        tail = ""
        if block.is_grouped:
            tail += " group by " + ", ".join(str(at + 1) for at in range(len(block.keys)))
        conditions = [
            f"{self._measure(block.measure(one.measure))} {one.operator} {one.number}" for one in block.having
        ]
        if conditions:
            tail += " having " + " and ".join(conditions)
        if block.is_grouped:
            tail += " order by " + ", ".join(self._ordered(name, desc) for name, desc in block.order)
        return tail + (f" limit {block.limit}" if block.limit else "")

    def _ordered(self, name: str, descending: bool) -> str:
        """NULL is lowest, as in lists."""
        place = self._block.fields.index(name) + 1
        return f"{place} desc nulls last" if descending else f"{place} nulls first"

    def _column(self, name: str) -> Column:
        return self._table.column(name)

    def _keys(self) -> list[str]:
        cut = [BUCKET] if self._block.bucket else []
        return [*cut, *(ITEM if name == self._items else quoted(name) for name in self._block.group_by)]

    def _number(self, column: Column) -> str:
        """A column's value as a number in its own unit."""
        raise NotImplementedError

    def _measure(self, measure: Measure) -> str:
        of = quoted(measure.column) if measure.column else "*"
        only = self._only(measure)
        match measure.kind:
            case "count":
                return f"count({of}){only}"
            case "count_distinct":
                return f"count(distinct {of}){only}"
            case "min" | "max":
                return f"{measure.kind}({of}){only}"
            case "sum":
                return self._sum(self._column(measure.column), f"coalesce(sum({of}){only}, 0)")
            case "avg":
                return self._average(self._column(measure.column), only)
            case "stddev":
                return self._deviation(self._column(measure.column), only)
            case "share":
                part = f"coalesce(sum({of}){only}, 0)" if measure.column else f"count(*){only}"
                return self._quotient(part, f"nullif(sum({part}) over (), 0)")
        return self._percentile(measure)

    def _only(self, measure: Measure) -> str:
        where = self._where(measure)
        return f" filter (where {where})" if where else ""

    def _where(self, measure: Measure) -> str:
        raise NotImplementedError

    def _sum(self, column: Column, sum_of: str) -> str:
        raise NotImplementedError

    def _average(self, column: Column, only: str) -> str:
        raise NotImplementedError

    def _deviation(self, column: Column, only: str) -> str:
        raise NotImplementedError

    def _quotient(self, part: str, whole: str) -> str:
        raise NotImplementedError

    def _percentile(self, measure: Measure) -> str:
        raise NotImplementedError


class _Postgres(_Writer):
    def _each(self, column: str) -> tuple[str, str, str]:
        items = f"case jsonb_typeof({column}) when 'array' then {column} else '[]' end"
        source = f"lateral jsonb_array_elements({items}) as forge_each (value)"
        return source, "forge_each.value #>> '{}'", "jsonb_typeof(forge_each.value) = 'string'"

    def _where(self, measure: Measure) -> str:
        return measure.where.postgres

    def _number(self, column: Column) -> str:
        return f"{quoted(column.name)}::integer" if column.type.kind == "bool" else quoted(column.name)

    def _sum(self, column: Column, sum_of: str) -> str:
        kind = column.type
        cast = f"numeric(18, {kind.scale})" if kind.kind == "decimal" else ""
        return f"{sum_of}::{cast or ('double precision' if kind.kind == 'float64' else 'bigint')}"

    def _average(self, column: Column, only: str) -> str:
        return f"avg({self._number(column)}){only}::double precision"

    def _deviation(self, column: Column, only: str) -> str:
        return f"stddev_pop({self._number(column)}){only}::double precision"

    def _quotient(self, part: str, whole: str) -> str:
        return f"{part}::double precision / {whole}::double precision"

    def _percentile(self, measure: Measure) -> str:
        fraction = f"0.{measure.percent:02}"
        of = quoted(measure.column)
        return f"percentile_disc({fraction}) within group (order by {of}){self._only(measure)}"


class _Sqlite(_Writer):
    def __init__(self, table: Table | View, block: Analytics) -> None:
        super().__init__(table, block)
        self._ranked = list(
            dict.fromkeys((one.column, one.where.sqlite) for one in block.measures if one.is_percentile)
        )

    def text(self) -> Text:
        if not self._ranked:
            return super().text()
        # The values are numbered in a table of their own, of which the groups are made.
        keys = self._keys()
        partition = f"partition by {', '.join(keys)} " if keys else ""
        inner = [f"{key} as {self._alias(at)}" for at, key in enumerate(keys)]
        inner += [quoted(name) for name in self._needed()]
        for at, (column, where) in enumerate(self._ranked):
            value = f"case when {where} then {quoted(column)} end" if where else quoted(column)
            inner.append(f"{value} as forge_value_{at}")
            inner.append(f"row_number() over ({partition}order by {value} nulls last) as forge_rank_{at}")
            inner.append(f"count({value}) over ({partition.rstrip()}) as forge_count_{at}")
        outer = [self._alias(at) for at in range(len(keys))]
        outer += [self._measure(measure) for measure in self._block.measures]
        rows, behind = self._source()
        head = f"select {', '.join(outer)} from (select {', '.join(inner)} from {rows}"
        return Text(head, f"{behind}) as {quoted(self._table.name)}{self._tail()}")

    def _each(self, column: str) -> tuple[str, str, str]:
        items = f"case when json_type({column}) = 'array' then {column} else '[]' end"
        source = f"json_each(case when json_valid({column}) then {items} else '[]' end) as forge_each"
        return source, "forge_each.value", "forge_each.type = 'text'"

    def _alias(self, at: int) -> str:
        return f"forge_key_{at}"

    def _needed(self) -> list[str]:
        """The columns that the other measures are of, and those that conditions name."""
        others = [one for one in self._block.measures if not one.is_percentile]
        used = {one.column for one in others}
        texts = [one.where.sqlite for one in others if one.where]
        return [
            column.name
            for column in self._table.columns
            if column.name in used or any(mentions(text, column.name) for text in texts)
        ]

    def _where(self, measure: Measure) -> str:
        return measure.where.sqlite

    def _number(self, column: Column) -> str:
        name, kind = quoted(column.name), column.type
        if kind.kind == "bool":
            true = {"true_false": " = 'true'", "yes_no": " = 'Y'"}.get(kind.storage_info.name)
            return f"({name}{true})" if true else name
        return f"({name} / 1e{kind.scale})" if _is_scaled(column) else f"({name} * 1.0)"

    def _sum(self, column: Column, sum_of: str) -> str:
        real = column.type.sqlite_type == "REAL"
        return sum_of.removesuffix("0)") + "0.0)" if real else sum_of

    def _average(self, column: Column, only: str) -> str:
        if _is_scaled(column):
            return f"avg({quoted(column.name)}){only} / 1e{column.type.scale}"
        return f"avg({self._number(column) if column.type.kind == 'bool' else quoted(column.name)}){only}"

    def _deviation(self, column: Column, only: str) -> str:
        value = self._number(column)
        mean = f"avg({value}){only}"
        return f"sqrt(max(0.0, avg({value} * {value}){only} - {mean} * {mean}))"

    def _quotient(self, part: str, whole: str) -> str:
        return f"{part} * 1.0 / {whole}"

    def _percentile(self, measure: Measure) -> str:
        at = self._ranked.index((measure.column, measure.where.sqlite))
        value = f"forge_value_{at}"
        reached = f"forge_rank_{at} * 100 >= {measure.percent} * forge_count_{at}"
        return f"min(case when {reached} then {value} end)"


def _is_scaled(column: Column) -> bool:
    return column.type.kind == "decimal" and column.type.storage_info.name == "scaled"
