# SPDX-License-Identifier: MIT
"""A relation: which rows of another table belong to a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Relation:
    """`columns` of the table are equal to `ref_columns` of the related one, or of the link table `through`,
    whose `link_columns` then are equal to `target_columns` of the related one. `schema` names the related
    table's, when it is another one.
    """

    name: str
    kind: str
    table: str
    schema: str
    columns: tuple[str, ...]
    ref_columns: tuple[str, ...]
    through: str = ""
    link_columns: tuple[str, ...] = ()
    target_columns: tuple[str, ...] = ()
    doc: str = ""

    @property
    def to_many(self) -> bool:
        return self.kind in ("has_many", "many_to_many")
