# SPDX-License-Identifier: MIT
"""One addition to a generated repository."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Feature:
    """One addition. `partial`, a template of templates/features/, prints members of the repository; it sees
    the `feature`, whose `values` are its own, beside what table_repository.hpp.j2 sees.

    `types`, another such template, prints what stands before the repository, outside of every namespace.
    `traits` are lines of repository_traits<Row>, `bases` base classes of the repository beside its first.
    `layers` are class templates around that first one, such as `forge_db::tree_functions`: each derives from
    what it is given, and may stand in for its functions.
    """

    headers: tuple[str, ...] = ()
    std_headers: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    partial: str = ""
    types: str = ""
    values: dict[str, Any] = field(default_factory=dict, hash=False)
