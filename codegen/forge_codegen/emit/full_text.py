# SPDX-License-Identifier: MIT
"""What a full text adds to a generated repository."""

from __future__ import annotations

from forge_codegen.emit.feature import Feature
from forge_codegen.model.schema import Schema, Table, View


def ranked_list(schema: Schema, table: Table | View) -> Feature | None:
    """Lists by rank."""
    if not isinstance(table, Table) or table.full_text is None:
        return None
    return Feature(
        headers=("forge_db/repository/ranked_list.hpp",),
        traits=(f"using full_text = {schema.namespace}::{table.name}::full_text_t;",),
        layers=("forge_db::ranked_list",),
    )
