# SPDX-License-Identifier: MIT
"""Specs of one call and those that they use: each is read once, used ones first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from forge_codegen.model.schema import Schema
from forge_codegen.spec import keys, nodes
from forge_codegen.spec.diagnostics import Diagnostic, Reporter, SpecError, nearest
from forge_codegen.spec.load import read_schema
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record


@dataclass(frozen=True)
class _Use:
    """One entry of `uses`; `file` is None where the schema is one of the call's."""

    name: Scalar
    file: Scalar | None


class SpecFiles:
    """`errors` collects what is wrong in any of the files."""

    def __init__(self, specs: Iterable[Path]) -> None:
        self.errors: list[Diagnostic] = []
        self._of_call = {_key(path): path for path in specs}
        self._schemas: dict[Path, Schema | None] = {}
        self._users: list[tuple[Path, str]] = []  # being read, outermost first
        self._names: dict[str, Path] | None = None
        self._used: dict[Path, list[Path]] = {}

    def schema(self, path: Path) -> Schema | None:
        """The schema of a spec; None when something is wrong with it."""
        key = _key(path)
        if key not in self._schemas:
            report = Reporter()
            self._schemas[key] = self._read(path, report)
            try:
                report.stop_on_errors()
            except SpecError as error:
                self.errors += error.diagnostics
                self._schemas[key] = None
        return self._schemas[key]

    def used_by(self, path: Path) -> list[Path]:
        """The files of the specs that a spec uses, and of those that these use."""
        found: list[Path] = []
        for used in self._used.get(_key(path), []):
            found += [used, *self.used_by(used)]
        return list(dict.fromkeys(found))

    def _read(self, path: Path, report: Reporter) -> Schema | None:
        root = nodes.load(path, str(path), report)
        record = keys.schema.read(root, "the spec", report) if root is not None else None
        if record is None:
            return None
        self._users.append((_key(path), record["schema"].text if record["schema"] is not None else str(path)))
        self._used[_key(path)] = []
        used = {use.name.text: self._schema_used(path, use, report) for use in _uses(record, report)}
        self._users.pop()
        return read_schema(path, record, used, report)

    def _schema_used(self, user: Path, use: _Use, report: Reporter) -> Schema | None:
        """None when it cannot be had; then that is told, here or at its own place."""
        path = self._path(user, use, report)
        if path is None:
            return None
        above = [key for key, _ in self._users]
        if _key(path) in above:
            names = [name for _, name in self._users[above.index(_key(path)) :]]
            report.error(
                use.name.at,
                f"schemas use each other in a circle: {' -> '.join([*names, use.name.text])}; a schema is "
                "upgraded before those that use it, remove one of the 'uses'",
            )
            return None
        self._used[_key(user)].append(path)
        schema = self.schema(path)
        if schema is not None and schema.name != use.name.text:
            report.error(
                use.name.at, f"'{path}' holds schema '{schema.name}', not '{use.name.text}'; name it so"
            )
            return None
        return schema

    def _path(self, user: Path, use: _Use, report: Reporter) -> Path | None:
        if use.file is None:
            names = self._names_of_call()
            if use.name.text not in names:
                report.error(
                    use.name.at,
                    f"schema '{use.name.text}' is none of this call's, which are {', '.join(sorted(names))}"
                    f"; add its spec to the call, or write 'uses: {{{use.name.text}: path.yaml}}'"
                    f"{nearest(use.name.text, names)}",
                )
            return names.get(use.name.text)
        path = Path(os.path.normpath(user.parent / use.file.text))
        if not os.path.isfile(path):  # noqa: PTH113, Path.is_file() fails on names that are too long
            report.error(use.file.at, f"no file '{path}'; the path counts from the folder of this spec")
            return None
        return self._of_call.get(_key(path), path)

    def _names_of_call(self) -> dict[str, Path]:
        if self._names is None:
            self._names = {}
            for path in self._of_call.values():
                name = name_in(path)
                if name:
                    self._names.setdefault(name, path)
        return self._names


def name_in(path: Path) -> str:
    """The schema's name, also of a spec that has errors; empty when there is none."""
    root = nodes.load(path, str(path), Reporter())
    node = root.get("schema") if root is not None else None
    read = keys.name.read(node, "", Reporter()) if node is not None else None
    return read.text if read is not None else ""


def _uses(record: Record, report: Reporter) -> Iterator[_Use]:
    seen: set[str] = set()
    for item in record.get("uses", []):
        use = _Use(item, None) if isinstance(item, Scalar) else _Use(*item)
        if use.name.text in seen:
            report.error(use.name.at, f"schema '{use.name.text}' appears twice in 'uses'; remove one")
        elif isinstance(item, Scalar) or use.file is not None:
            yield use
        seen.add(use.name.text)


def _key(path: Path) -> Path:
    return Path(os.path.realpath(path))  # unlike resolve(), also for a link to itself
