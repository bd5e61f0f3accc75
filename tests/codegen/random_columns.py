# SPDX-License-Identifier: MIT
"""Random columns of specs, and what a column can be used for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from random_words import DEFAULTS, ODD_WORDS, WORDS

from forge_codegen.model.types import KINDS, LENIENT, STRING_LIST_FILTERS

Spec = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

TYPE_KEYS = ("type", "enum", "length", "precision", "scale", "dimensions", "of", "storage")


def kind_of(column: Spec) -> str:
    return "enum" if "enum" in column else column["type"]


def _storage_of(column: Spec) -> Any:
    storages = KINDS[kind_of(column)].storages
    return next((storage for storage in storages if storage.name == column.get("storage")), storages[0])


def filters_of(column: Spec) -> set[str]:
    if "of" in column:
        return set(STRING_LIST_FILTERS)
    kinds = set(KINDS[kind_of(column)].filters)
    return kinds if _storage_of(column).ordered else kinds - {"range"}


def sortable_of(column: Spec) -> bool:
    return "references" not in column and KINDS[kind_of(column)].sortable and _storage_of(column).ordered


class ColumnMaker:
    """Draws small things, and columns. `number` keeps the names of several specs of one database apart;
    `base` is the spec that this one uses.
    """

    def __init__(self, draw: Draw, number: int, base: Spec | None = None) -> None:
        self._draw = draw
        self._number = number
        self._base = base
        self._enums: dict[str, list[Any]] = {}
        self._structs: dict[str, Spec] = {}
        self._mixins: dict[str, Spec] = {}
        self._taken: set[str] = set()
        self._taken_names: set[str] = set()

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
        if kind == "vector":
            column["dimensions"] = self.count(1, 5)
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
