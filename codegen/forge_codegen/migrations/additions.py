# SPDX-License-Identifier: MIT
"""The operations, as YAML, that add what a wanted schema has more than the present one, and make the changes
that lose nothing, in a working order.

A table stands behind those that it refers to. Where tables refer to each other in a circle, or to columns
that only a later index makes unique, a key is left out at first and added at the end.
"""

from __future__ import annotations

from dataclasses import replace

from forge_codegen.migrations import yaml_text
from forge_codegen.migrations.compare import same_index
from forge_codegen.migrations.table_changes import fills_itself, narrowed_uniques, table_changes
from forge_codegen.model import ddl


def additions(wanted: ddl.State, present: ddl.State) -> list[str]:
    """Lines of operations; what they cannot bring about is left out."""
    writer = _Additions(wanted, present)
    writer.tables()
    writer.columns()
    writer.changes()
    writer.indexes()
    writer.foreign_keys()
    return writer.lines


class _Additions:
    """`_made` is the schema after the lines so far."""

    def __init__(self, wanted: ddl.State, present: ddl.State) -> None:
        self.lines: list[str] = []
        self._wanted = wanted
        self._made = present

    def tables(self) -> None:
        left = [table for table in self._wanted.tables if self._made.table(table.name) is None]
        while left:
            table = min(left, key=lambda each: len(each.foreign_keys) - len(self._founded(each)))
            left.remove(table)
            first = replace(table, foreign_keys=self._founded(table))
            self.lines += yaml_text.create_table(first)
            self._made = replace(self._made, tables=(*self._made.tables, first))
            for index in self._wanted.indexes_of(table.name):
                if index.is_key and self._is_referred(index):
                    self._index(index)

    def columns(self) -> None:
        for table in self._wanted.tables:
            known = self._made.table(table.name)
            first = replace(table, foreign_keys=self._founded(table))
            for column in table.columns:
                if known.column(column.name) is None and fills_itself(column):
                    self.lines += yaml_text.add_column(first, column)
                    key = yaml_text.column_key(first, column.name)
                    known = known.with_columns((*known.columns, column))
                    known = replace(known, foreign_keys=(*known.foreign_keys, *([key] if key else [])))
            self._replace(known)

    def changes(self) -> None:
        for table in self._wanted.tables:
            present = self._made.table(table.name)
            changes = table_changes(table, present)
            changes += narrowed_uniques(table, present, list(self._wanted.indexes_of(table.name)))
            if changes:
                self.lines += yaml_text.alter_table(table.name, changes)

    def indexes(self) -> None:
        for index in self._wanted.indexes:
            old = self._made.index(index.name)
            if old is not None and not same_index(index, old):
                self.lines += yaml_text.drop_index(index.name)
            if old is None or not same_index(index, old):
                self._index(index)

    def foreign_keys(self) -> None:
        for table in self._wanted.tables:
            known = self._made.table(table.name)
            taken = [key.columns for key in known.foreign_keys]
            names = {column.name for column in known.columns}
            keys = [
                key
                for key in self._founded(table)
                if key.columns not in taken and names.issuperset(key.columns)
            ]
            if keys:
                self.lines += yaml_text.add_foreign_keys(table.name, keys)

    def _index(self, index: ddl.Index) -> None:
        self.lines += yaml_text.create_index(index)
        self._made = replace(self._made, indexes=(*self._made.indexes, index))

    def _replace(self, table: ddl.Table) -> None:
        tables = tuple(table if other.name == table.name else other for other in self._made.tables)
        self._made = replace(self._made, tables=tables)

    def _founded(self, table: ddl.Table) -> tuple[ddl.ForeignKey, ...]:
        """The keys of the table whose target is there by now, and unique."""
        return tuple(key for key in table.foreign_keys if self._is_founded(table, key))

    def _is_founded(self, table: ddl.Table, key: ddl.ForeignKey) -> bool:
        if key.ref_schema:
            return True
        own = table if key.refers_to(table.name) else None
        target = self._made.table(key.ref_table) or own
        return target is not None and frozenset(key.ref_columns) in self._made.unique_sets(target)

    def _is_referred(self, index: ddl.Index) -> bool:
        columns = frozenset(index.plain_columns)
        return any(
            key.refers_to(index.table) and frozenset(key.ref_columns) == columns
            for table in self._wanted.tables
            for key in table.foreign_keys
        )
