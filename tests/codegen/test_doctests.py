# SPDX-License-Identifier: MIT
"""The examples in the generator's docstrings."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import forge_codegen

MODULES = sorted(
    info.name
    for info in pkgutil.walk_packages(forge_codegen.__path__, "forge_codegen.")
    if not info.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) >= 20
