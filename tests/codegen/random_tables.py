# SPDX-License-Identifier: MIT
"""Random tables of specs, and everything in a table that names columns."""

from __future__ import annotations

from typing import Any

from random_columns import TYPE_KEYS, Spec, filters_of, sortable_of
from random_features import FeatureMaker
from random_words import WORDS

from forge_codegen.model.types import KINDS

KEY_KINDS = [kind for kind in KINDS if kind not in ("bytes", "json", "vector")]


def keys_to(target: str, table: Spec) -> list[list[str]]:
    """The columns of each foreign key of the table to another one of its schema."""
    single = [
        [key] for key, one in table["columns"].items() if one.get("references", "").startswith(f"{target}.")
    ]
    wide = [key["columns"] for key in table.get("foreign_keys", []) if key["references"]["table"] == target]
    return single + wide


class TableMaker(FeatureMaker):
    """Draws tables: first all of them, then their references, then their other parts."""

    def table(self, name: str) -> Spec:
        table: Spec = {}
        if self.chance(15):
            table["doc"] = self.pick(("What it holds.", "One.\n\nTwo \\"))
        key = self.pick(("number", "number", "number", "uuid", "text", "any", "pair"))
        columns: Spec = {}
        if key == "pair":
            pair = [self.name(()), "second_" + self.pick(WORDS)]
            for part in pair:
                columns[part] = self.type(KEY_KINDS)
            table["primary_key"] = pair
        else:
            if key == "number":
                column: Spec = {"type": self.pick(("int64", "int64", "int32"))}
                if column["type"] == "int64" and self.chance(20):
                    column["autoincrement"] = True
            elif key == "uuid":
                column = {**self.type(("uuid",)), "client_default": self.pick(("uuid_v4", "uuid_v7"))}
            else:
                column = self.type(("text", "string") if key == "text" else KEY_KINDS)
            column["primary_key"] = True
            if self.chance(50):
                column["typed"] = True
            columns[self.pick(("id", "id", "key", "code"))] = column
        columns |= self.columns(5, tuple(columns))
        table["columns"] = columns
        if self._mixins and self.chance(50):
            table["mixins"] = ["times"]
        if self._structs and self.chance(60):
            struct = self.pick(self._structs)
            table["embed"] = {"place": struct}
            if self.chance(60):
                table["embed"]["place"] = {"struct": struct, "prefix": self.pick(("place_", "p_", ""))}
                if self.chance(50):
                    table["embed"]["place"]["nullable"] = True
        if self.chance(15):
            table["strict"] = True
        autoincrement = any(column.get("autoincrement") for column in columns.values())
        if not autoincrement and self.chance(15):
            table["without_rowid"] = True
        if self.chance(10):
            table["adopt"] = {"normalise": self.some(("defaults", "keys", "uniques", "checks"), 4)}
        if self.chance(5):
            table["struct"] = self.pick(("Thing", "Entry", "OrderLine")) + str(len(self._taken))
        return table

    def add_references(self, name: str, table: Spec, tables: Spec) -> None:
        """Columns that refer to keys, also of the table itself and of later tables."""
        for _ in range(self.pick((0, 0, 1, 1, 2))):
            path, target_name = "", self.pick(tables)
            target = tables[target_name]
            if self._base is not None and self.chance(60):
                path = self._base["schema"] + "."
                target_name = self.pick(self._base["tables"])
                target = self._base["tables"][target_name]
            keys = [key for key, column in target["columns"].items() if column.get("primary_key")]
            if not keys:
                self._refer_to_pair(name, table, path + target_name, target)
                continue
            column: Spec = {"references": f"{path}{target_name}.{keys[0]}"}
            if self.chance(60):
                column["nullable"] = True
            column_name = self.name(table["columns"]) + self.pick(("_ref", "_id"))
            actions = ["no_action", "restrict", "cascade"] + (["set_null"] if "nullable" in column else [])
            if self.chance(50):
                column["on_delete"] = self.pick(actions)
            self._add_index_or_unique(column)
            table["columns"][column_name] = column

    def _refer_to_pair(self, name: str, table: Spec, target_name: str, target: Spec) -> None:
        columns = []
        nullable = self.chance(70)
        for part in target["primary_key"]:
            source = {k: v for k, v in target["columns"][part].items() if k in TYPE_KEYS}
            if "enum" in source and "." in target_name:
                return  # the enum is the other schema's
            column = self.name(table["columns"]) + "_part"
            table["columns"][column] = {**source, "nullable": True} if nullable else source
            columns.append(column)
        key: Spec = {
            "columns": columns,
            "references": {"table": target_name, "columns": target["primary_key"]},
        }
        if self.chance(50):
            key["on_delete"] = self.pick(("cascade", "restrict", *(("set_null",) if nullable else ())))
        if self.chance(30):
            key["on_update"] = self.pick(("cascade", "no_action"))
        if self.chance(50):
            key["name"] = self.object_name("fk")
        table.setdefault("foreign_keys", []).append(key)

    def add_relations(self, name: str, table: Spec, tables: Spec) -> None:
        """Other sides of the keys that refer to the table, own ones by another name, and links."""
        relations: Spec = {}
        for other_name, other in tables.items():
            near = keys_to(name, other)
            for columns in near:
                if self.chance(50):
                    kind = "has_one" if other["columns"][columns[0]].get("unique") else "has_many"
                    relation = {kind: other_name, "via": columns, **self._narrowing(other, kind)}
                    relations[self.name({*table["columns"], *relations})] = relation
            for far_name in tables:
                for columns in keys_to(far_name, other):
                    if columns not in near[:1] and near and self.chance(50):
                        link = {"many_to_many": far_name, "through": other_name, "via": near[0]}
                        link |= {"to": columns, **self._narrowing(tables[far_name], "many_to_many")}
                        relations[self.name({*table["columns"], *relations})] = link
        for target in tables:
            for columns in keys_to(target, table):
                if self.chance(30):
                    via = columns[0] if len(columns) == 1 else columns
                    relations[self.name({*table["columns"], *relations})] = {"belongs_to": target, "via": via}
        if relations:
            table["relations"] = relations

    def _narrowing(self, related: Spec, kind: str) -> Spec:
        columns: Spec = related["columns"]
        made: Spec = {}
        if self.chance(25):
            key = self.pick(columns)
            made["where"] = f'"{key}" is null or "{key}" is not null'
        if kind == "has_one":
            return made
        sortable = [key for key, column in columns.items() if sortable_of(column)]
        if sortable and self.chance(25):
            made["order_by"] = [key + self.pick(("", " asc", " desc")) for key in self.some(sortable, 2)]
        if self.chance(25):
            made["limit"] = self.count(1, 9)
        return made

    def _add_index_or_unique(self, column: Spec) -> None:
        if self.chance(30):
            column[self.pick(("index", "unique"))] = True

    def add_parts(self, name: str, table: Spec, both: bool) -> None:
        """Everything that names columns."""
        columns: Spec = table["columns"]
        plain = [
            key
            for key, column in columns.items()
            if not column.get("primary_key") and key not in table.get("primary_key", ())
        ]
        for key in plain:
            column = columns[key]
            if "references" not in column:
                if self.chance(20):
                    self._add_index_or_unique(column)
                if (
                    column.get("type") in ("int32", "int64", "float64")
                    and "default" not in column
                    and "client_default" not in column
                    and self.chance(30)
                ):
                    column["check"] = f'"{key}" >= 0'
        if self.chance(30):
            self._add_generated(table)
        if len(plain) > 1 and self.chance(20):
            some = self.some(plain, 3)
            table["unique"] = [{"columns": some, "name": self.object_name("uq")} if self.chance(50) else some]
        if self.chance(40):
            table["indexes"] = [self.index(columns, both) for _ in range(self.count(1, 2))]
        if self.chance(20):
            key = self.pick(columns)
            expression = f'"{key}" is null or "{key}" is not null'
            table["checks"] = [{"name": self.object_name("ck"), "expression": expression}]
        if self.chance(60):
            table["repository"] = self.repository(columns)
        self.add_features(table)
        if self.chance(15):
            key = self.object_name("tr")
            table["triggers"] = {key: self.trigger(key, name, self.pick(columns), both)}

    def _add_generated(self, table: Spec) -> None:
        columns = table["columns"]
        texts = [
            key
            for key, column in columns.items()
            if column.get("type") in ("text", "string")
            and not column.get("primary_key")
            and "collate" not in column
        ]
        numbers = [key for key, column in columns.items() if column.get("type") in ("int32",)]
        if texts and self.chance(50):
            of = self.pick(texts)
            made: Spec = {"type": "text", "generated": f'lower("{of}")'}
        elif numbers:
            of = self.pick(numbers)
            made = {"type": "int64", "generated": {"sql": f'"{of}" / 2'}}
            if self.chance(50):
                made["generated"]["stored"] = True
        else:
            return
        if columns[of].get("nullable") or columns[of].get("lenient"):
            made["nullable"] = True
        if self.chance(20):
            made["index"] = True
        columns[self.name(columns) + "_made"] = made

    def index(self, columns: Spec, both: bool) -> Spec:
        parts: list[Any] = []
        keys = self.some(columns, 3)
        for key in keys:
            texts = columns[key].get("type") in ("text", "string")
            if texts and self.chance(30):
                parts.append(
                    f'lower("{key}")' if self.chance(50) else {"expression": f'length("{key}")', "desc": True}
                )
            elif texts and self.chance(30):
                parts.append({"column": key, "collate": {"sqlite": "nocase", "postgres": "C"}})
            else:
                parts.append(f"{key} desc" if self.chance(30) else key)
        index: Spec = {"columns": parts, "name": self.object_name("ix")}
        if all(isinstance(part, str) and part in columns for part in parts) and self.chance(30):
            del index["name"]
        if self.chance(30):
            index["where"] = f'"{self.pick(columns)}" is not null'
        rest = [key for key in columns if key not in keys]
        if self.chance(20):
            index["unique"] = True
        elif rest and self.chance(20):
            index["include"] = self.some(rest, 2)
        return index

    def repository(self, columns: Spec) -> Spec:
        made: Spec = {}
        filters = {
            key: sorted(filters_of(column)) for key, column in columns.items() if "references" not in column
        }
        able = [key for key, kinds in filters.items() if kinds]
        if able and self.chance(80):
            made["filters"] = []
            for key in self.some(able, 4):
                kinds = self.some(filters[key], 3)
                made["filters"].append({key: kinds if len(kinds) > 1 or self.chance(50) else kinds[0]})
        texts = [key for key, kinds in filters.items() if "contains" in kinds]
        if texts and self.chance(40):
            made["search"] = self.some(texts, 2)
        sortable = [key for key, column in columns.items() if sortable_of(column)]
        if sortable and self.chance(70):
            made["sort"] = self.some(sortable, 3)
            if self.chance(50):
                made["default_sort"] = self.pick(made["sort"]) + self.pick(("", " asc", " desc"))
        if self.chance(30):
            made["page"] = {"default": self.count(1, 20), "max": self.count(20, 10_000)}
        return made

    def trigger(self, name: str, table: str, column: str, both: bool) -> Spec:
        event = self.pick(("insert", "delete", f'update of "{column}"'))
        trigger = {"sqlite": f'after {event} on "{table}" begin select "{column}" from "{table}"; end'}
        if both:
            trigger["postgres"] = f'after insert on "{table}" for each row execute function {name}()'
            trigger["postgres_function"] = "begin\n  return null;\nend"
        return trigger
