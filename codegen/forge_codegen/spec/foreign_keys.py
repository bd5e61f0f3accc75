# SPDX-License-Identifier: MIT
"""Foreign keys that a table names for itself: what they point to, and what their actions need. Serves specs
and migration files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from forge_codegen.model import ddl
from forge_codegen.model.types import Type
from forge_codegen.spec.diagnostics import Location, Reporter, nearest, one_of
from forge_codegen.spec.shapes import Record


@dataclass(frozen=True)
class KeyDraft:
    """A key as written, before anyone has looked at its target."""

    key: ddl.ForeignKey
    record: Record

    @property
    def at(self) -> Location:
        return self.record.place("references")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return list(zip(self.key.columns, self.key.ref_columns, strict=False))


@dataclass(frozen=True)
class Target:
    """A table that keys may refer to. A column whose type is None is wrong, which was told already."""

    name: str
    types: Mapping[str, Type | None]
    unique_sets: Collection[frozenset[str]]


def read_key(name: str, columns: tuple[str, ...], record: Record) -> KeyDraft | None:
    """The key of that name; None when its target cannot be read, which was told already."""
    to = record["references"]
    if isinstance(to, Record):
        if to["table"] is None or not to["columns"]:
            return None
        path, ref_columns = to["table"].text, tuple(column.text for column in to["columns"])
    else:
        path, _, column = to.text.rpartition(".")
        ref_columns = (column,)
    schema, _, table = path.rpartition(".")
    actions = (record[key].text if record[key] is not None else "no_action" for key in _ACTIONS)
    return KeyDraft(ddl.ForeignKey(name, columns, table, ref_columns, *actions, schema), record)


def check_count(draft: KeyDraft, report: Reporter) -> bool:
    """Whether the key names as many columns as it refers to; reported when not."""
    key = draft.key
    if len(key.columns) == len(key.ref_columns):
        return True
    report.error(
        draft.at,
        f"foreign key '{key.name}' has {_count(key.columns)} and refers to {_count(key.ref_columns)}; "
        "name one for each",
    )
    return False


def check_target(draft: KeyDraft, target: Target, own: Mapping[str, Type | None], report: Reporter) -> None:
    """The key names as many columns as it refers to, these are unique, and each pair has one type."""
    key = draft.key
    if not check_count(draft, report):
        return
    for column in key.ref_columns:
        if column not in target.types:
            report.error(
                draft.at,
                f"unknown column '{column}' of table '{target.name}' in foreign key '{key.name}'; expected "
                f"{one_of(target.types)}{nearest(column, target.types)}",
            )
            return
    if len(set(key.ref_columns)) < len(key.ref_columns):
        report.error(draft.at, f"foreign key '{key.name}' refers to one column twice; name each once")
    elif frozenset(key.ref_columns) not in target.unique_sets:
        report.error(
            draft.at,
            f"foreign key '{key.name}' refers to '{target.name}' ({', '.join(key.ref_columns)}), which is "
            "neither the primary key nor unique as a whole; refer to a key, or make these columns unique "
            "(a partial index does not count)",
        )
    for column, ref_column in draft.pairs:
        kind, ref_kind = own.get(column), target.types[ref_column]
        if kind is not None and ref_kind is not None and kind.in_ddl() != ref_kind.in_ddl():
            report.error(
                draft.at,
                f"column '{column}' is {kind.describe()}, '{target.name}.{ref_column}' is "
                f"{ref_kind.describe()}; a foreign key needs the same type",
            )


def check_actions(
    draft: KeyDraft, nullable: Collection[str], defaulted: Collection[str], report: Reporter
) -> None:
    """`set_null` needs columns that take NULL, `set_default` columns with a default."""
    needs = {
        "set_null": (nullable, "is not nullable; make it so"),
        "set_default": (defaulted, "has no default; add one"),
    }
    for action in _ACTIONS:
        given = draft.record[action]
        able, problem = needs.get(given.text if given is not None else "", (draft.key.columns, ""))
        for column in draft.key.columns:
            if column not in able:
                report.error(
                    given.at,
                    f"'{action}' of foreign key '{draft.key.name}' is {given.text}, but column '{column}' "
                    f"{problem}, or use another action",
                )


_ACTIONS = ("on_delete", "on_update")


def _count(columns: tuple[str, ...]) -> str:
    return f"{len(columns)} column{'' if len(columns) == 1 else 's'}"
