# SPDX-License-Identifier: MIT
"""Analytics blocks of a repository: rows in groups, and what is measured of each group."""

from __future__ import annotations

from dataclasses import dataclass

from forge_codegen.model.ddl import PerDialect

NO_CONDITION = PerDialect()
UNITS = ("hour", "day", "week", "month", "quarter", "year")


@dataclass(frozen=True)
class Measure:
    """`kind` is count, count_distinct, sum, avg, min, max, stddev, share or percentile (of `percent`); of
    `column`, which is empty for counts and shares of rows. Only rows that satisfy `where` count.
    """

    name: str
    kind: str
    column: str = ""
    percent: int = 0
    where: PerDialect = NO_CONDITION

    @property
    def is_percentile(self) -> bool:
        return self.kind == "percentile"


@dataclass(frozen=True)
class Bucket:
    """A time column cut into units, in UTC; weeks begin on Monday."""

    column: str
    unit: str


@dataclass(frozen=True)
class Having:
    """Only groups whose measure compares so are answered."""

    measure: str
    operator: str
    number: str


@dataclass(frozen=True)
class Analytics:
    """`last` is the number of buckets up to the current one, 0 for all; `fill` adds those without rows."""

    name: str
    struct: str
    measures: tuple[Measure, ...]
    group_by: tuple[str, ...] = ()
    bucket: Bucket | None = None
    last: int = 0
    fill: bool = False
    having: tuple[Having, ...] = ()
    order_by: tuple[tuple[str, bool], ...] = ()
    limit: int = 0
    doc: str = ""

    @property
    def is_grouped(self) -> bool:
        return bool(self.group_by or self.bucket)

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that groups are told apart by, in the order of the answer's struct."""
        return (*([self.bucket.unit] if self.bucket else []), *self.group_by)

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.keys, *(measure.name for measure in self.measures))

    @property
    def order(self) -> tuple[tuple[str, bool], ...]:
        """What the rows are ordered by, and whether descending: what the spec says, then the keys."""
        said = {name for name, _ in self.order_by}
        return (*self.order_by, *((key, False) for key in self.keys if key not in said))

    def measure(self, name: str) -> Measure:
        return next(measure for measure in self.measures if measure.name == name)
