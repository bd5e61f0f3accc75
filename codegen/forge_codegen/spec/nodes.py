# SPDX-License-Identifier: MIT
"""YAML text as nodes with locations. No YAML 1.1 resolver: every plain scalar stays the text as written.

PyYAML's own constructors would turn the key `null` into None, `on` and `no` into booleans and `12:30` into
750. What specs do not need and readers trip over (anchors, aliases, tags, merge keys, several documents) is
refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from forge_codegen.spec.diagnostics import Location, Reporter

DEPTH_LIMIT = 50  # far beyond any spec, and far below Python's own limit


@dataclass(frozen=True)
class Scalar:
    text: str
    at: Location
    plain: bool = True
    body: Location | None = None

    def place(self, offset: int) -> Location:
        """Where a character of the text stands; the value's own place where it was folded or escaped."""
        if self.body is None:
            return self.at
        before = self.text[:offset]
        column = self.body.column + offset - (before.rfind("\n") + 1)
        return Location(self.body.file, self.body.line + before.count("\n"), column)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Sequence:
    items: tuple[Node, ...]
    at: Location


@dataclass(frozen=True)
class Mapping:
    entries: tuple[tuple[Scalar, Node], ...]
    at: Location

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


def is_null(node: Node | None) -> bool:
    """Whether it is YAML's null, without quotes.

    >>> at = Location("f", 1, 1)
    >>> is_null(Scalar("null", at)), is_null(Scalar("null", at, plain=False)), is_null(None)
    (True, False, False)
    """
    return isinstance(node, Scalar) and node.plain and node.text in ("null", "~", "")


KINDS = {Scalar: "a single value", Sequence: "a list", Mapping: "a map"}


def kind_of(node: Node) -> str:
    """
    >>> kind_of(Sequence((), Location("f", 1, 1)))
    'a list'
    """
    return KINDS[type(node)]


def load(path: Path, shown_as: str, report: Reporter) -> Mapping | None:
    """Reads one file. Returns None (and reports) when there is no map to work on."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        at = _Lines(before, shown_as).place(len(before))
        report.error(at, f"the file is not UTF-8 (byte {error.start}); save it as UTF-8")
        return None
    except OSError as error:
        report.error(Location(shown_as, 1, 1), f"cannot read the file: {error.strerror}")
        return None
    return load_text(text, shown_as, report)


def load_text(text: str, shown_as: str, report: Reporter) -> Mapping | None:
    """Like `load`, from a string."""
    if _has_tabs(text, shown_as, report):
        return None
    lines = _Lines(text, shown_as)
    builder = _Builder(text, lines, report)
    try:
        node = builder.document(_events(text))
    except yaml.reader.ReaderError as error:
        report.error(
            lines.place(error.position),
            f"character U+{error.character:04X} has no place in YAML; remove it",
        )
        return None
    except yaml.YAMLError as error:
        report.error(lines.place(_index(error)), _reason(error))
        return None
    except _TooDeepError as error:
        report.error(error.at, f"nested deeper than {DEPTH_LIMIT} levels; no spec needs that, remove it")
        return None
    if node is None:
        report.error(Location(shown_as, 1, 1), "the file is empty; expected a map of keys")
        return None
    if not isinstance(node, Mapping):
        report.error(node.at, f"expected a map of keys at the top, found {kind_of(node)}")
        return None
    return node


def _has_tabs(text: str, shown_as: str, report: Reporter) -> bool:
    found = False
    for number, line in enumerate(text.split("\n"), start=1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and line.strip():
            report.error(
                Location(shown_as, number, indent.index("\t") + 1),
                "tab in the indentation; YAML needs spaces",
            )
            found = True
    return found


class _Lines:
    """Where characters of a text stand. PyYAML's own marks also count U+0085, U+2028 and U+2029 as line ends,
    which editors do not.
    """

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._text = text
        self._starts = [0, *(end.end() for end in re.finditer("\r\n|\r|\n", text))]

    def place(self, index: int) -> Location:
        """
        >>> _Lines("a\\r\\nb\\u2028c", "f").place(5)
        Location(file='f', line=2, column=3)
        """
        line = bisect_right(self._starts, index)
        return Location(self._file, line, index - self._starts[line - 1] + 1)

    def of(self, first: int, last: int) -> list[str]:
        """The lines between that of character `first` and that of character `last`."""
        begin, end = bisect_right(self._starts, first), bisect_right(self._starts, last) - 1
        bounds = [*self._starts, len(self._text)]
        return [self._text[bounds[at] : bounds[at + 1]] for at in range(begin, end)]


def _events(text: str) -> Iterator[yaml.Event]:
    """PyYAML's events. It takes numbers as they come: escapes such as "\\Uffffffff", versions of YAML."""
    loader = yaml.BaseLoader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    except (ValueError, OverflowError) as error:
        raise yaml.MarkedYAMLError(
            problem="the number is too large", problem_mark=loader.get_mark()
        ) from error
    finally:
        loader.dispose()


def _key_in_list(error: yaml.YAMLError) -> bool:
    """Whether a key stands on the level of a list's dashes."""
    problem, context = getattr(error, "problem", None) or "", getattr(error, "context", None) or ""
    return problem == "expected <block end>, but found '?'" and context == "while parsing a block collection"


def _index(error: yaml.YAMLError) -> int:
    if _key_in_list(error):
        return error.context_mark.index
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.index if mark else 0


def _reason(error: yaml.YAMLError) -> str:
    if _key_in_list(error):
        line = error.problem_mark.line + 1
        return (
            f"not valid YAML: a list begins here, and line {line} goes on with a key; remove the '- ' of the "
            "items, or give each one"
        )
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    context = getattr(error, "context", None)
    return "not valid YAML: " + (f"{problem} ({context})" if context else problem)


class _TooDeepError(Exception):
    def __init__(self, at: Location) -> None:
        super().__init__()
        self.at = at


class _Builder:
    """Builds nodes from parser events and reports what specs may not use."""

    def __init__(self, text: str, lines: _Lines, report: Reporter) -> None:
        self._text = text
        self._lines = lines
        self._report = report
        self._depth = 0

    def _at(self, event: yaml.Event) -> Location:
        return self._lines.place(event.start_mark.index)

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._report.error(
                        self._at(event), "a second document; a spec is one document, remove the '---'"
                    )
            elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
                node = self._node(event, events)
                root = node if root is None else root
        if isinstance(root, Scalar) and root.plain and not root.text:
            return None
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
        self._refuse_extras(event)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._collection(event, events)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_characters(event)
            return Scalar(event.value, self._at(event), event.style is None, self._body(event))
        return Scalar("", self._at(event))

    def _body(self, event: yaml.ScalarEvent) -> Location | None:
        """Where the text begins, of values whose lines stand in the file as they are in the text."""
        start, end = event.start_mark.index, event.end_mark.index
        if re.search("[\x85\u2028\u2029]", self._text[start:end]):
            return None
        at = self._lines.place(start)
        if event.style == "|":
            lines = self._lines.of(start, end)
            indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
            return replace(at, line=at.line + 1, column=indent + 1)
        quote = 0 if event.style is None else 1
        as_it_is = end - start == len(event.value) + 2 * quote
        if self._lines.place(end).line != at.line or not as_it_is:
            return None
        return replace(at, column=at.column + quote)

    def _collection(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise _TooDeepError(self._at(event))
        made: Node
        if isinstance(event, yaml.MappingStartEvent):
            made = self._mapping(event, events)
        else:
            items = []
            while not isinstance(following := next(events), yaml.SequenceEndEvent):
                items.append(self._node(following, events))
            made = Sequence(tuple(items), self._at(event))
        self._depth -= 1
        return made

    def _mapping(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        lines: dict[str, int] = {}
        while not isinstance(following := next(events), yaml.MappingEndEvent):
            key = self._node(following, events)
            value = self._node(next(events), events)
            if not isinstance(key, Scalar):
                self._report.error(key.at, f"{kind_of(key)} as a key; keys are plain names")
            elif key.text == "<<" and key.plain:
                self._report.error(
                    key.at, "merge key '<<' is not part of specs; share columns with 'mixins:'"
                )
            elif key.text in lines:
                self._report.error(
                    key.at, f"duplicate key '{key.text}', first given in line {lines[key.text]}; keep one"
                )
            else:
                lines[key.text] = key.at.line
                entries.append((key, value))
        return Mapping(tuple(entries), self._at(event))

    def _refuse_characters(self, event: yaml.ScalarEvent) -> None:
        """What escapes can write, but neither SQL text nor UTF-8 can hold."""
        for character in sorted(set(re.findall("[\0\ud800-\udfff]", event.value))):
            self._report.error(
                self._at(event), f"character U+{ord(character):04X} has no place in text; remove it"
            )

    def _refuse_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._report.error(
                self._at(event),
                f"alias '*{event.anchor}' is not part of specs; write the value out, "
                "or share columns with 'mixins:'",
            )
        elif getattr(event, "anchor", None):
            self._report.error(self._at(event), f"anchor '&{event.anchor}' is not part of specs; remove it")
        if getattr(event, "tag", None):
            self._report.error(self._at(event), f"tag '{event.tag}' is not part of specs; remove it")
