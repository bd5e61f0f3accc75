# SPDX-License-Identifier: MIT
"""Builds a checked Schema of one spec, or reports everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from forge_codegen import naming
from forge_codegen.model.full_text import FullText
from forge_codegen.model.guards import Guards
from forge_codegen.model.queries import NamedQuery
from forge_codegen.model.schema import (
    Enum,
    EveryStart,
    Repository,
    Schema,
    Struct,
    Table,
    View,
)
from forge_codegen.model.types import Type
from forge_codegen.spec.analytics import AnalyticsReader
from forge_codegen.spec.behaviours import read_behaviours
from forge_codegen.spec.collisions import Collisions, refuse_shared_names
from forge_codegen.spec.column_builder import ColumnBuilder
from forge_codegen.spec.columns import ColumnDraft, read_columns, refuse_width
from forge_codegen.spec.diagnostics import Reporter, nearest, one_of
from forge_codegen.spec.engine_rules import check_index_names, refuse_postgres_columns, refuse_real_first
from forge_codegen.spec.enums import read_enums
from forge_codegen.spec.full_text import FullTextReader
from forge_codegen.spec.guards import GuardsReader, living_uniques
from forge_codegen.spec.named_queries import QueriesReader
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.object_trials import try_out
from forge_codegen.spec.query_values import Known
from forge_codegen.spec.references import References, TableDraft
from forge_codegen.spec.relations import RelationsReader
from forge_codegen.spec.repository import RepositoryReader
from forge_codegen.spec.shapes import Record
from forge_codegen.spec.sql_texts import check_measures, check_postgres_texts, check_sql_texts
from forge_codegen.spec.structs import (
    EmbedDraft,
    EmbedReader,
    StructDraft,
    read_structs,
    refuse_key_in_struct,
)
from forge_codegen.spec.table_options import read_options
from forge_codegen.spec.table_parts import PartsReader, TableParts
from forge_codegen.spec.trial_tables import Source
from forge_codegen.spec.views import ReadView, TriggersReader, ViewsReader


def read_schema(path: Path, record: Record, used: Mapping[str, Schema | None], report: Reporter) -> Schema:
    """The schema of the spec at `path`, which holds `record`; not whole when anything was reported. A used
    schema is None when it has errors of its own.
    """
    source = f"{path.resolve().parent.name}/{path.name}"
    return replace(_SchemaReader(record, source, used, report).read(), licence=_licence(path))


def _licence(path: Path) -> str:
    """The spec's own SPDX line, which its generated files carry on; empty when it has none."""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if not line.startswith("#"):
            return ""
        if line[1:].strip().startswith("SPDX-License-Identifier:"):
            return line[1:].strip()
    return ""


class _SchemaReader:
    """Builds the Schema; what is wrong is reported and left out, so that the rest is still checked."""

    def __init__(
        self, record: Record, source: str, used: Mapping[str, Schema | None], report: Reporter
    ) -> None:
        self._record = record
        self._source = source
        self._used = used
        self._report = report
        self._enums: dict[str, Enum] = {}
        self._mixins: dict[str, list] = {}
        self._structs: dict[str, StructDraft] = {}
        self._struct_models: dict[str, Struct] = {}
        self._collisions = Collisions(report)
        self._dialects: tuple[str, ...] = ()
        self._whole = not report.failed  # else columns may be missing of which SQL texts speak

    def read(self) -> Schema:
        record = self._record
        name = record["schema"].text if record["schema"] is not None else ""
        namespace = record["namespace"].text if record["namespace"] is not None else name
        self._check_namespace(namespace)
        self._enums = read_enums(record.get("enums", []), self._collisions, self._report)
        self._mixins = {mixin.text: columns or [] for mixin, columns in record.get("mixins", [])}
        dialects = tuple(dialect.text for dialect in record.get("dialects", []))
        if record["dialects"] == [] and not record.node.get("dialects").items:
            self._report.error(record.place("dialects"), "'dialects' is empty; name at least one")
        self._dialects = dialects or ("sqlite", "postgres")
        self._columns = ColumnBuilder(self._enums, self._dialects, self._report)
        self._structs = read_structs(record.get("structs", []), self._enums, self._collisions, self._report)
        tables, views = self._read_tables()
        steps = tuple(self._steps())
        enums = tuple(self._enums.values())
        uses = tuple(used for used in self._used.values() if used is not None)
        structs = tuple(self._struct_models.values())
        schema = Schema(
            name,
            namespace,
            self._source,
            tables,
            enums,
            steps,
            record.doc,
            views=views,
            uses=uses,
            structs=structs,
        )
        refuse_shared_names(schema, record.place("uses"), self._report)
        return replace(schema, queries=self._read_queries(schema))

    def _read_queries(self, schema: Schema) -> tuple[NamedQuery, ...]:
        """Queries are tried out against the whole schema, so only where nothing else is wrong with it."""
        entries = self._record.get("queries", [])
        if not entries:
            return ()
        self._collisions.add_query_namespace(self._record.place("queries"))
        if self._report.failed or None in self._used.values():
            return ()
        known = Known.of(schema.tables, schema.views, list(schema.all_used()))
        reader = QueriesReader(self._enums, self._dialects, known, self._collisions, self._report)
        return reader.read(entries)

    def _steps(self) -> Iterator[EveryStart]:
        lines: dict[str, int] = {}
        for step in self._record.get("every_start", []):
            name = step["name"]
            if name is None or step["doc"] is None:
                continue
            problem = naming.step_problem(name.text)
            if problem:
                self._report.error(
                    name.at, f"step name '{name.text}' is no name for C++: {problem}; rename it"
                )
            if name.text in lines:
                self._report.error(
                    name.at,
                    f"step '{name.text}' appears twice in 'every_start' (first in line {lines[name.text]}); "
                    "remove one",
                )
            lines.setdefault(name.text, name.at.line)
            yield EveryStart(name.text, step.doc)

    def _check_namespace(self, namespace: str) -> None:
        key = "namespace" if self._record.given("namespace") else "schema"
        cure = "choose another" if key == "namespace" else "add 'namespace:' with another name"
        problem = naming.namespace_problem(namespace)
        if problem:
            self._report.error(
                self._record.place(key),
                f"'{namespace}' cannot be the C++ namespace: {problem}; {cure}",
            )

    def _read_tables(self) -> tuple[tuple[Table, ...], tuple[View, ...]]:
        entries = [(name, record) for name, record in self._record.get("tables", []) if record is not None]
        if self._record["tables"] == [] and not self._record.node.get("tables").entries:
            self._report.error(self._record.place("tables"), "a schema without tables; add one")
        tables: dict[str, TableDraft] = {}
        parts: dict[str, TableParts] = {}
        embeds: dict[str, list[EmbedDraft]] = {}
        guards: dict[str, Guards] = {}
        for name, record in entries:
            drafts = read_columns(self._with_mixins(name, record), self._enums, self._report)
            embeds[name.text] = EmbedReader(self._structs, name.text, self._report).read(record, drafts)
            own = sum(column is not None for _, column in record.get("columns", []))
            drafts[own:own] = [draft for embed in embeds[name.text] for draft in embed.drafts]
            refuse_width("table", name, drafts, self._report)
            if "postgres" in self._dialects:
                refuse_postgres_columns(drafts, self._report)
            reader = PartsReader(name.text, [draft.text for draft in drafts], self._report, self._dialects)
            read = reader.read(record, drafts)
            guarding = GuardsReader(name.text, drafts, self._enums, self._report)
            guards[name.text] = guarding.read(record["repository"], read.primary_key)
            parts[name.text] = living_uniques(guards[name.text], name.text, read)
            tables[name.text] = self._draft(name, record, drafts, parts[name.text])
            if self._checks_sql(record):
                check_sql_texts(name.text, record, drafts, self._report)
                check_measures(name.text, record["repository"], drafts, self._report)
            if "postgres" in self._dialects:
                check_postgres_texts(drafts, self._report)
        known = {name.text for name, _ in self._record.get("tables", [])}
        name = self._record["schema"].text if self._record["schema"] is not None else ""
        references = References(name, tables, known, self._used, self._report)
        for struct in self._structs.values():
            references.resolve_struct(struct.name.text, struct.drafts)
        references.resolve_all()
        self._build_structs()
        built = [
            replace(
                self._build(name, record, tables[name.text], parts[name.text], embeds[name.text]),
                guards=guards[name.text],
            )
            for name, record in entries
        ]
        if not self._report.failed:
            built = read_behaviours(built, [record["repository"] for _, record in entries], self._report)
        triggers = TriggersReader(self._dialects, self._report)
        of_tables = [triggers.read(name.text, record) for name, record in entries]
        views = self._read_views(references, triggers)
        check_index_names(built, [read.view.name for read in views], self._report)
        all_read = len(views) == len(self._record.get("views", []))
        if all_read and all(self._checks_sql(record) for _, record in entries):
            sources = [Source.of_drafts(name, table.drafts, parts[name]) for name, table in tables.items()]
            for used in filter(None, self._used.values()):
                sources += [Source.of_used(one) for one in (*used.tables, *used.views)]
            try_out(sources, views, [one for read in of_tables for one in read], self._report)
        relations = RelationsReader(built, known, self._used, self._dialects, self._report)
        whole = tuple(
            replace(
                table, triggers=tuple(one.trigger for one in read), relations=relations.read(table, record)
            )
            for table, read, (_, record) in zip(built, of_tables, entries, strict=True)
        )
        relations.refuse_file_names(whole, [*known, *(read.view.name for read in views)])
        return whole, tuple(read.view for read in views)

    def _read_views(self, references: References, triggers: TriggersReader) -> list[ReadView]:
        reader = ViewsReader(
            self._enums, self._dialects, references, self._collisions, triggers, self._columns, self._report
        )
        return reader.read(self._record.get("views", []))

    def _checks_sql(self, record: Record) -> bool:
        """Whether all columns of the table are known and its SQL is for SQLite."""
        known = all(mixin.text in self._mixins for mixin in record.get("mixins", []))
        embedded = all(self._knows_struct(content) for _, content in record.get("embed", []))
        return self._whole and known and embedded and "sqlite" in self._dialects

    def _knows_struct(self, content: Scalar | Record | None) -> bool:
        name = content["struct"] if isinstance(content, Record) else content
        return name is not None and name.text in self._structs

    def _with_mixins(self, table: Scalar, record: Record) -> list[tuple[Scalar, Record | None]]:
        own = record.get("columns", [])
        columns = list(own)
        names = {name.text: f"line {name.at.line}" for name, _ in own}
        for mixin in record.get("mixins", []):
            if mixin.text not in self._mixins:
                hint = nearest(mixin.text, self._mixins)
                known = f"expected {one_of(self._mixins)}" if self._mixins else "this schema has no mixins"
                self._report.error(
                    mixin.at, f"unknown mixin '{mixin.text}' in table '{table.text}'; {known}{hint}"
                )
            for name, column in self._mixins.get(mixin.text, []):
                if name.text in names:
                    self._report.error(
                        mixin.at,
                        f"mixin '{mixin.text}' brings column '{name.text}', which table '{table.text}' "
                        f"has already ({names[name.text]}); remove one",
                    )
                    continue
                names[name.text] = f"mixin '{mixin.text}'"
                columns.append((name, column))
        if record["columns"] is not None and not columns:
            self._report.error(record.place("columns"), f"table '{table.text}' has no columns; add one")
        return columns

    def _build_structs(self) -> None:
        for name, struct in self._structs.items():
            for draft in struct.drafts:
                draft.built = self._columns.build(draft)
            columns = tuple(draft.built for draft in struct.drafts if draft.built is not None)
            self._struct_models[name] = Struct(name, struct.type_name, columns, struct.doc)

    def _draft(
        self, name: Scalar, record: Record, drafts: list[ColumnDraft], parts: TableParts
    ) -> TableDraft:
        if (
            not parts.primary_key
            and not record.given("primary_key")
            and not self._damaged_columns(record, drafts)
        ):
            self._report.error(
                name.at,
                f"table '{name.text}' has no primary key; add 'primary_key: true' to a column, or "
                "'primary_key: [a, b]' to the table",
            )
        typed = any(draft.record["typed"] and (draft.text,) == parts.primary_key for draft in drafts)
        struct = record["struct"].text if record["struct"] is not None else naming.struct_name(name.text)
        struct_at = record.place("struct") if record.given("struct") else name.at
        self._collisions.check_columns([draft.name for draft in drafts])
        refuse_key_in_struct(record, drafts, parts.primary_key, self._report)
        for draft in drafts:
            if draft.record["secret"] and draft.text in parts.primary_key:
                self._report.error(
                    draft.record.place("secret"),
                    f"'secret' of column '{draft.text}' has no place in a primary key, by which reports name "
                    "the row; take another key",
                )
        self._collisions.add_table(name.text, name.at, struct, struct_at, typed)
        sets = [parts.primary_key, *(unique.columns for unique in parts.uniques)]
        sets += [index.plain_columns for index in parts.indexes if index.is_key]
        unique_sets = frozenset(map(frozenset, sets))
        return TableDraft(name.text, drafts, parts.primary_key, unique_sets, parts.foreign_keys, typed)

    def _damaged_columns(self, record: Record, drafts: list[ColumnDraft]) -> bool:
        """Whether the key may be among the columns that could not be read."""
        read = record["columns"]
        written = record.node.get("columns")
        return (
            read is None
            or any(c is None for _, c in read)
            or len(read) != len(getattr(written, "entries", read))
        )

    def _build(
        self, name: Scalar, record: Record, table: TableDraft, parts: TableParts, embeds: list[EmbedDraft]
    ) -> Table:
        read = (column for draft in table.drafts if (column := self._columns.build(draft)) is not None)
        columns = tuple(sorted(read, key=lambda column: column.generated is not None))
        if "sqlite" in self._dialects:
            refuse_real_first(table, columns, self._report)
        types = {draft.text: None if draft.broken else draft.type for draft in table.drafts}
        for broken, column in record.get("columns", []):
            if column is None:
                types[broken.text] = None
        full_text = self._full_text(name, record, types, parts, table)
        secret = {column.name for column in columns if column.secret}
        repository: Repository = RepositoryReader(
            name.text, types, parts.primary_key, self._report, record.given("full_text"), secret
        ).read(record["repository"])
        struct = record["struct"].text if record["struct"] is not None else naming.struct_name(name.text)
        analytics = AnalyticsReader(name.text, struct, types, self._dialects, self._report)
        repository = replace(repository, analytics=analytics.read(record["repository"], self._collisions))
        was = record["was"].text if record["was"] is not None else ""
        options = read_options(name.text, record, parts.autoincrement, self._dialects, self._report)
        return Table(
            name=name.text,
            struct=struct,
            columns=columns,
            primary_key=parts.primary_key,
            repository=repository,
            at=name.at,
            autoincrement=parts.autoincrement,
            uniques=parts.uniques,
            checks=parts.checks,
            indexes=parts.indexes,
            doc=record.doc,
            was=was,
            table_keys=tuple(draft.key for draft in parts.foreign_keys),
            strict=options.strict,
            without_rowid=options.without_rowid,
            adopt=options.adopt,
            embeds=tuple(embed.placed(columns, self._struct_models) for embed in embeds),
            full_text=full_text,
        )

    def _full_text(
        self,
        name: Scalar,
        record: Record,
        types: dict[str, Type | None],
        parts: TableParts,
        table: TableDraft,
    ) -> FullText | None:
        secret = {draft.text for draft in table.drafts if draft.record["secret"]}
        reader = FullTextReader(name.text, parts.primary_key, types, secret)
        found = reader.read(record["full_text"], bool(record["without_rowid"]), self._report)
        if found is not None:
            self._collisions.add_full_text(name.text, set(types), record.place("full_text"))
        return found
