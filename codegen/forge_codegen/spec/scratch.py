# SPDX-License-Identifier: MIT
"""An empty SQLite database in memory, in which SQL texts of specs are compiled."""

from __future__ import annotations

import sqlite3

# SQLite itself refuses what reaches files in a stored schema, but not these: they run native code.
_DANGEROUS = ("load_extension", "fts3_tokenizer")


def scratch_database() -> sqlite3.Connection:
    """Statements that call a function which runs native code are refused when they are compiled, however the
    name is written.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("pragma trusted_schema = off")
    database.set_authorizer(_authorise)
    return database


def _authorise(action: int, _first: str | None, function: str | None, *_: str | None) -> int:
    refused = action == sqlite3.SQLITE_FUNCTION and function in _DANGEROUS
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK
