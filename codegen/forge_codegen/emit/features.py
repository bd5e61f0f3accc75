# SPDX-License-Identifier: MIT
"""What the keys of `repository:` add to a generated repository, beside filters and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from forge_codegen.model.schema import Schema, Table, View


@dataclass(frozen=True)
class Feature:
    """One addition. `partial`, a template of templates/features/, prints members of the repository; it sees
    the `feature`, whose `values` are its own, beside what table_repository.hpp.j2 sees.

    `traits` are lines of repository_traits<Row>, `bases` base classes of the repository, such as
    `forge_db::tree_functions<CategoryRepository<Session>, Category>`.
    """

    headers: tuple[str, ...] = ()
    std_headers: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    partial: str = ""
    values: dict[str, Any] = field(default_factory=dict, hash=False)


# Each answers what a table has of its feature, None for most.
FEATURES: tuple[Callable[[Schema, Table | View], Feature | None], ...] = ()


def features_of(schema: Schema, table: Table | View) -> tuple[Feature, ...]:
    """In the order of FEATURES."""
    made = (feature(schema, table) for feature in FEATURES)
    return tuple(one for one in made if one is not None)


def headers(own: Iterable[str], features: Iterable[Feature], of: str) -> tuple[str, ...]:
    """The headers of a repository and its features, `of` being `headers` or `std_headers`.

    >>> headers(["b"], [Feature(headers=("a", "b"))], "headers")
    ('a', 'b')
    """
    return tuple(sorted({*own, *(name for feature in features for name in getattr(feature, of))}))
