# SPDX-License-Identifier: MIT
"""Hypothesis strategies: specs over the whole language, and mutations of them.

A spec is made of plain values, as YAML has them. Most are valid; what is cheaper to let `forge check` refuse
than to avoid (two structs of one C++ name, a file that is generated anyway) is not avoided.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from forge_codegen.model.types import KINDS, LENIENT

Spec = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

WORDS = [
    "alpha", "beta", "gamma", "title", "note", "price", "state", "kind",
    "owner", "parent", "amount", "label", "born", "weight",
]  # fmt: skip
# Words of SQL, of C++'s and the library's own headers, and of generated code.
ODD_WORDS = [
    "order", "group", "select", "from", "where", "table", "index", "check",
    "default_value", "values", "references", "primary", "unique", "limit", "user", "key",
    "desc", "row", "rowid", "oid", "null", "constraint", "generated", "always",
    "timestamp", "date", "transaction", "string", "vector", "optional", "size", "begin",
    "end", "data", "value", "name", "quoted", "column", "columns", "table_name",
    "text", "int64", "json", "bytes", "uuid", "session", "connection", "repository",
    "filter", "sort", "search", "patch", "page", "migrations", "ids", "models",
    "enums", "repositories", "structs", "list", "count", "insert", "update", "remove",
    "get", "find", "exists", "upsert", "new_row", "type", "schema", "detail",
    "min", "max", "std_string", "size_t", "abs", "time", "y1", "id_t",
    "storage", "nullable", "index_t", "all", "steps", "query", "direction", "error",
]  # fmt: skip
ENUM_VALUES = ["open", "closed", "dark-blue", "null", "class", "3d", "in progress", "A", "it's", "é1"]

# What a literal default of each type may be.
DEFAULTS: dict[str, list[Any]] = {
    "int32": [0, 7, -2147483648],
    "int64": [0, -9223372036854775808, 9223372036854775807],
    "bool": [True, False],
    "float64": [0, 1.5, -2e3],
    "decimal": [0, 1],
    "text": ["", 'it\'s "quoted" \\', "é??/", "null", "a\nb"],
    "string": ["", "x"],
    "bytes": [],
    "json": [{}, {"a": [1, None, "x"]}, [], None],
    "uuid": ["uuid_v4", "uuid_v7", "00112233-4455-6677-8899-aabbccddeeff"],
    "timestamp": ["now", "2024-01-31 12:00:00"],
    "date": ["2024-02-29"],
}


class Maker:
    """Draws the parts of one spec; `number` keeps the names of several apart."""

    def __init__(self, draw: Draw, number: int, base: Spec | None = None) -> None:
        self._draw = draw
        self._number = number
        self._base = base
        self._enums: dict[str, list[Any]] = {}
        self._structs: dict[str, Spec] = {}
        self._mixins: dict[str, Spec] = {}
        self._taken: set[str] = set()
        self._taken_names: set[str] = set()

    # Small draws.
    def pick(self, values: Any) -> Any:
        return self._draw(st.sampled_from(list(values)))

    def chance(self, percent: int) -> bool:
        # What is rare is at the far end, so that shrinking takes it away.
        return self._draw(st.integers(0, 99)) >= 100 - percent

    def count(self, least: int, most: int) -> int:
        return self._draw(st.integers(least, most))

    def some(self, values: Any, most: int) -> list[Any]:
        values = list(values)
        return self._draw(st.lists(st.sampled_from(values), unique=True, min_size=1, max_size=most))

    def name(self, taken: Any) -> str:
        """A name that `taken` lacks."""
        word = self.pick(ODD_WORDS if self.chance(30) else WORDS)
        if self.chance(15):
            word += "_" + self.pick(WORDS)
        while word in taken:
            word += self.pick(("_a", "_b", "_c"))
        return word

    def object_name(self, prefix: str) -> str:
        """A name for an index, a constraint, a trigger; those of a whole database share one room."""
        name = f"{prefix}_{self._number}_{len(self._taken_names)}"
        self._taken_names.add(name)
        return name

    # The whole.
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
        spec["tables"] = tables
        if self.chance(40):
            spec["views"] = {self.table_name(): self.view(*self.pick(list(tables.items())))}
        if self.chance(10):
            spec["every_start"] = [{"name": "tidy_up", "doc": "Tidies up."}]
        return spec

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

    # Columns.
    def columns(self, most: int, taken: tuple[str, ...] = ()) -> Spec:
        made: Spec = {}
        for _ in range(self.count(1, most)):
            made[self.name({*made, *taken})] = self.column()
        return made

    def type(self, kinds: Any = tuple(KINDS)) -> Spec:
        kind = self.pick(kinds)
        if kind == "enum":
            if not self._enums:
                return {"type": "text"}
            column: Spec = {"enum": self.pick(self._enums)}
        else:
            column = {"type": kind}
        if kind == "string":
            column["length"] = self.count(1, 40)
        if kind == "decimal":
            column["precision"] = self.count(1, 15)
            column["scale"] = self.count(0, column["precision"])
            if column["scale"] == column["precision"]:
                column["scale"] -= 1
        if kind == "json" and self.chance(40):
            column["of"] = ["text"]
        storages = [storage.name for storage in KINDS[kind].storages]
        if len(storages) > 1 and self.chance(50):
            column["storage"] = self.pick(storages)
        return column

    def column(self) -> Spec:
        column = self.type()
        kind = kind_of(column)
        if self.chance(35):
            column["nullable"] = True
        if (kind in LENIENT or "of" in column) and self.chance(15):
            column["lenient"] = True
        if self.chance(35):
            self._add_default(column, kind)
        if kind == "timestamp" and self.chance(20):
            column["on_update"] = "now"
        if kind in ("text", "string") and self.chance(20):
            column["collate"] = self.pick(("nocase", "binary", "rtrim"))
            if column["collate"] != "binary":
                column["collate"] = {"sqlite": column["collate"], "postgres": "und-x-icu"}
            else:
                column["collate"] = {"sqlite": "binary", "postgres": "C"}
        if self.chance(5):
            column["secret"] = True
        if self.chance(10):
            column["doc"] = self.pick(("What it is.", "a \\", "*/ é\nsecond"))
        return column

    def _add_default(self, column: Spec, kind: str) -> None:
        if kind == "enum":
            values = [
                value if isinstance(value, str) else next(iter(value.values()))
                for value in self._enums[column["enum"]]
            ]
            key = "client_default" if column.get("storage") == "integer" else "default"
            column[key] = self.pick(values)
        elif "of" in column:
            column["default"] = self.pick(([], ["one", 'two, "three"']))
        elif DEFAULTS[kind]:
            column[self.pick(("default", "default", "client_default"))] = self.pick(DEFAULTS[kind])

    # Tables.
    def table(self, name: str) -> Spec:
        table: Spec = {}
        if self.chance(15):
            table["doc"] = self.pick(("What it holds.", "One.\n\nTwo \\"))
        key = self.pick(("number", "number", "number", "uuid", "text", "any", "pair"))
        columns: Spec = {}
        if key == "pair":
            pair = [self.name(()), "second_" + self.pick(WORDS)]
            for part in pair:
                columns[part] = self.type([kind for kind in KINDS if kind not in ("bytes", "json")])
            table["primary_key"] = pair
        else:
            if key == "number":
                column: Spec = {"type": self.pick(("int64", "int64", "int32"))}
                if column["type"] == "int64" and self.chance(20):
                    column["autoincrement"] = True
            elif key == "uuid":
                column = {**self.type(("uuid",)), "client_default": self.pick(("uuid_v4", "uuid_v7"))}
            else:
                kinds = (
                    ("text", "string") if key == "text" else [k for k in KINDS if k not in ("bytes", "json")]
                )
                column = self.type(kinds)
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
            column_name = self.name(table["columns"]) + "_ref"
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


TYPE_KEYS = ("type", "enum", "length", "precision", "scale", "of", "storage")


def kind_of(column: Spec) -> str:
    return "enum" if "enum" in column else column["type"]


def _storage_of(column: Spec) -> Any:
    storages = KINDS[kind_of(column)].storages
    return next((storage for storage in storages if storage.name == column.get("storage")), storages[0])


def filters_of(column: Spec) -> set[str]:
    if "of" in column:
        return {"has", "is_null"}
    kinds = set(KINDS[kind_of(column)].filters)
    return kinds if _storage_of(column).ordered else kinds - {"range"}


def sortable_of(column: Spec) -> bool:
    return "references" not in column and KINDS[kind_of(column)].sortable and _storage_of(column).ordered


@st.composite
def projects(draw: Draw, number: int = 0) -> list[Spec]:
    """The specs of one database: one, or one and another that uses it."""
    first = Maker(draw, number).spec()
    if draw(st.integers(0, 3)) == 3:
        return [first, Maker(draw, number + 1, first).spec()]
    return [first]


# Values of all kinds to put where others stood.
STRANGE = [
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x",
    "order by",
    "no.such",
    "a.b.c.d",
    "spec_0",
    "é",
    "\x7f",
    "'",
    '"',
    [],
    {},
    [[]],
    [None],
    {"a": None},
    {"sql": None},
    "x" * 200,
    "now",
    "null",
    "text",
    "id",
    float("inf"),
]


@st.composite
def mutations(draw: Draw) -> list[Spec]:
    """A project of which a few nodes were taken out, replaced, doubled, renamed or exchanged."""
    specs = copy.deepcopy(draw(projects()))
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(specs))
        holder, key = draw(st.sampled_from(places))
        how = draw(st.sampled_from(("replace", "remove", "exchange", "rename", "double")))
        if how == "replace":
            holder[key] = copy.deepcopy(draw(st.sampled_from(STRANGE)))
        elif how == "remove":
            del holder[key]
        elif how == "exchange":
            other, other_key = draw(st.sampled_from(places))
            holder[key] = copy.deepcopy(other[other_key])
        elif how == "rename" and isinstance(holder, dict):
            keys = [k for h, k in places if isinstance(h, dict)]
            new = draw(st.sampled_from([*keys, "", "Upper", "no such", "sqlite_x", "x" * 70, "class"]))
            holder[new] = holder.pop(key)
        elif how == "double" and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
    return specs


def _places(specs: list[Spec]) -> Any:
    def inside(node: Any) -> Any:
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            yield node, key
            yield from inside(node[key])

    for spec in specs:
        yield from inside(spec)
