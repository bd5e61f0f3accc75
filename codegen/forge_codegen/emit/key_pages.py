# SPDX-License-Identifier: MIT
"""`cursor`: the functions of a repository that page by key."""

from __future__ import annotations

from forge_codegen.emit.feature import Feature
from forge_codegen.model.schema import Schema, Table, View


def key_pages(schema: Schema, table: Table | View) -> Feature | None:
    """page_after(), page_before() and list_ordered(); None where the spec does not ask for them."""
    if not table.repository.cursor:
        return None
    row = f"::{schema.namespace}::{table.struct}"
    return Feature(
        headers=("forge_db/repository/key_page.hpp",),
        bases=(f"forge_db::key_pages<{table.struct}Repository<Session>, {row}>",),
    )
