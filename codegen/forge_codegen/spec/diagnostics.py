# SPDX-License-Identifier: MIT
"""Errors as `file:line:column: error: what`, collected, so that one run tells all of a file's errors."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One error and where it is."""

    at: Location
    message: str

    def __str__(self) -> str:
        return one_line(f"{self.at}: error: {self.message}")


def one_line(text: str) -> str:
    """A message as one line of bearable length, whatever the input that it quotes.

    >>> one_line("unknown key 'a\\nb'"), len(one_line("x" * 9999))
    ("unknown key 'a\\\\nb'", 605)
    """
    shown = text if len(text) <= 600 else f"{text[:300]} ... {text[-300:]}"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in shown)


class SpecError(Exception):
    """Everything that is wrong with the input, in file order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__("\n".join(str(d) for d in self.diagnostics))


class Reporter:
    """Collects diagnostics; `stop_on_errors` turns them into one SpecError."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def error(self, at: Location, message: str) -> None:
        self._found.append(Diagnostic(at, message))

    @property
    def failed(self) -> bool:
        return bool(self._found)

    def stop_on_errors(self) -> None:
        if self._found:
            raise SpecError(self._found)


def listed(names: Iterable[str]) -> str:
    """
    >>> listed(["b", "a"]), listed([])
    ('a, b', 'none')
    """
    return ", ".join(sorted(names)) or "none"


def one_of(names: Iterable[str]) -> str:
    """What to say after `expected`.

    >>> one_of(["b", "a"]), one_of(["a"])
    ('one of a, b', 'a')
    """
    known = set(names)
    return f"one of {listed(known)}" if len(known) > 1 else listed(known)


def nearest(text: str, names: Iterable[str]) -> str:
    """The hint to append to a message about an unknown name; empty when nothing is near.

    >>> nearest("nulable", ["nullable", "name"])
    "; did you mean 'nullable'?"
    >>> nearest("zzz", ["nullable"])
    ''
    """
    if len(text) > 100:
        return ""
    found = difflib.get_close_matches(text, sorted(set(names)), n=1, cutoff=0.6)
    return f"; did you mean '{found[0]}'?" if found else ""
