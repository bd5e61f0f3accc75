# SPDX-License-Identifier: MIT
"""Writes files only where bytes differ, removes stale ones, and does all of it or nothing."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from forge_codegen.emit.render import BANNER, BANNER_END

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


def orphans(out: Path, files: dict[str, str], schema_dir: Path) -> list[str]:
    """Folders of `out` whose spec is gone: no schema of now fills them, and a banner in them names a spec of
    `schema_dir` that does not exist.
    """
    alive = {name.split("/")[0] for name in files}
    folders = sorted(out.iterdir()) if out.is_dir() else []
    return [
        folder.name
        for folder in folders
        if folder.name not in alive
        and folder.is_dir()
        and any(_of_no_spec(path, schema_dir) for path in sorted(folder.glob("*.hpp")))
    ]


def _of_no_spec(path: Path, schema_dir: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        line = file.readline().rstrip("\n")
    if not (line.startswith(BANNER) and line.endswith(BANNER_END)):
        return False
    folder, _, name = line[len(BANNER) : -len(BANNER_END)].rpartition("/")
    return folder == schema_dir.resolve().name and not (schema_dir / name).exists()


def _is_ours(path: Path) -> bool:
    if path.name.endswith(TEMPORARY):
        return True  # left by a run that was killed
    with path.open("rb") as file:
        return file.read(len(BANNER)) == BANNER.encode("ascii")


def apply(of: Plan) -> None:
    """Writes what differs and removes what is stale. Two runs at once wait for each other."""
    if of.empty:
        return
    _make_folder(of.out)
    with _alone_in(of.out):
        write_all({of.out / name: text for name, text in of.changed.items()})
        for name in of.stale:
            (of.out / name).unlink(missing_ok=True)


def write_all(texts: dict[Path, str]) -> None:
    """Writes all texts beside their places, then moves them there; a failure leaves every file as it was."""
    prepared: list[tuple[Path, Path]] = []
    try:
        for final, text in texts.items():
            _make_folder(final.parent)
            if final.is_dir():
                raise IsADirectoryError(errno.EISDIR, "is a folder; remove it", str(final))
            temporary = final.with_name(final.name + TEMPORARY)
            prepared.append((temporary, final))
            try:
                temporary.write_bytes(text.encode("utf-8"))
            except OSError as error:
                error.filename = str(final)  # a full disk is told without the file's name
                raise
        for temporary, final in prepared:
            temporary.replace(final)
    finally:
        for temporary, _ in prepared:
            temporary.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise NotADirectoryError(
            errno.ENOTDIR, "is a file, or below one; remove it, or name another folder", str(folder)
        ) from error


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Holds the folder's lock, which ends with the process at the latest."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
