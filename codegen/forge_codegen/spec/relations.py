# SPDX-License-Identifier: MIT
"""Reads a table's `relations:` and makes the belongs_to sides of its foreign keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass

from forge_codegen import naming
from forge_codegen.model import ddl
from forge_codegen.model.relation import Relation
from forge_codegen.model.schema import Schema, Table
from forge_codegen.spec.diagnostics import Location, Reporter, listed, nearest, one_of
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.relation_keys import KINDS
from forge_codegen.spec.relation_narrowing import NarrowingReader
from forge_codegen.spec.shapes import Record


@dataclass(frozen=True)
class _Named:
    """A relation, where it is written, and the foreign key of the table itself that it stands for."""

    relation: Relation
    at: Location
    own_key: ddl.ForeignKey | None = None


class RelationsReader:
    """All tables of a schema, built; `known` also holds tables that were too wrong to build. A used schema is
    None when it has errors of its own.
    """

    def __init__(
        self,
        tables: Iterable[Table],
        known: Iterable[str],
        used: Lookup[str, Schema | None],
        dialects: tuple[str, ...],
        report: Reporter,
    ) -> None:
        self._tables = {table.name: table for table in tables}
        self._known = set(known)
        self._used = used
        self._report = report
        self._narrowing = NarrowingReader(dialects, report)

    def read(self, table: Table, record: Record) -> tuple[Relation, ...]:
        """Those that are written, then those of the foreign keys that no written one stands for."""
        entries = [(name, one) for name, one in record.get("relations", []) if one is not None]
        written = [made for name, one in entries if (made := self._written(table, name, one)) is not None]
        taken = [one.own_key for one in written if one.own_key is not None]
        implied = [
            one for one in self._implied(table) if one.own_key not in taken and self._points_somewhere(one)
        ]
        return tuple(one.relation for one in self._without_collisions(table, written, implied))

    def refuse_file_names(self, related: Iterable[Table], names: Iterable[str]) -> None:
        """No table or view may have the file of another one's relations."""
        files = {f"{table.name}_relations": table for table in related if table.relations}
        for name in names:
            if name in files:
                self._report.error(
                    files[name].at,
                    f"the relations of '{files[name].name}' would generate the file '{name}.hpp', which "
                    f"'{name}' has; rename one",
                )

    # The relations that are written.

    def _written(self, table: Table, name: Scalar, record: Record) -> _Named | None:
        where = f"relation '{name.text}' of '{table.name}'"
        kinds = [kind for kind in KINDS if record.node.get(kind) is not None]
        if len(kinds) != 1:
            found = f"has {listed(kinds)}" if kinds else "has no kind"
            self._report.error(name.at, f"{where} {found}; expected exactly one of {listed(KINDS)}")
            return None
        kind = kinds[0]
        if not self._fitting_keys(where, kind, record):
            return None
        target = self._target(where, record[kind]) if record[kind] is not None else None
        if target is None:
            return None
        if kind == "belongs_to":
            return self._belongs_to(table, name, record, target)
        if kind == "many_to_many":
            return self._many_to_many(table, name, record, target)
        return self._has(table, name, record, target, kind)

    def _fitting_keys(self, where: str, kind: str, record: Record) -> bool:
        fits = True
        for key in ("through", "to"):
            if kind != "many_to_many" and record.given(key):
                self._report.error(
                    record.place(key), f"'{key}' of {where} belongs to many_to_many; remove it"
                )
                fits = False
        many = kind in ("has_many", "many_to_many")
        for key in () if many else ("order_by", "limit"):
            if record.given(key):
                self._report.error(
                    record.place(key), f"'{key}' of {where} is for relations to many rows; remove it"
                )
                fits = False
        if kind == "many_to_many" and not record.given("through"):
            self._report.error(
                record.place(kind), f"{where} lacks 'through', the table that refers to both; add it"
            )
            fits = False
        return fits and not (kind == "many_to_many" and record["through"] is None)

    def _target(self, where: str, written: Scalar) -> tuple[str, Table] | None:
        """The schema, empty for this one, and the table that is named; None when it is not there."""
        schema, _, name = written.text.rpartition(".")
        if not schema:
            table = self._own_table(where, written)
            return None if table is None else ("", table)
        if schema not in self._used:
            cure = f"expected {one_of(self._used)}" if self._used else f"add 'uses: [{schema}]' to the spec"
            self._report.error(
                written.at, f"unknown schema '{schema}' in {where}; {cure}{nearest(schema, self._used)}"
            )
            return None
        used = self._used[schema]
        if used is None:
            return None
        names = [table.name for table in used.tables]
        if name not in names:
            self._unknown_table(name, f"of schema '{schema}' in {where}", names, written.at)
            return None
        return schema, used.table(name)

    def _own_table(self, where: str, written: Scalar) -> Table | None:
        if written.text not in self._known:
            self._unknown_table(written.text, f"in {where}", self._known, written.at)
        return self._tables.get(written.text)

    def _unknown_table(self, name: str, where: str, names: Iterable[str], at: Location) -> None:
        names = list(names)
        self._report.error(
            at, f"unknown table '{name}' {where}; expected {one_of(names)}{nearest(name, names)}"
        )

    def _belongs_to(
        self, table: Table, name: Scalar, record: Record, target: tuple[str, Table]
    ) -> _Named | None:
        schema, other = target
        where = f"relation '{name.text}' of '{table.name}'"
        key = self._key(where, table, other, schema, record, "via")
        if key is None:
            return None
        relation = self._narrowing.read(where, _to_one(table, key, name.text, record.doc), record, other)
        # One that leaves rows out stands beside the key's own relation, unless it has its name.
        stands_for_key = not record.given("where") or name.text == implied_name(key)
        return _Named(relation, name.at, key if stands_for_key else None)

    def _has(
        self, table: Table, name: Scalar, record: Record, target: tuple[str, Table], kind: str
    ) -> _Named | None:
        schema, other = target
        where = f"relation '{name.text}' of '{table.name}'"
        if schema:
            self._report.error(
                record.place(kind),
                f"{where} names a table of schema '{schema}', which cannot refer to this one; declare it "
                "where the foreign key is",
            )
            return None
        key = self._key(where, other, table, "", record, "via")
        if key is None:
            return None
        if kind == "has_one" and not _is_unique(other, {*key.columns, other.guards.scope}):
            self._report.error(
                record.place(kind),
                f"{where} is a has_one, but several rows of '{other.name}' may have the same "
                f"{' and '.join(key.columns)}; make {_them(key.columns)} unique, or say has_many",
            )
            return None
        columns, ref_columns = _in_key_order(table, key.ref_columns, key.columns)
        relation = Relation(name.text, kind, other.name, "", columns, ref_columns, doc=record.doc)
        return _Named(self._narrowing.read(where, relation, record, other), name.at)

    def _many_to_many(
        self, table: Table, name: Scalar, record: Record, target: tuple[str, Table]
    ) -> _Named | None:
        schema, other = target
        where = f"relation '{name.text}' of '{table.name}'"
        through = self._own_table(where, record["through"])
        if through is None:
            return None
        if through is other:
            self._report.error(
                record["through"].at,
                f"'through' of {where} is the table that it leads to, which is not supported yet; link the "
                "rows by a table of its own",
            )
            return None
        other_key = None
        if record["to"] is not None:
            other_key = self._key(where, through, other, schema, record, "to")
            if other_key is None:
                return None
        own_key = self._key(where, through, table, "", record, "via", other_key)
        if own_key is not None and other_key is None:
            other_key = self._key(where, through, other, schema, record, "to", own_key)
        if own_key is None or other_key is None:
            return None
        columns, near = _in_key_order(table, own_key.ref_columns, own_key.columns)
        target_columns, far = _in_key_order(other, other_key.ref_columns, other_key.columns)
        relation = Relation(
            name.text,
            "many_to_many",
            other.name,
            schema,
            columns,
            near,
            through.name,
            far,
            target_columns,
            record.doc,
        )
        return _Named(self._narrowing.read(where, relation, record, other), name.at)

    def _key(
        self,
        where: str,
        owner: Table,
        target: Table,
        schema: str,
        record: Record,
        word: str,
        other: ddl.ForeignKey | None = None,
    ) -> ddl.ForeignKey | None:
        """The foreign key of `owner` to `target` that is meant; not the one that the other side took."""
        keys = [
            key
            for key in _keys(owner)
            if (key.ref_table, key.ref_schema) == (target.name, schema) and key != other
        ]
        shown = f"{schema}.{target.name}" if schema else target.name
        by = [" and ".join(key.columns) for key in keys]
        if not keys:
            another = "second " if other is not None and other.ref_table == target.name else ""
            self._report.error(
                record.node.at,
                f"{where} needs a {another}foreign key of '{owner.name}' to '{shown}', and there is none; "
                "add one",
            )
            return None
        written = record[word]
        if written is None:
            if len(keys) == 1:
                return keys[0]
            self._report.error(
                record.node.at,
                f"{where} could mean several foreign keys of '{owner.name}' to '{shown}' (by {one_of(by)}); "
                f"say which by '{word}'",
            )
            return None
        columns = [one.text for one in (written if isinstance(written, list) else [written])]
        for key in keys:
            if sorted(key.columns) == sorted(columns):
                return key
        self._report.error(
            record.place(word),
            f"'{word}' of {where} is {' and '.join(columns)}, which is no foreign key of '{owner.name}' to "
            f"'{shown}'; expected {one_of(by)}",
        )
        return None

    # The relations of foreign keys.

    def _implied(self, table: Table) -> Iterator[_Named]:
        for key in _keys(table):
            name = implied_name(key)
            if name:
                at = next((c.at for c in table.columns if (c.name,) == key.columns), table.at)
                yield _Named(_to_one(table, key, name), at, key)

    def _points_somewhere(self, one: _Named) -> bool:
        """False for a foreign key to something that is not there, which was reported."""
        to = one.relation
        if not to.schema:
            return to.table in self._tables
        used = self._used.get(to.schema)
        return used is not None and any(table.name == to.table for table in used.tables)

    # Names.

    def _without_collisions(
        self, table: Table, written: list[_Named], implied: list[_Named]
    ) -> Iterator[_Named]:
        owners = {column.name: f"column '{column.name}'" for column in table.columns}
        owners |= {embed.name: f"the embedded '{embed.name}'" for embed in table.embeds}
        owners |= {f"{column.name}_t": f"the tag type of column '{column.name}'" for column in table.columns}
        for one in (*written, *implied):
            name, is_implied = one.relation.name, one in implied
            problem = naming.cpp_problem(name)
            taken = next((owners[form] for form in (name, f"{name}_t") if form in owners), "")
            if problem or taken:
                self._report_name(table, one, is_implied, problem or f"the name of {taken}")
                continue
            owners |= {name: f"another relation '{name}'", f"{name}_t": f"the tag type of relation '{name}'"}
            yield one

    def _report_name(self, table: Table, one: _Named, is_implied: bool, problem: str) -> None:
        name = one.relation.name
        if not is_implied:
            self._report.error(
                one.at, f"relation '{name}' of '{table.name}' cannot have its name: {problem}; rename it"
            )
            return
        to = f"{one.relation.schema}.{one.relation.table}" if one.relation.schema else one.relation.table
        via = one.relation.columns[0]
        self._report.error(
            one.at,
            f"the relation of foreign key {via} of '{table.name}' would be '{name}', and cannot: {problem}; "
            f"name it by 'relations: {{other_name: {{belongs_to: {to}, via: {via}}}}}'",
        )


def implied_name(key: ddl.ForeignKey) -> str:
    """The name of the relation that a foreign key makes by itself: its column without `_id`; empty where the
    column does not end so, and for several columns.

    >>> implied_name(ddl.ForeignKey("k", ("shelf_id",), "shelves", ("id",)))
    'shelf'
    >>> implied_name(ddl.ForeignKey("k", ("created_by",), "users", ("id",)))
    ''
    """
    first, *others = key.columns
    return first.removesuffix("_id") if first.endswith("_id") and not others else ""


def _is_unique(table: Table, columns: set[str]) -> bool:
    """Whether at most one row that relations see has the same values in these columns, none of them NULL: one
    that lives, where deleted ones stay.
    """
    sets = [*table.unique_sets]
    living = table.guards.soft_delete.living if table.guards.keeps_living_unique else None
    for index in table.indexes:
        names = index.key_columns
        not_null = {f"{names[0]} is not null", f'"{names[0]}" is not null'} if len(names) == 1 else set()
        where = index.where
        if index.unique and names and (where == living or ddl.one_space(where).lower() in not_null):
            sets.append(frozenset(names))
    return any(unique <= columns for unique in sets)


def _keys(table: Table) -> list[ddl.ForeignKey]:
    """Its foreign keys, but those that name more columns on one side, which was reported."""
    return [key for key in table.foreign_keys if len(key.columns) == len(key.ref_columns)]


def _to_one(table: Table, key: ddl.ForeignKey, name: str, doc: str = "") -> Relation:
    return Relation(name, "belongs_to", key.ref_table, key.ref_schema, key.columns, key.ref_columns, doc=doc)


def _in_key_order(
    table: Table, columns: tuple[str, ...], others: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both lists, the pairs in the order of the table's primary key where that is what the columns are."""
    if set(columns) != set(table.primary_key):
        return columns, others
    pairs = dict(zip(columns, others, strict=True))
    return table.primary_key, tuple(pairs[column] for column in table.primary_key)


def _them(columns: tuple[str, ...]) -> str:
    return "it" if len(columns) == 1 else "them together"
