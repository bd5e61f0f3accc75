# SPDX-License-Identifier: MIT
"""Reads the behaviours that need one table: get_or_create, settings, quotas, trees."""

from __future__ import annotations

from forge_codegen.model.behaviours import Quota, Settings, Tree
from forge_codegen.model.schema import Column
from forge_codegen.spec.behaviour_columns import BehaviourColumns
from forge_codegen.spec.diagnostics import Location
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import NOT_YET, Record


class OwnBehaviours:
    """Reads them from the record of a table's `repository`."""

    def __init__(self, of: BehaviourColumns, record: Record) -> None:
        self._of = of
        self._record = record

    def get_or_create(self) -> tuple[str, ...]:
        given: list[Scalar] | None = self._record["get_or_create"]
        if given is None:
            return ()
        names = tuple(one.text for one in given)
        known = [self._of.column(one.text, one.at, "'get_or_create'") for one in given]
        if None in known:
            return ()
        if not any(set(names) == set(unique) and len(names) == len(unique) for unique in self._of.uniques):
            shown = ", ".join(names) or "no columns"
            self._of.report.error(
                self._record.place("get_or_create"),
                f"'get_or_create' of '{self._of.table.name}' names {shown}, which no primary key and no "
                "unique constraint is; name all columns of one",
            )
            return ()
        return names

    def tags(self) -> tuple[str, ...]:
        given: list[Scalar] | None = self._record["tags"]
        if given is None:
            return ()
        if not given:
            self._of.report.error(self._record.place("tags"), "'tags' is empty; name columns of tags")
        found = []
        for one in given:
            column = self._of.column(one.text, one.at, "'tags'")
            if column is None:
                continue
            if not column.type.is_string_list or column.generated is not None:
                self._of.report.error(
                    one.at,
                    f"'tags' names column '{one.text}' of type {column.type.describe()}; expected a column "
                    "of 'type: json, of: [text]'",
                )
            elif self._keeps_versions_of(one.text):
                self._of.report.error(
                    one.at,
                    f"'tags' names column '{one.text}', which 'versions' keep; that {NOT_YET}, leave one out",
                )
            elif one.text in found:
                self._of.report.error(one.at, f"column '{one.text}' appears twice in 'tags'; remove one")
            found.append(one.text)
        return tuple(found)

    def _keeps_versions_of(self, column: str) -> bool:
        versions: Record | None = self._record["versions"]
        return versions is not None and any(one.text == column for one in versions.get("columns", []))

    def settings(self) -> Settings | None:
        record: Record | None = self._record["settings"]
        if record is None:
            return None
        key = self._of.typed(record, "key", "key", ("text", "string"), "'settings'")
        value = self._of.typed(record, "value", "value", ("json",), "'settings'")
        if key is None or value is None:
            return None
        scope = self._of.unique_with(key.name, record["scope"], record, "scope", "'settings'")
        if scope is None or not self._within_scope(scope, record, "'settings'", key.name):
            return None
        self._of.others_fill_themselves((*scope, key.name, value.name), record.at, "'settings'")
        return Settings(scope, key.name, value.name)

    def _within_scope(self, columns: tuple[str, ...], record: Record, what: str, last: str) -> bool:
        """Whether rows that are found by the columns are those of one tenant, where there are tenants."""
        scope = self._of.table.guards.scope
        if not scope or scope in columns:
            return True
        self._of.report.error(
            record.at,
            f"{what} of '{self._of.table.name}' finds rows without '{scope}', the column of 'scope'; make "
            f"them unique by {', '.join((scope, *columns, last))}",
        )
        return False

    def quota(self) -> Quota | None:
        record: Record | None = self._record["quota"]
        if record is None:
            return None
        period = self._of.typed(record, "period", "period", ("text", "string"), "'quota'")
        count = self._of.typed(record, "count", "count", ("int32", "int64"), "'quota'")
        if period is None or count is None or record["every"] is None:
            return None
        every = record["every"].text
        width = {"hour": 13, "day": 10, "month": 7, "year": 4}[every]
        if period.type.kind == "string" and period.type.length < width:
            self._of.report.error(
                record.place("period"),
                f"'period' of 'quota' is column '{period.name}' of {period.type.length} characters; the "
                f"period of every {every} has {width}",
            )
        key = self._of.unique_with(period.name, record["key"], record, "key", "'quota'")
        if key is None or not self._within_scope(key, record, "'quota'", period.name):
            return None
        self._of.others_fill_themselves((*key, period.name, count.name), record.at, "'quota'")
        limit = record["limit"]
        return Quota(key, period.name, count.name, every, -1 if limit is None else limit)

    def tree(self) -> Tree | None:
        record: Record | None = self._record["tree"]
        if record is None or record["parent"] is None:
            return None
        parent = self._parent(record["parent"])
        name = depth = None
        if record.given("name"):
            name = self._of.typed(record, "name", "", ("text", "string"), "'tree'")
        if record.given("depth"):
            depth = self._of.typed(record, "depth", "", ("int32", "int64"), "'tree'")
        if depth is not None and not depth.has_default:
            self._of.report.error(
                record.place("depth"),
                f"'depth' of 'tree' is column '{depth.name}' without a default; add 'default: 0'",
            )
        if parent is None:
            return None
        if name is not None and record.get("unique_names", True):
            self._unique_names(parent.name, name.name, record.place("name"))
        if name is None and record["unique_names"]:
            at = record.place("unique_names")
            self._of.report.error(at, "'unique_names' of 'tree' without a 'name'; add it")
        return Tree(
            parent.name,
            name.name if name is not None else "",
            depth.name if depth is not None else "",
            record.get("max_depth", 999),
        )

    def _parent(self, given: Scalar) -> Column | None:
        parent = self._of.column(given.text, given.at, "'parent' of 'tree'")
        if parent is None:
            return None
        key = self._of.table.primary_key
        to = parent.reference
        if len(key) != 1 or to is None or to.schema or (to.table, to.column) != (self._of.table.name, key[0]):
            self._of.report.error(
                given.at,
                f"'parent' of 'tree' is column '{parent.name}', which does not refer to the key of its own "
                f"table; add 'references: {self._of.table.name}.{key[0] if key else 'id'}' to it",
            )
            return None
        if to.on_delete == "restrict":
            self._of.report.error(
                given.at,
                f"'parent' of 'tree' is column '{parent.name}' with 'on_delete: restrict', by which no "
                "subtree can be removed; take cascade or no_action",
            )
        if not parent.nullable:
            self._of.report.error(
                given.at,
                f"'parent' of 'tree' is column '{parent.name}', which is null for a root; make it nullable",
            )
            return None
        return parent

    def _unique_names(self, parent: str, name: str, at: Location) -> None:
        """NULL equals nothing, so that the constraint which holds below a row does not hold for the roots."""
        guards = self._of.table.guards
        living = guards.soft_delete.living if guards.keeps_living_unique else ""
        condition = f"{parent} is null"
        below = any({parent, name} <= set(unique) for unique in self._of.uniques)
        roots = False
        for index in self._of.table.indexes:
            columns = {column.name for column in index.columns}
            where = " ".join(index.where.lower().split())
            below = below or (index.unique and index.where == living and {parent, name} <= columns)
            named = index.unique and name in columns and parent not in columns
            roots = roots or (named and (where == condition or where.startswith(f"{condition} and ")))
        missing = []
        if not below:
            missing.append(f"'unique: [[{parent}, {name}]]'")
        if not roots:
            index = f'{{columns: [{name}], unique: true, where: "{condition}"}}'
            missing.append(f"the index '{index}', which holds for roots")
        if missing:
            self._of.report.error(
                at,
                f"names in the tree '{self._of.table.name}' are not unique: add {' and '.join(missing)}; or "
                "say 'unique_names: false'",
            )
