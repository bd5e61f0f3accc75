# SPDX-License-Identifier: MIT
"""The language in which keys.py describes specs. A shape reads a node into a value and reports what does not
fit.

What a shape cannot read becomes None (with an error reported), so that reading goes on and finds every error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from forge_codegen.spec.diagnostics import Location, Reporter, listed, nearest, one_of
from forge_codegen.spec.nodes import Mapping, Node, Scalar, Sequence, is_null, kind_of

NOT_YET = "is not supported yet"


class Shape:
    """What a value may look like."""

    def read(self, node: Node, what: str, report: Reporter) -> Any:
        raise NotImplementedError

    def takes(self, node: Node) -> bool:
        """Whether the node is of the right kind, before its content is looked at."""
        raise NotImplementedError

    def expects(self) -> str:
        """What to say after `expected`."""
        raise NotImplementedError

    def _wrong(self, node: Node, what: str, report: Reporter) -> None:
        shown = f"'{node.text}'" if isinstance(node, Scalar) else kind_of(node)
        if isinstance(node, Scalar) and node.plain and not node.text:
            shown = "empty"
        report.error(node.at, f"{what} is {shown}; expected {self.expects()}")


@dataclass(frozen=True)
class Text(Shape):
    """One value, kept as the Scalar node, so that its place is known."""

    described: str = "text"
    pattern: str = ""
    longest: int = 0
    may_be_empty: bool = False

    def takes(self, node: Node) -> bool:
        return isinstance(node, Scalar)

    def expects(self) -> str:
        return self.described

    def read(self, node: Node, what: str, report: Reporter) -> Scalar | None:
        if (
            not isinstance(node, Scalar)
            or (self.pattern and not re.fullmatch(self.pattern, node.text))
            or not (node.text or self.may_be_empty)
        ):
            return self._wrong(node, what, report)
        if self.longest and len(node.text) > self.longest:
            return report.error(
                node.at,
                f"{what} has {len(node.text)} characters; PostgreSQL keeps {self.longest}, "
                "choose a shorter one",
            )
        return node


@dataclass(frozen=True)
class Flag(Shape):
    """`true` or `false`, and none of YAML 1.1's other spellings."""

    def takes(self, node: Node) -> bool:
        return isinstance(node, Scalar)

    def expects(self) -> str:
        return "true or false"

    def read(self, node: Node, what: str, report: Reporter) -> bool | None:
        if not isinstance(node, Scalar) or node.text not in ("true", "false"):
            return self._wrong(node, what, report)
        return node.text == "true"


@dataclass(frozen=True)
class Null(Shape):
    """A plain `null`, which takes something away; read as the node."""

    def takes(self, node: Node) -> bool:
        return is_null(node)

    def expects(self) -> str:
        return "null"

    def read(self, node: Node, what: str, report: Reporter) -> Node | None:
        return node if is_null(node) else self._wrong(node, what, report)


@dataclass(frozen=True)
class Whole(Shape):
    """A whole number between two bounds, both included."""

    low: int
    high: int

    def takes(self, node: Node) -> bool:
        return isinstance(node, Scalar)

    def expects(self) -> str:
        return f"a whole number from {self.low} to {self.high}"

    def read(self, node: Node, what: str, report: Reporter) -> int | None:
        if not isinstance(node, Scalar) or not re.fullmatch(r"[+-]?[0-9]{1,18}", node.text):
            return self._wrong(node, what, report)
        value = int(node.text)
        return value if self.low <= value <= self.high else self._wrong(node, what, report)


@dataclass(frozen=True)
class Choice(Shape):
    """One of a few words; `later` are words of the design that this release does not build, `meant` those of
    other systems with what they are called here, and `else_hint` is for names that are near to none.
    """

    words: tuple[str, ...]
    later: tuple[str, ...] = ()
    meant: dict[str, str] = field(default_factory=dict, hash=False)
    else_hint: str = ""

    def takes(self, node: Node) -> bool:
        return isinstance(node, Scalar)

    def expects(self) -> str:
        return f"{one_of(self.words)}"

    def read(self, node: Node, what: str, report: Reporter) -> Scalar | None:
        if not isinstance(node, Scalar):
            return self._wrong(node, what, report)
        if node.text in self.later:
            report.error(node.at, f"{what} is '{node.text}', which {NOT_YET}; expected {self.expects()}")
            return None
        if node.text not in self.words:
            hint = self._hint(node.text)
            report.error(node.at, f"{what} is '{node.text}'; expected {self.expects()}{hint}")
            return None
        return node

    def _hint(self, text: str) -> str:
        if text.lower() in self.meant:
            return f"; did you mean {self.meant[text.lower()]}?"
        near = nearest(text, self.words)
        if near or not self.else_hint or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,62}", text):
            return near
        return f"; {self.else_hint.format(text)}"


@dataclass(frozen=True)
class ListOf(Shape):
    item: Shape
    described: str

    def takes(self, node: Node) -> bool:
        return isinstance(node, Sequence)

    def expects(self) -> str:
        return f"a list of {self.described}"

    def read(self, node: Node, what: str, report: Reporter) -> list[Any] | None:
        if not isinstance(node, Sequence):
            return self._wrong(node, what, report)
        read = [self.item.read(item, f"an item of {what}", report) for item in node.items]
        return [value for value in read if value is not None]


@dataclass(frozen=True)
class MapOf(Shape):
    """A map whose keys the user names; read as a list of (name, value), in order."""

    name: Text
    value: Shape
    described: str
    entry: str

    def takes(self, node: Node) -> bool:
        return isinstance(node, Mapping)

    def expects(self) -> str:
        return f"a map of {self.described}"

    def read(self, node: Node, what: str, report: Reporter) -> list[tuple[Scalar, Any]] | None:
        if not isinstance(node, Mapping):
            return self._wrong(node, what, report)
        read = []
        for key, value in node.entries:
            name = self.name.read(key, f"the name of {self.entry} '{key.text}'", report)
            content = self.value.read(value, f"{self.entry} '{key.text}'", report)
            if name is not None:
                read.append((name, content))
        return read


@dataclass(frozen=True)
class Anything(Shape):
    """Left to the reader of the meaning (defaults, whose form depends on the column's type)."""

    described: str = "a value"

    def takes(self, node: Node) -> bool:
        return True

    def expects(self) -> str:
        return self.described

    def read(self, node: Node, what: str, report: Reporter) -> Node:
        return node


@dataclass(frozen=True)
class OneOf(Shape):
    """Shapes of different kinds (value, list, map); the node's kind decides."""

    shapes: tuple[Shape, ...]

    def takes(self, node: Node) -> bool:
        return any(shape.takes(node) for shape in self.shapes)

    def expects(self) -> str:
        return " or ".join(shape.expects() for shape in self.shapes)

    def read(self, node: Node, what: str, report: Reporter) -> Any:
        for shape in self.shapes:
            if shape.takes(node):
                return shape.read(node, what, report)
        return self._wrong(node, what, report)


@dataclass(frozen=True)
class Key:
    """One key of a map: its name, what it holds, and the sentence that editors and the reference show.

    `default` says what holds when the key is absent; empty when that is nothing at all.
    """

    name: str
    shape: Shape
    doc: str
    required: bool = False
    default: str = ""


@dataclass(frozen=True)
class Record:
    """A map of known keys, as read. A key that was absent or wrong is absent here."""

    values: dict[str, Any]
    node: Mapping
    at: Location

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def get(self, key: str, otherwise: Any) -> Any:
        value = self.values.get(key)
        return otherwise if value is None else value

    def given(self, key: str) -> bool:
        """Whether the key was written at all, right or wrong."""
        return self.node.get(key) is not None

    def place(self, key: str) -> Location:
        """Where the key's value is; the map's own place when the key is not there."""
        node = self.node.get(key)
        return node.at if node is not None else self.at

    @property
    def doc(self) -> str:
        """What `doc` says; empty when it is absent."""
        return self["doc"].text.strip() if self["doc"] is not None else ""

    def names(self) -> Iterator[str]:
        return (name.text for name, _ in self.node.entries)


@dataclass(frozen=True)
class Object(Shape):
    """A map of known keys. `later` are keys of the design that this release does not build."""

    described: str
    keys: tuple[Key, ...]
    later: dict[str, str] = field(default_factory=dict, hash=False)
    refused: dict[str, str] = field(default_factory=dict, hash=False)

    def takes(self, node: Node) -> bool:
        return isinstance(node, Mapping)

    def expects(self) -> str:
        return f"a map with {listed(key.name for key in self.keys)}"

    def _one_key(self) -> str:
        return one_of(key.name for key in self.keys)

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)

    def read(self, node: Node, what: str, report: Reporter) -> Record | None:
        if not isinstance(node, Mapping):
            return self._wrong(node, what, report)
        values = {}
        for name, value in node.entries:
            key = self.key(name.text)
            if key is not None:
                values[name.text] = key.shape.read(value, f"'{name.text}' of {what}", report)
            elif name.text in self.later:
                report.error(name.at, f"'{name.text}' of {self.described} {NOT_YET}; {self.later[name.text]}")
            elif name.text in self.refused:
                report.error(
                    name.at, f"'{name.text}' has no place in {self.described}; {self.refused[name.text]}"
                )
            else:
                hint = nearest(name.text, [key.name for key in self.keys])
                message = f"unknown key '{name.text}' in {self.described}; expected {self._one_key()}{hint}"
                report.error(name.at, message)
        for key in self.keys:
            if key.required and node.get(key.name) is None:
                report.error(node.at, f"{what} lacks '{key.name}' ({key.doc}); add it")
        return Record(values, node, node.at)
