# SPDX-License-Identifier: MIT
"""Reads the rows of one table of a seed file, and checks each against the spec."""

from __future__ import annotations

from forge_codegen.model.schema import Column, Embed, Schema, Table
from forge_codegen.seeds.model import Row, SeedTable
from forge_codegen.spec.default_values import read_literal
from forge_codegen.spec.diagnostics import Reporter, nearest, one_of
from forge_codegen.spec.nodes import Mapping, Node, Scalar, is_null, kind_of
from forge_codegen.spec.shapes import Record


class RowsReader:
    """What is wrong is reported and left out, so that the rest is still checked."""

    def __init__(self, schema: Schema, report: Reporter) -> None:
        self._schema = schema
        self._report = report

    def read(self, name: Scalar, record: Record) -> SeedTable | None:
        """The rows of one table; None when there is no such table."""
        table = next((one for one in self._schema.tables if one.name == name.text), None)
        if table is None:
            known = [one.name for one in self._schema.tables]
            self._report.error(
                name.at, f"unknown table '{name.text}'; expected {one_of(known)}{nearest(name.text, known)}"
            )
            return None
        key = self._key(table, record)
        listed = record.get("rows", [])
        if record["rows"] == []:
            self._report.error(record.place("rows"), f"table '{table.name}' has no rows; remove it")
        rows = [row for node in listed if (row := self._row(table, key, node)) is not None]
        existing = record["existing"].text if record["existing"] is not None else "update"
        return SeedTable(table, key, existing, tuple(rows), name.at)

    def _key(self, table: Table, record: Record) -> tuple[str, ...]:
        given = record["key"]
        if given is None:
            return table.primary_key
        key = tuple(column.text for column in ([given] if isinstance(given, Scalar) else given))
        targets = [table.primary_key, *table.conflict_targets]
        if any(sorted(key) == sorted(target) for target in targets):
            return key
        expected = one_of(f"[{', '.join(target)}]" for target in targets)
        self._report.error(
            record.place("key"),
            f"'key' of table '{table.name}' is [{', '.join(key)}], which is neither the primary key nor "
            f"unique; expected {expected}",
        )
        return ()

    def _row(self, table: Table, key: tuple[str, ...], node: Node) -> Row | None:
        if not isinstance(node, Mapping):
            self._report.error(
                node.at,
                f"a row of table '{table.name}' is {kind_of(node)}; expected a map of columns to values",
            )
            return None
        cells = {}
        names = [column.name for column in table.columns]
        for name, value in node.entries:
            if name.text not in names:
                hint = nearest(name.text, names)
                self._report.error(
                    name.at,
                    f"table '{table.name}' has no column '{name.text}'; expected {one_of(names)}{hint}",
                )
                continue
            cells[name.text] = (name.text, self._value(table.column(name.text), value), value.at)
        for column in table.columns:
            self._check_given(table, column, column.name in key and column.generated is None, node)
        for embed in table.embeds:
            if embed.nullable:
                self._check_whole(table, embed, node)
        return Row(node.at, tuple(cells[name] for name in names if name in cells))

    def _value(self, column: Column, node: Node) -> str | None:
        what = f"column '{column.name}'"
        if column.generated is not None:
            self._report.error(node.at, f"{what} is computed by the database; leave it out")
        elif not is_null(node):
            enum = self._schema.enum(column.type.enum) if column.type.kind == "enum" else None
            quiet = Reporter()
            text = read_literal(node, what, column.type, enum, quiet if column.secret else self._report)
            if quiet.failed:
                self._report.error(
                    node.at,
                    f"{what} is no value of type {column.type.describe()}; it is secret",
                )
            return "\\x" + text[2:] if text is not None and column.type.kind == "bytes" else text
        elif not column.nullable:
            self._report.error(
                node.at,
                f"{what} is null, which it cannot be; write '' for empty text, or leave it out for its "
                "default",
            )
        return None

    def _check_given(self, table: Table, column: Column, in_key: bool, row: Mapping) -> None:
        assigned = table.generated_key and column.name in table.primary_key
        required = not (column.nullable or column.has_default or assigned or column.generated is not None)
        value = row.get(column.name)
        if value is None and (required or in_key):
            why = ", by which existing rows are told" if in_key else ""
            cure = "; add it, or name other columns by 'key'" if in_key and not required else "; add it"
            self._report.error(row.at, f"a row of table '{table.name}' lacks '{column.name}'{why}{cure}")
        elif in_key and value is not None and column.nullable and is_null(value):
            self._report.error(
                value.at, f"column '{column.name}' is null, and existing rows are told by it; give a value"
            )

    def _check_whole(self, table: Table, embed: Embed, row: Mapping) -> None:
        """A struct that may be missing is there as a whole or not at all."""
        columns = table.columns[embed.first : embed.first + len(embed.struct.columns)]
        values = [row.get(column.name) for column in columns]
        if all(value is None or is_null(value) for value in values):
            return
        for column, member, value in zip(columns, embed.struct.columns, values, strict=True):
            lacks = not member.has_default if value is None else is_null(value)
            if lacks and not member.nullable:
                self._report.error(
                    row.at if value is None else value.at,
                    f"a row of table '{table.name}' lacks '{column.name}' beside other columns of "
                    f"'{embed.name}'; give all of them or none",
                )
