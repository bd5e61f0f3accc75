# SPDX-License-Identifier: MIT
"""Writes files only where bytes differ, removes stale ones, and does all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from forge_codegen.emit.render import BANNER

TEMPORARY = ".forge-tmp"


@dataclass(frozen=True)
class Plan:
    """What differs between the rendered files and the folder: to write, and to remove."""

    out: Path
    changed: dict[str, str]
    missing: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not self.changed and not self.stale


def plan(out: Path, files: dict[str, str]) -> Plan:
    """Compares rendered files with what is there. Only files that carry our banner can be stale."""
    changed, missing = {}, []
    for name, text in sorted(files.items()):
        path = out / name
        present = path.read_bytes() if path.is_file() else None
        if present != text.encode("utf-8"):
            changed[name] = text
            if present is None:
                missing.append(name)
    return Plan(out, changed, tuple(missing), tuple(_stale(out, files)))


def _stale(out: Path, files: dict[str, str]) -> Iterable[str]:
    for folder in sorted({name.split("/")[0] for name in files}):
        if not (out / folder).is_dir():
            continue
        for path in sorted((out / folder).iterdir()):
            name = f"{folder}/{path.name}"
            if name not in files and path.is_file() and _is_ours(path):
                yield name


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(BANNER)) == BANNER.encode("ascii")


def apply(of: Plan) -> None:
    """Writes all new texts beside their places, then moves them there, then removes what is stale."""
    prepared: list[tuple[Path, Path]] = []
    try:
        for name, text in of.changed.items():
            final = of.out / name
            final.parent.mkdir(parents=True, exist_ok=True)
            temporary = final.with_name(final.name + TEMPORARY)
            prepared.append((temporary, final))
            temporary.write_bytes(text.encode("utf-8"))
        for temporary, final in prepared:
            temporary.replace(final)
    finally:
        for temporary, _ in prepared:
            temporary.unlink(missing_ok=True)
    for name in of.stale:
        (of.out / name).unlink()
