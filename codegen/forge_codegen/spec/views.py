# SPDX-License-Identifier: MIT
"""Reads `views:` and `triggers:`: their columns, keys, repositories and texts."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, replace

from forge_codegen import naming
from forge_codegen.model import ddl
from forge_codegen.model.ddl import mentions
from forge_codegen.model.schema import Enum, View
from forge_codegen.spec.analytics import AnalyticsReader
from forge_codegen.spec.collisions import Collisions
from forge_codegen.spec.column_builder import ColumnBuilder
from forge_codegen.spec.columns import ColumnDraft, read_columns, refuse_width
from forge_codegen.spec.diagnostics import Location, Reporter, nearest, one_of
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.object_texts import ObjectTexts
from forge_codegen.spec.references import References, TableDraft
from forge_codegen.spec.repository import RepositoryReader
from forge_codegen.spec.shapes import Record
from forge_codegen.spec.sql_texts import check_measures


@dataclass(frozen=True)
class ReadTrigger:
    """A trigger and the texts that it was read from."""

    trigger: ddl.Trigger
    record: Record


@dataclass(frozen=True)
class ReadView:
    """A view, where its texts stand, and its columns as they were declared."""

    view: View
    record: Record
    drafts: tuple[ColumnDraft, ...]
    triggers: tuple[ReadTrigger, ...]

    def text(self, dialect: str) -> Scalar:
        """The node of its SELECT."""
        written = self.record["sql"]
        return written if isinstance(written, Scalar) else written[dialect]


class TriggersReader:
    """Reads the triggers of all tables and views; their names are one space."""

    def __init__(self, dialects: tuple[str, ...], report: Reporter) -> None:
        self._texts = ObjectTexts(report, dialects)
        self._report = report
        self._owners: dict[str, str] = {}

    def read(self, owner: str, record: Record) -> tuple[ReadTrigger, ...]:
        """The triggers under a table or view."""
        found = []
        for name, texts in record.get("triggers", []):
            if name.text.startswith(naming.SQLITE_OWN):
                self._report.error(
                    name.at,
                    f"trigger name '{name.text}' is SQLite's, which keeps those with 'sqlite_' for itself; "
                    "rename it",
                )
            other = self._owners.setdefault(name.text, owner)
            if other != owner:
                self._report.error(
                    name.at, f"trigger '{name.text}' has the name of a trigger of '{other}'; rename one"
                )
            trigger = self._texts.trigger(name.text, owner, texts) if texts is not None else None
            if trigger is not None:
                found.append(ReadTrigger(trigger, texts))
        return tuple(found)


class ViewsReader:
    """Reads views in the order in which they can be made; their SELECTs are tried out by object_trials."""

    def __init__(
        self,
        enums: Lookup[str, Enum],
        dialects: tuple[str, ...],
        references: References,
        collisions: Collisions,
        triggers: TriggersReader,
        columns: ColumnBuilder,
        report: Reporter,
    ) -> None:
        self._enums = enums
        self._dialects = dialects
        self._texts = ObjectTexts(report, dialects)
        self._references = references
        self._collisions = collisions
        self._triggers = triggers
        self._columns = columns
        self._report = report

    def read(self, entries: list[tuple[Scalar, Record | None]]) -> list[ReadView]:
        """The views that could be read, each behind those it reads from."""
        read = [self._view(name, record) for name, record in entries if record is not None]
        return self._in_order([view for view in read if view is not None])

    def _view(self, name: Scalar, record: Record) -> ReadView | None:
        drafts = read_columns(record.get("columns", []), self._enums, self._report)
        self._check_columns(name, record, drafts)
        self._references.resolve(TableDraft(name.text, drafts, (), frozenset(), (), False))
        struct = record["struct"].text if record["struct"] is not None else naming.struct_name(name.text)
        struct_at = record.place("struct") if record.given("struct") else name.at
        self._collisions.check_columns([draft.name for draft in drafts])
        self._collisions.add_view(name.text, name.at, struct, struct_at)
        key = self._key(name, record, drafts)
        types = {draft.text: None if draft.broken else draft.type for draft in drafts}
        for broken, column in record.get("columns", []):
            if column is None:
                types[broken.text] = None
        secret = {draft.text for draft in drafts if draft.record["secret"]}
        reader = RepositoryReader(name.text, types, key, self._report, secret=secret)
        repository = reader.read(record["repository"])
        analytics = AnalyticsReader(name.text, struct, types, self._dialects, self._report)
        repository = replace(repository, analytics=analytics.read(record["repository"], self._collisions))
        if "sqlite" in self._dialects:
            check_measures(name.text, record["repository"], drafts, self._report)
        if not repository.sorts and not self._report.failed:
            self._report.error(
                name.at,
                f"view '{name.text}' has neither a 'key' nor a 'sort' in its 'repository'; lists need an "
                "order, add one of them",
            )
        triggers = self._triggers.read(name.text, record)
        columns = [self._columns.build(draft) for draft in drafts]
        sql = self._texts.view(name.text, record["sql"])
        if sql is None:
            return None
        view = View(
            name.text,
            struct,
            tuple(column for column in columns if column is not None),
            sql,
            repository,
            name.at,
            key,
            record["doc"].text.strip() if record["doc"] is not None else "",
            tuple(read.trigger for read in triggers),
        )
        return ReadView(view, record, tuple(drafts), triggers)

    def _check_columns(self, name: Scalar, record: Record, drafts: list[ColumnDraft]) -> None:
        if record["columns"] is not None and not record["columns"]:
            self._report.error(record.place("columns"), f"view '{name.text}' has no columns; name them")
        refuse_width("view", name, drafts, self._report)

    def _key(self, view: Scalar, record: Record, drafts: list[ColumnDraft]) -> tuple[str, ...]:
        known = {draft.text: draft for draft in drafts}
        written = record.node.get("columns")
        unread = {name.text for name, _ in getattr(written, "entries", ())} - known.keys()
        key: list[str] = []
        for name in record.get("key", []):
            draft = known.get(name.text)
            if name.text in unread:
                continue
            if draft is None:
                self._report.error(
                    name.at,
                    f"unknown column '{name.text}' in the key of view '{view.text}'; expected "
                    f"{one_of(known)}{nearest(name.text, known)}",
                )
            elif name.text in key:
                self._report.error(
                    name.at,
                    f"column '{name.text}' appears twice in the key of view '{view.text}'; remove one",
                )
            else:
                key.append(name.text)
                self._check_key_column(view.text, name.at, draft)
        if record["key"] == [] and not record.node.get("key").items:
            self._report.error(
                record.place("key"), f"the key of view '{view.text}' is empty; name its columns, or remove it"
            )
        return tuple(key)

    def _check_key_column(self, view: str, at: Location, draft: ColumnDraft) -> None:
        problem = ""
        if draft.record["secret"]:
            problem = "is secret"
        elif draft.nullable:
            problem = "is nullable"
        elif draft.type is not None and draft.type.lenient:
            problem = "is lenient"
        elif draft.type is not None and "equals" not in draft.type.filters:
            problem = f"is {draft.type.describe()}, which is not compared by '='"
        if problem:
            self._report.error(
                at, f"column '{draft.text}' in the key of view '{view}' {problem}; take another column"
            )

    def _in_order(self, views: list[ReadView]) -> list[ReadView]:
        """Views that are read from first, else as they were written."""
        ordered: list[ReadView] = []
        left = list(views)
        while left:
            free = next((one for one in left if not _names(one, (o for o in left if o is not one))), None)
            if free is None:
                names = ", ".join(one.view.name for one in left)
                self._report.error(
                    left[0].view.at,
                    f"the views {names} name each other in a cycle; a view reads from what is there "
                    "before it",
                )
                return [*ordered, *left]
            ordered.append(free)
            left.remove(free)
        return ordered


def _names(one: ReadView, others: Iterable[ReadView]) -> bool:
    """Whether a view's text names one of the others."""
    return any(mentions(text, other.view.name) for other in others for text in one.view.sql.texts)
