# SPDX-License-Identifier: MIT
"""Hypothesis strategy: random specs of which a few nodes were changed, which most make wrong."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st
from random_columns import Draw, Spec
from random_specs import projects

# Values of all kinds to put where others stood.
STRANGE = [
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x",
    "order by",
    "no.such",
    "a.b.c.d",
    "spec_0",
    "é",
    "\x7f",
    "'",
    '"',
    [],
    {},
    [[]],
    [None],
    {"a": None},
    {"sql": None},
    "x" * 200,
    "now",
    "null",
    "text",
    "id",
    float("inf"),
]


@st.composite
def mutations(draw: Draw) -> list[Spec]:
    """A project of which a few nodes were taken out, replaced, doubled, renamed or exchanged."""
    specs = copy.deepcopy(draw(projects()))
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(specs))
        holder, key = draw(st.sampled_from(places))
        how = draw(st.sampled_from(("replace", "remove", "exchange", "rename", "double")))
        if how == "replace":
            holder[key] = copy.deepcopy(draw(st.sampled_from(STRANGE)))
        elif how == "remove":
            del holder[key]
        elif how == "exchange":
            other, other_key = draw(st.sampled_from(places))
            holder[key] = copy.deepcopy(other[other_key])
        elif how == "rename" and isinstance(holder, dict):
            keys = [k for h, k in places if isinstance(h, dict)]
            new = draw(st.sampled_from([*keys, "", "Upper", "no such", "sqlite_x", "x" * 70, "class"]))
            holder[new] = holder.pop(key)
        elif how == "double" and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
    return specs


def _places(specs: list[Spec]) -> Any:
    def inside(node: Any) -> Any:
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            yield node, key
            yield from inside(node[key])

    for spec in specs:
        yield from inside(spec)
