# SPDX-License-Identifier: MIT
"""By what a repository guards its rows: soft deletion, optimistic lock, scope."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SoftDelete:
    """`kind` is `since` (a nullable timestamp), `flag`, `flag_or_null` or `value`; of the last, `deleted` and
    `restored` are SQL literals.
    """

    column: str
    kind: str
    deleted: str = ""
    restored: str = ""
    unique_all: bool = False

    @property
    def living(self) -> str:
        """The condition that a row lives, in both dialects.

        >>> print(SoftDelete("status", "value", "'gone'").living)
        "status" <> 'gone'
        """
        tests = {"since": "is null", "flag": "= false", "flag_or_null": "is not true"}
        return f'"{self.column}" ' + tests.get(self.kind, f"<> {self.deleted}")


@dataclass(frozen=True)
class Guards:
    """The columns are empty where there is no such guard."""

    soft_delete: SoftDelete | None = None
    optimistic_lock: str = ""
    scope: str = ""

    def __bool__(self) -> bool:
        return self.soft_delete is not None or bool(self.optimistic_lock or self.scope)

    @property
    def mark(self) -> str:
        """The column that marks deleted rows."""
        return self.soft_delete.column if self.soft_delete is not None else ""

    @property
    def keeps_living_unique(self) -> bool:
        return self.soft_delete is not None and not self.soft_delete.unique_all

    @property
    def kept(self) -> tuple[str, ...]:
        """The columns that no patch has: only the repository writes them. A text or enum that marks deleted
        rows says other things, too.
        """
        soft = self.soft_delete is not None and self.soft_delete.kind != "value"
        return tuple(name for name in (self.scope, self.optimistic_lock, self.mark if soft else "") if name)


NO_GUARDS = Guards()
