# SPDX-License-Identifier: MIT
"""What the keys of `repository:` add to a generated repository, beside filters and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from forge_codegen.emit import behaviours
from forge_codegen.emit.analytics import analytics
from forge_codegen.emit.feature import Feature
from forge_codegen.emit.full_text import ranked_list
from forge_codegen.emit.key_pages import key_pages
from forge_codegen.emit.relation_views import relations_feature
from forge_codegen.model.schema import Schema, Table, View

# Each answers what a table has of its feature, None for most.
FEATURES: tuple[Callable[[Schema, Table | View], Feature | None], ...] = (
    key_pages,
    ranked_list,
    *behaviours.LAYERS,
    relations_feature,
    analytics,
)


def features_of(schema: Schema, table: Table | View) -> tuple[Feature, ...]:
    """In the order of FEATURES."""
    made = (feature(schema, table) for feature in FEATURES)
    return tuple(one for one in made if one is not None)


def layered(base: str, features: Iterable[Feature]) -> str:
    """The base with its layers around it, those of the first feature innermost.

    >>> layered("repository<Row>", [Feature(layers=("a",)), Feature(), Feature(layers=("b", "c"))])
    'c<b<a<repository<Row>>>>'
    """
    for feature in features:
        for layer in feature.layers:
            base = f"{layer}<{base}>"
    return base


def headers(own: Iterable[str], features: Iterable[Feature], of: str) -> tuple[str, ...]:
    """The headers of a repository and its features, `of` being `headers` or `std_headers`.

    >>> headers(["b"], [Feature(headers=("a", "b"))], "headers")
    ('a', 'b')
    """
    return tuple(sorted({*own, *(name for feature in features for name in getattr(feature, of))}))
