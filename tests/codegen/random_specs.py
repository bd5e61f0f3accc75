# SPDX-License-Identifier: MIT
"""Hypothesis strategies: specs over the whole language.

A spec is made of plain values, as YAML has them. Most are valid; what is cheaper to let `forge check` refuse
than to avoid (two structs of one C++ name, a file that is generated anyway) is not avoided.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from random_behaviours import BehaviourMaker
from random_columns import TYPE_KEYS, Draw, Spec, sortable_of
from random_words import ENUM_VALUES


class SpecMaker(BehaviourMaker):
    """Draws one spec."""

    def spec(self) -> Spec:
        spec: Spec = {"schema": f"spec_{self._number}"}
        if self.chance(30):
            spec["namespace"] = f"names_{self._number}"
        both = self.chance(50)
        spec["dialects"] = ["sqlite", "postgres"] if both else ["sqlite"]
        if self.chance(20):
            spec["doc"] = self.pick(("About it.", "Two\nlines \\", "*/ // é"))
        self._make_shared_parts(spec)
        if self._base is not None:
            spec["uses"] = [self._base["schema"]]
        tables: Spec = {}
        for _ in range(self.count(1, 3)):
            tables[self.table_name()] = {}
        for name in tables:
            tables[name] = self.table(name)
        for name, table in tables.items():
            self.add_references(name, table, tables)
        for name, table in tables.items():
            self.add_parts(name, table, both)
        for name, table in tables.items():
            self.add_relations(name, table, tables)
        spec["tables"] = tables | self.behaviour_tables()
        if self.chance(40):
            spec["views"] = {self.table_name(): self.view(*self.pick(list(tables.items())))}
        if self.chance(10):
            spec["every_start"] = [{"name": "tidy_up", "doc": "Tidies up."}]
        if self.chance(40):
            spec["queries"] = self.queries(*self.pick(list(tables.items())))
        return spec

    def queries(self, table_name: str, table: Spec) -> Spec:
        """Each is called with nothing but null and empty lists, see test_properties.py."""
        column, other = (self.pick(list(table["columns"])) for _ in range(2))
        of = {"column": f"{table_name}.{column}"}
        counted = f'select "{other}", count(*) as how_many_of_it from "{table_name}"'
        lists = (
            {}
            if table["columns"][column].get("type") == "bool"
            else {
                "among": {
                    "sql": f'select count(*) as how_many from "{table_name}" where "{column}" in (:values)',
                    "params": {"values": {"list": of}},
                    "result": "one",
                }
            }
        )
        return {
            **lists,
            "every_row": {"sql": f'select * from "{table_name}" as e'},
            "some_columns": {
                "sql": f'{counted} where "{column}" = :value or :value is null group by 1',
                "params": {"value": {**of, "nullable": True}},
            },
            "largest": {
                "sql": f'select m."{column}" from "{table_name}" m left join "{table_name}" o on false',
                "result": self.pick(("optional", "many")),
            },
            "forget": {
                "sql": f'delete from "{table_name}" where "{column}" is null and :never = 1',
                "params": {"never": {"type": "int32", "nullable": True}},
            },
        }

    def _make_shared_parts(self, spec: Spec) -> None:
        if self.chance(50):
            for _ in range(self.count(1, 2)):
                values: list[Any] = self.some(ENUM_VALUES, 4)
                if self.chance(20):
                    values.append({"other": "-é"})
                self._enums[self.table_name()] = values
            spec["enums"] = {
                name: {"values": values, "doc": "Which."} if self.chance(20) else values
                for name, values in self._enums.items()
            }
        if self.chance(30):
            self._structs = {self.table_name(): {"columns": self.columns(3)}}
            spec["structs"] = self._structs
        if self.chance(30):
            self._mixins = {"times": {"made_at": {"type": "timestamp", "client_default": "now"}}}
            if self.chance(50):
                self._mixins["times"]["changed_at"] = {
                    "type": "timestamp",
                    "default": "now",
                    "on_update": "now",
                }
            spec["mixins"] = self._mixins

    def table_name(self) -> str:
        name = self.name(self._taken)
        if self._base is not None:
            while name in self._base["tables"]:
                name += "_z"
        self._taken.add(name)
        return name

    def view(self, table_name: str, table: Spec) -> Spec:
        columns = self.some(table["columns"], 4)
        for key, column in table["columns"].items():
            if (column.get("primary_key") or key in table.get("primary_key", ())) and key not in columns:
                columns.append(key)
        made: Spec = {}
        for key in columns:
            source = table["columns"][key]
            if source.get("secret"):
                continue
            made[key] = {
                k: v for k, v in source.items() if k in (*TYPE_KEYS, "nullable", "references", "lenient")
            }
            if source.get("typed"):
                made[key] = {"references": f"{table_name}.{key}"}
        if not made:
            return {"sql": "select 1 as one", "columns": {"one": {"type": "int64"}}, "key": ["one"]}
        selected = ", ".join(f'"{key}"' for key in made)
        view: Spec = {"sql": f'select {selected} from "{table_name}"', "columns": made}
        keys = table.get("primary_key") or [k for k, c in table["columns"].items() if c.get("primary_key")]
        if all(key in made for key in keys) and self.chance(60):
            view["key"] = list(keys)
        if self.chance(60):
            view["repository"] = self.repository(made)
        if "key" not in view and "sort" not in view.get("repository", {}):
            sortable = [key for key, column in made.items() if sortable_of(column)]
            view["repository"] = {**view.get("repository", {}), "sort": sortable[:1]}
        return view


@st.composite
def projects(draw: Draw, number: int = 0) -> list[Spec]:
    """The specs of one database: one, or one and another that uses it."""
    first = SpecMaker(draw, number).spec()
    if draw(st.integers(0, 3)) == 3:
        return [first, SpecMaker(draw, number + 1, first).spec()]
    return [first]
