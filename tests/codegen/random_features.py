# SPDX-License-Identifier: MIT
"""Random features of tables: full text, what a repository does beside lists, the columns that they need."""

from __future__ import annotations

from random_columns import ColumnMaker, Spec, kind_of, sortable_of

NUMBERS = ("int32", "int64", "float64", "decimal")


class FeatureMaker(ColumnMaker):
    """Draws features for tables that have all their columns."""

    def add_features(self, table: Spec) -> None:
        columns: Spec = table["columns"]
        if not table.get("without_rowid"):
            self._add_full_text(table)
        made: Spec = table.get("repository", {})
        if self.chance(25):
            made["cursor"] = True
        if self.chance(40):
            made["analytics"] = {f"block_{at}": self._block(columns) for at in range(self.count(1, 2))}
        # Most of the guards are refused beside the other features.
        if self.chance(50):
            self._add_guards(made, columns)
        else:
            self._add_others(made, columns)
        if made:
            table["repository"] = made

    def _block(self, columns: Spec) -> Spec:
        """An analytics block of any columns that have a type of their own."""
        plain = {key: column for key, column in columns.items() if "references" not in column}
        kinds = {key: kind_of(column) for key, column in plain.items()}
        groups = [
            key
            for key, kind in kinds.items()
            if kind not in ("json", "bytes", "vector") or "of" in plain[key]
        ]
        numbers = [key for key, kind in kinds.items() if kind in NUMBERS and sortable_of(plain[key])]
        times = [key for key, kind in kinds.items() if kind == "timestamp"]
        measures = {"rows_of_it": "count"}
        if numbers:
            for at, key in enumerate(self.some(numbers, 3)):
                measure = self.pick(("sum", "avg", "min", "max", "stddev", "p50", "p99", "count_distinct"))
                measures[f"measured_{at}"] = f"{measure}({key})"
        block: Spec = {"measures": measures}
        if groups and self.chance(60):
            block["group_by"] = self.some(groups, 2)
            if sum("of" in plain[key] for key in block["group_by"]) > 1:
                block["group_by"] = block["group_by"][:1]
            if self.chance(50):
                block["limit"] = self.count(1, 9)
        elif times and self.chance(60):
            block["bucket"] = {
                self.pick(times): self.pick(("hour", "day", "week", "month", "quarter", "year"))
            }
            if self.chance(50):
                block["last"] = self.count(1, 9)
                block["fill"] = self.chance(50)
        return block

    def _add_guards(self, made: Spec, columns: Spec) -> None:
        if self.chance(40):
            name, column, values = self.pick(
                (
                    ("gone_at", {"type": "timestamp", "nullable": True}, {}),
                    ("gone", {"type": "bool", "default": False}, {}),
                    ("life", {"type": "text", "default": "on"}, {"deleted": "off", "restored": "on"}),
                )
            )
            columns[name] = column
            made["soft_delete"] = {"column": name, **values}
            if self.chance(30):
                made["soft_delete"]["unique"] = "all"
        if self.chance(40):
            columns["row_number"] = {"type": self.pick(("int32", "int64")), "default": 1}
            made["optimistic_lock"] = {"column": "row_number"}

    def _add_others(self, made: Spec, columns: Spec) -> None:
        if self.chance(20):
            made["cascade_report"] = True
        unique = [
            key for key, column in columns.items() if column.get("unique") and not column.get("nullable")
        ]
        if unique and self.chance(60):
            made["get_or_create"] = [self.pick(unique)]
        tags = [key for key, column in columns.items() if "of" in column and not column.get("lenient")]
        if tags and self.chance(60):
            made["tags"] = self.some(tags, 2)

    def _add_full_text(self, table: Spec) -> None:
        """Where SQLite's rowid is the primary key."""
        columns: Spec = table["columns"]
        keys = [column for column in columns.values() if column.get("primary_key")]
        texts = [
            key
            for key, column in columns.items()
            if column.get("type") in ("text", "string") and not column.get("secret")
        ]
        if keys and texts and keys[0].get("type") in ("int32", "int64") and self.chance(30):
            table["full_text"] = {"columns": self.some(texts, 3)}
            if self.chance(50):
                table["full_text"]["tokenize"] = self.pick(("unicode61", "porter", "ascii", "trigram"))
