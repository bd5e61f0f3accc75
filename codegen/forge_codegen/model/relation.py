# SPDX-License-Identifier: MIT
"""A relation: which rows of another table belong to a row."""

from __future__ import annotations

from dataclasses import dataclass

from forge_codegen.model.ddl import PerDialect

EVERY_ROW = PerDialect()


@dataclass(frozen=True)
class Relation:
    """`columns` of the table are equal to `ref_columns` of the related one, or of the link table `through`,
    whose `link_columns` then are equal to `target_columns` of the related one. `schema` names the related
    table's, when it is another one. `where` is a condition on the related table's rows, whose columns it
    names with their table; `order` are columns of it, and whether they descend. No limit is 0.
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
    where: PerDialect = EVERY_ROW
    order: tuple[tuple[str, bool], ...] = ()
    limit: int = 0

    @property
    def to_many(self) -> bool:
        return self.kind in ("has_many", "many_to_many")
