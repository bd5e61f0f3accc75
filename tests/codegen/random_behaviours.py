# SPDX-License-Identifier: MIT
"""Random tables of behaviours: settings, counters, trees with versions and a trail, of a tenant or of all."""

from __future__ import annotations

from random_columns import Spec
from random_tables import TableMaker


class BehaviourMaker(TableMaker):
    """Draws tables that a spec has beside its others, whole, with their repositories."""

    def behaviour_tables(self) -> Spec:
        tables: Spec = {}
        if self.chance(40):
            tables[self.table_name()] = self._settings()
        if self.chance(40):
            tables[self.table_name()] = self._counters()
        if self.chance(60):
            self._add_watched(tables)
        return tables

    def table_name(self) -> str:
        raise NotImplementedError

    def _settings(self) -> Spec:
        table = self._found_by(["key"])
        table["columns"]["value"] = {"type": "json"}
        table["repository"]["settings"] = {}
        return table

    def _counters(self) -> Spec:
        table = self._found_by(["period"])
        table["columns"]["count"] = {"type": self.pick(("int32", "int64")), "default": 0}
        quota: Spec = {"every": self.pick(("hour", "day", "month", "year"))}
        if self.chance(50):
            quota["limit"] = self.count(1, 100)
        table["repository"]["quota"] = quota
        return table

    def _found_by(self, last: list[str]) -> Spec:
        """A table whose rows are found by an owner, a tenant, both or none, and by the last column."""
        owners = self.some(("owner", "tenant"), 2) if self.chance(70) else []
        names = [*owners, *last]
        columns: Spec = {name: {"type": "text"} for name in names}
        repository: Spec = {"scope": "tenant"} if "tenant" in owners and self.chance(60) else {}
        if self.chance(50):
            return {"columns": columns, "primary_key": names, "repository": repository}
        return {
            "columns": {"id": {"type": "int64", "primary_key": True}, **columns},
            "unique": [names],
            "repository": repository,
        }

    def _add_watched(self, tables: Spec) -> None:
        """A table with any of the behaviours that watch its rows, and those that they write to."""
        name = self.table_name()
        columns: Spec = {
            "id": {"type": "int64", "primary_key": True, "typed": True},
            "body": {"type": "text", "default": ""},
            "labels": {"type": "json", "of": ["text"], "default": []},
        }
        made: Spec = {}
        table: Spec = {"columns": columns, "repository": made}
        if self.chance(50):
            columns["tenant"] = {"type": self.pick(("text", "int64"))}
            made["scope"] = "tenant"
        if self.chance(40):
            columns["gone_at"] = {"type": "timestamp", "nullable": True}
            made["soft_delete"] = {"column": "gone_at"}
        elif self.chance(50):
            made["cascade_report"] = True
        if self.chance(40):
            columns["lock"] = {"type": "int64", "default": 1}
            made["optimistic_lock"] = {"column": "lock"}
        if self.chance(60):
            columns["above"] = {"references": f"{name}.id", "nullable": True, "on_delete": "cascade"}
            made["tree"] = {"parent": "above"}
            if self.chance(50):
                columns["depth"] = {"type": "int32", "default": 0}
                made["tree"] |= {"depth": "depth", "max_depth": self.count(0, 9)}
        if self.chance(40):
            made["tags"] = ["labels"]
        if self.chance(40):
            columns["code"] = {"type": "text", "default": ""}
            table["unique"] = [["code", "tenant"]] if "tenant" in columns and self.chance(60) else [["code"]]
            made["get_or_create"] = list(reversed(table["unique"][0]))
        if self.chance(50):
            columns["number"] = {"type": "int32", "default": 1}
            versions = self.table_name()
            made["versions"] = {"table": versions, "columns": ["body"], "number": "number"}
            tables[versions] = {
                "columns": {
                    "id": {"type": "int64", "primary_key": True},
                    "of_id": {"references": f"{name}.id", "on_delete": "cascade"},
                    "number": {"type": "int32"},
                    "body": {"type": "text"},
                },
                "unique": [["of_id", "number"]],
            }
        if self.chance(50):
            trail = self.table_name()
            made["audit"] = {"table": trail, "action": "what", "changes": "changes"}
            tables[trail] = {
                "columns": {
                    "id": {"type": "int64", "primary_key": True},
                    "what": {"type": "text"},
                    "changes": {"type": "json", "nullable": True},
                }
            }
        tables[name] = table
