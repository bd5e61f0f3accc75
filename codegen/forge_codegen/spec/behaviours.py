# SPDX-License-Identifier: MIT
"""Reads the behaviours of `repository:`, each checked against the columns and constraints that it needs. They
are read when all tables are built, because some speak of other tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from forge_codegen.model.behaviours import Behaviours, Quota, Settings, Tree
from forge_codegen.model.schema import Column, Table
from forge_codegen.spec.diagnostics import Location, Reporter, nearest, one_of
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import NOT_YET, Record


def read_behaviours(table: Table, record: Record | None, report: Reporter) -> Table:
    """The table with its behaviours."""
    if record is None:
        return table
    _refuse_guards(table, record, report)
    reader = _TableReader(table, record, report)
    return replace(
        table,
        behaviours=Behaviours(
            get_or_create=reader.get_or_create(),
            settings=reader.settings(),
            quota=reader.quota(),
            tree=reader.tree(),
        ),
    )


def _refuse_guards(table: Table, record: Record, report: Reporter) -> None:
    """What does not carry the standing conditions of a table that has some."""
    if not table.guards:
        return
    for name in ("get_or_create", "settings", "quota", "tree"):
        if record.given(name):
            report.error(
                record.place(name),
                f"'{name}' of '{table.name}' beside soft_delete, optimistic_lock or scope {NOT_YET}; "
                "remove one",
            )


class _TableReader:
    def __init__(self, table: Table, record: Record, report: Reporter) -> None:
        self._table = table
        self._record = record
        self._report = report
        self._columns = {column.name: column for column in table.columns}
        self._uniques = [table.primary_key, *table.conflict_targets]

    # What is asked of columns

    def _column(self, name: str, at: Location, what: str) -> Column | None:
        found = self._columns.get(name)
        if found is None:
            self._report.error(
                at,
                f"unknown column '{name}' in {what} of '{self._table.name}'; expected "
                f"{one_of(self._columns)}{nearest(name, self._columns)}",
            )
        return found

    def _typed(
        self, record: Record, key: str, otherwise: str, kinds: tuple[str, ...], what: str
    ) -> Column | None:
        """The column that `key` names, of one of the kinds, and not null."""
        given: Scalar | None = record[key]
        if given is None and record.given(key):
            return None
        name, at = (given.text, given.at) if given is not None else (otherwise, record.at)
        column = self._column(name, at, f"'{key}' of {what}")
        if column is None:
            return None
        of = column.type
        if of.kind not in kinds or of.cpp or of.is_string_list or of.lenient:
            self._report.error(
                at,
                f"'{key}' of {what} is column '{name}' of type {of.describe()}; expected a column of type "
                f"{' or '.join(kinds)}",
            )
            return None
        if column.nullable or column.generated is not None:
            wrong = "nullable" if column.nullable else "generated"
            self._report.error(
                at, f"'{key}' of {what} is column '{name}', which is {wrong}; take another one"
            )
            return None
        return column

    def _others_fill_themselves(self, given: Iterable[str], at: Location, what: str) -> None:
        """Refuses a table in which no row can be inserted of which only the given columns are known."""
        needed = [
            column.name
            for column in self._table.columns
            if column.name not in given
            and not column.nullable
            and not column.has_default
            and not column.on_update_now
            and column.generated is None
            and not (self._table.generated_key and column.name in self._table.primary_key)
        ]
        if needed:
            self._report.error(
                at,
                f"{what} of '{self._table.name}' inserts rows by itself, and does not know column "
                f"'{needed[0]}'; make it nullable, or give it a default",
            )

    def _unique_with(
        self, last: str, given: list[Scalar] | None, record: Record, key: str, what: str
    ) -> tuple[str, ...] | None:
        """The columns that are unique together with `last`: those given, or the only ones there are."""
        if given is not None:
            names = tuple(one.text for one in given)
            known = [self._column(one.text, one.at, f"'{key}' of {what}") for one in given]
            if None in known:
                return None
            if not any({*names, last} == set(unique) for unique in self._uniques) or last in names:
                shown = ", ".join([*(name for name in names if name != last), last])
                self._report.error(
                    record.place(key),
                    f"{what} of '{self._table.name}' needs a unique constraint over {shown}; add "
                    f"'unique: [[{shown}]]' to the table",
                )
                return None
            return names
        found = {tuple(name for name in unique if name != last) for unique in self._uniques if last in unique}
        if len(found) == 1:
            return found.pop()
        wrong = "no unique constraint holds" if not found else "several unique constraints hold"
        self._report.error(
            record.at, f"{what} of '{self._table.name}': {wrong} column '{last}'; name the others in '{key}'"
        )
        return None

    # The behaviours

    def get_or_create(self) -> tuple[str, ...]:
        given: list[Scalar] | None = self._record["get_or_create"]
        if given is None:
            return ()
        names = tuple(one.text for one in given)
        known = [self._column(one.text, one.at, "'get_or_create'") for one in given]
        if None in known:
            return ()
        if not any(set(names) == set(unique) and len(names) == len(unique) for unique in self._uniques):
            shown = ", ".join(names) or "no columns"
            self._report.error(
                self._record.place("get_or_create"),
                f"'get_or_create' of '{self._table.name}' names {shown}, which no primary key and no unique "
                "constraint is; name all columns of one",
            )
            return ()
        return names

    def settings(self) -> Settings | None:
        record: Record | None = self._record["settings"]
        if record is None:
            return None
        key = self._typed(record, "key", "key", ("text", "string"), "'settings'")
        value = self._typed(record, "value", "value", ("json",), "'settings'")
        if key is None or value is None:
            return None
        scope = self._unique_with(key.name, record["scope"], record, "scope", "'settings'")
        if scope is None:
            return None
        self._others_fill_themselves((*scope, key.name, value.name), record.at, "'settings'")
        return Settings(scope, key.name, value.name)

    def quota(self) -> Quota | None:
        record: Record | None = self._record["quota"]
        if record is None:
            return None
        period = self._typed(record, "period", "period", ("text", "string"), "'quota'")
        count = self._typed(record, "count", "count", ("int32", "int64"), "'quota'")
        if period is None or count is None or record["every"] is None:
            return None
        every = record["every"].text
        width = {"hour": 13, "day": 10, "month": 7, "year": 4}[every]
        if period.type.kind == "string" and period.type.length < width:
            self._report.error(
                record.place("period"),
                f"'period' of 'quota' is column '{period.name}' of {period.type.length} characters; the "
                f"period of every {every} has {width}",
            )
        key = self._unique_with(period.name, record["key"], record, "key", "'quota'")
        if key is None:
            return None
        self._others_fill_themselves((*key, period.name, count.name), record.at, "'quota'")
        limit = record["limit"]
        return Quota(key, period.name, count.name, every, -1 if limit is None else limit)

    def tree(self) -> Tree | None:
        record: Record | None = self._record["tree"]
        if record is None or record["parent"] is None:
            return None
        parent = self._parent(record["parent"])
        name = depth = None
        if record.given("name"):
            name = self._typed(record, "name", "", ("text", "string"), "'tree'")
        if record.given("depth"):
            depth = self._typed(record, "depth", "", ("int32", "int64"), "'tree'")
        if depth is not None and not depth.has_default:
            self._report.error(
                record.place("depth"),
                f"'depth' of 'tree' is column '{depth.name}' without a default; add 'default: 0'",
            )
        if parent is None:
            return None
        if name is not None and record.get("unique_names", True):
            self._unique_names(parent.name, name.name, record.place("name"))
        if name is None and record["unique_names"]:
            at = record.place("unique_names")
            self._report.error(at, "'unique_names' of 'tree' without a 'name'; add it")
        return Tree(
            parent.name,
            name.name if name is not None else "",
            depth.name if depth is not None else "",
            record.get("max_depth", 999),
        )

    def _parent(self, given: Scalar) -> Column | None:
        parent = self._column(given.text, given.at, "'parent' of 'tree'")
        if parent is None:
            return None
        key = self._table.primary_key
        to = parent.reference
        if len(key) != 1 or to is None or to.schema or (to.table, to.column) != (self._table.name, key[0]):
            self._report.error(
                given.at,
                f"'parent' of 'tree' is column '{parent.name}', which does not refer to the key of its own "
                f"table; add 'references: {self._table.name}.{key[0] if key else 'id'}' to it",
            )
            return None
        if not parent.nullable:
            self._report.error(
                given.at,
                f"'parent' of 'tree' is column '{parent.name}', which is null for a root; make it nullable",
            )
            return None
        return parent

    def _unique_names(self, parent: str, name: str, at: Location) -> None:
        """NULL equals nothing, so that the constraint which holds below a row does not hold for the roots."""
        below = any({parent, name} <= set(unique) for unique in self._uniques)
        condition = f"{parent} is null"
        roots = any(
            index.unique
            and " ".join(index.where.lower().split()) == condition
            and name in (column.name for column in index.columns)
            and parent not in (column.name for column in index.columns)
            for index in self._table.indexes
        )
        missing = []
        if not below:
            missing.append(f"'unique: [[{parent}, {name}]]'")
        if not roots:
            index = f'{{columns: [{name}], unique: true, where: "{condition}"}}'
            missing.append(f"the index '{index}', which holds for roots")
        if missing:
            self._report.error(
                at,
                f"names in the tree '{self._table.name}' are not unique: add {' and '.join(missing)}; or say "
                "'unique_names: false'",
            )
