# SPDX-License-Identifier: MIT
"""Inputs that broke a loader of YAML, read again: tests/fuzz/corpus, found by tests/fuzz/yaml_loaders.py."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import REPOSITORY

FUZZ = REPOSITORY / "tests/fuzz"
sys.path.insert(0, str(FUZZ))

from loader_oracle import KINDS, Loader, Oracle  # noqa: E402, the path comes first
from yaml_mutation import mutated  # noqa: E402

CORPUS = [path for kind in KINDS for path in sorted((FUZZ / "corpus" / kind).iterdir())]
SPEC = (REPOSITORY / "schema/library.yaml").read_bytes()
Oracles = Callable[[str], Oracle]


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracles]:
    """The oracle of a kind; its processes are started once."""
    made: dict[str, Oracle] = {}
    yield lambda kind: made.setdefault(kind, Oracle(kind))
    for one in made.values():
        one.close()


@pytest.mark.parametrize("case", CORPUS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_corpus(case: Path, oracle: Oracles) -> None:
    problem, _ = oracle(case.parent.name).ask(case)
    assert problem == ""


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([{"failure": "KeyError: 'x'", "where": "load.py:read"}] * 2, "KeyError: 'x' (in load.py:read)"),
        ([{"errors": [["spec.yaml", 1, 3, "a"]]}, {"errors": []}], "two answers"),
        ([{"errors": [["spec.yaml", 3, 1, "a"]]}] * 2, "outside of its file"),
        ([{"errors": [["spec.yaml", 1, 5, "a"]]}] * 2, "outside of its file"),
        ([{"errors": [["other.yaml", 1, 1, "a"]]}] * 2, "outside of its file"),
        ([{"errors": [["spec.yaml", 1, 4, "a"], ["spec.yaml", 2, 1, "b"]]}] * 2, ""),
    ],
    ids=["fails", "differs", "line", "column", "file", "fine"],
)
def test_what_counts_as_broken(
    answers: list[dict], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spec.yaml").write_text("a\u2028b\n", encoding="utf-8")
    given = iter(answers)
    monkeypatch.setattr(Loader, "answer", lambda _loader, _folder: next(given))
    problem, _ = Oracle("spec_yaml").ask(tmp_path)
    assert told in problem
    assert bool(told) == bool(problem)


def test_a_loader_that_dies_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "spec.yaml").write_bytes(SPEC)
    loader = Loader("spec_yaml", "1")
    assert "died" in loader.answer(tmp_path / "no such folder")["failure"]
    assert loader.answer(tmp_path) == {"errors": []}
    loader.close()


def test_mutations_make_many_texts() -> None:
    """And the same ones again from the same random numbers, else no finding could be repeated."""
    made = [[mutated(SPEC, [SPEC], random.Random(seed)) for seed in range(60)] for _ in range(2)]
    assert made[0] == made[1]
    assert len(set(made[0])) > 50
