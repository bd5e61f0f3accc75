# SPDX-License-Identifier: MIT
"""What behaviours ask of the columns and constraints of a table."""

from __future__ import annotations

from collections.abc import Iterable

from forge_codegen.model.schema import Column, Table
from forge_codegen.spec.diagnostics import Location, Reporter, nearest, one_of
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record


class BehaviourColumns:
    """The columns of one table; what does not fit is reported and answered by None."""

    def __init__(self, table: Table, report: Reporter) -> None:
        self.table = table
        self.report = report
        self.columns = {column.name: column for column in table.columns}
        self.uniques = [table.primary_key, *table.conflict_targets]

    def column(self, name: str, at: Location, what: str) -> Column | None:
        found = self.columns.get(name)
        if found is None:
            self.report.error(
                at,
                f"unknown column '{name}' in {what} of '{self.table.name}'; expected "
                f"{one_of(self.columns)}{nearest(name, self.columns)}",
            )
        return found

    def typed(
        self,
        record: Record,
        key: str,
        otherwise: str,
        kinds: tuple[str, ...],
        what: str,
        may_be_null: bool = False,
    ) -> Column | None:
        """The column that `key` names, of one of the kinds, and not null."""
        given: Scalar | None = record[key]
        if given is None and record.given(key):
            return None
        name, at = (given.text, given.at) if given is not None else (otherwise, record.at)
        column = self.column(name, at, f"'{key}' of {what}")
        if column is None:
            return None
        of = column.type
        if of.kind not in kinds or of.cpp or of.is_string_list or of.lenient:
            self.report.error(
                at,
                f"'{key}' of {what} is column '{name}' of type {of.describe()}; expected a column of type "
                f"{' or '.join(kinds)}",
            )
            return None
        if (column.nullable and not may_be_null) or column.generated is not None:
            wrong = "generated" if column.generated is not None else "nullable"
            self.report.error(at, f"'{key}' of {what} is column '{name}', which is {wrong}; take another one")
            return None
        return column

    def others_fill_themselves(self, given: Iterable[str], at: Location, what: str) -> None:
        """Refuses a table in which no row can be inserted of which only the given columns are known."""
        needed = [
            column.name
            for column in self.table.columns
            if column.name not in given
            and not column.nullable
            and not column.has_default
            and not column.on_update_now
            and column.generated is None
            and not (self.table.generated_key and column.name in self.table.primary_key)
        ]
        if needed:
            self.report.error(
                at,
                f"{what} of '{self.table.name}' inserts rows by itself, and does not know column "
                f"'{needed[0]}'; make it nullable, or give it a default",
            )

    def unique_with(
        self, last: str, given: list[Scalar] | None, record: Record, key: str, what: str
    ) -> tuple[str, ...] | None:
        """The columns that are unique together with `last`: those given, or the only ones there are."""
        if given is not None:
            names = tuple(one.text for one in given)
            known = [self.column(one.text, one.at, f"'{key}' of {what}") for one in given]
            if None in known:
                return None
            if not any({*names, last} == set(unique) for unique in self.uniques) or last in names:
                shown = ", ".join([*(name for name in names if name != last), last])
                self.report.error(
                    record.place(key),
                    f"{what} of '{self.table.name}' needs a unique constraint over {shown}; add "
                    f"'unique: [[{shown}]]' to the table",
                )
                return None
            return names
        found = {tuple(name for name in unique if name != last) for unique in self.uniques if last in unique}
        if len(found) == 1:
            return found.pop()
        if found:
            wrong = f"several unique constraints hold column '{last}'; name the others in '{key}'"
        else:
            wrong = (
                f"no unique constraint holds column '{last}'; add one of it and those that '{key}' would "
                f"name, as in 'unique: [[<column>, {last}]]'"
            )
        self.report.error(record.at, f"{what} of '{self.table.name}': {wrong}")
        return None
