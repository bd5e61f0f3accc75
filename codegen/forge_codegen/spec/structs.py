# SPDX-License-Identifier: MIT
"""Reads `structs:` and a table's `embed:`: columns that tables share and rows hold as one C++ struct."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, replace

from forge_codegen import naming
from forge_codegen.model.schema import Column, Embed, Enum, Struct
from forge_codegen.spec.collisions import Collisions
from forge_codegen.spec.columns import ColumnDraft, read_columns
from forge_codegen.spec.diagnostics import Reporter, nearest, one_of
from forge_codegen.spec.nodes import Mapping, Scalar
from forge_codegen.spec.shapes import NOT_YET, Record

# Column keys that have no meaning in a struct yet, and what to write instead.
ONLY_IN_TABLES = {
    "check": "write it among the 'checks' of the tables",
    "generated": "write the column in the tables",
}


@dataclass
class StructDraft:
    """A struct while it is being checked."""

    name: Scalar
    type_name: str
    doc: str
    drafts: list[ColumnDraft]


@dataclass(frozen=True)
class EmbedDraft:
    """A struct in a table: the field's name, and the table's columns that it holds."""

    name: Scalar
    struct: StructDraft
    nullable: bool
    doc: str
    drafts: list[ColumnDraft]

    def placed(self, columns: tuple[Column, ...], structs: Lookup[str, Struct]) -> Embed:
        """The model of it, in a table of these columns."""
        first = self.drafts[0].text if self.drafts else ""
        place = next((index for index, column in enumerate(columns) if column.name == first), 0)
        return Embed(self.name.text, structs[self.struct.name.text], place, self.nullable, self.doc)


def read_structs(
    entries: list[tuple[Scalar, Record | None]],
    enums: Lookup[str, Enum],
    collisions: Collisions,
    report: Reporter,
) -> dict[str, StructDraft]:
    """The structs by name. What is wrong in one is reported here, once, and not where it is embedded."""
    found = {}
    for name, record in entries:
        struct = record["struct"] if record is not None else None
        type_name = struct.text if struct is not None else naming.pascal(name.text)
        collisions.add_struct(name.text, type_name, struct.at if struct is not None else name.at)
        columns = record.get("columns", []) if record is not None else []
        drafts = read_columns(columns, enums, report)
        if record is not None and record["columns"] == [] and not record.node.get("columns").entries:
            report.error(record.place("columns"), f"struct '{name.text}' has no columns; add one")
        collisions.check_columns([draft.name for draft in drafts])
        for draft in drafts:
            _refuse_keys(name.text, draft, report)
        doc = record.doc if record is not None else ""
        found[name.text] = StructDraft(name, type_name, doc, drafts)
    return found


def _refuse_keys(struct: str, draft: ColumnDraft, report: Reporter) -> None:
    what = f"of column '{draft.text}' in struct '{struct}'"
    if draft.record["primary_key"]:
        report.error(
            draft.record.place("primary_key"),
            f"'primary_key' {what} has no place; a key is made of the table's own columns, remove it",
        )
    for key, cure in ONLY_IN_TABLES.items():
        if draft.record.given(key):
            report.error(draft.record.place(key), f"'{key}' {what} {NOT_YET}; {cure}")


def refuse_key_in_struct(
    record: Record, drafts: list[ColumnDraft], key: tuple[str, ...], report: Reporter
) -> None:
    """Refuses a key of several columns that names one of a struct."""
    for draft in drafts:
        if draft.origin is not None and draft.text in key:
            report.error(
                record.place("primary_key"),
                f"column '{draft.text}' of the primary key belongs to an embedded struct; a key is made of "
                "the table's own columns",
            )


class EmbedReader:
    """Reads the embedded structs of one table."""

    def __init__(self, structs: Lookup[str, StructDraft], table: str, report: Reporter) -> None:
        self._structs = structs
        self._table = table
        self._report = report

    def read(self, record: Record, others: list[ColumnDraft]) -> list[EmbedDraft]:
        """The embeds of the table whose own and mixed-in columns are `others`."""
        taken = {draft.text: f"line {draft.at.line}" for draft in others}
        found = []
        for name, content in record.get("embed", []):
            if content is None:
                continue
            embed = self._embed(name, content)
            if name.text in taken:
                self._report.error(
                    name.at,
                    f"embed '{name.text}' of table '{self._table}' has the name of a column "
                    f"({taken[name.text]}); rename one",
                )
            if embed is not None:
                self._take_columns(embed, taken)
                found.append(embed)
        return found

    def _embed(self, name: Scalar, content: Scalar | Record) -> EmbedDraft | None:
        problem = naming.column_problem(name.text)
        if problem:
            self._report.error(name.at, f"embed name '{name.text}' is no name for C++: {problem}; rename it")
        given = content["struct"] if isinstance(content, Record) else content
        if given is None:
            return None
        struct = self._structs.get(given.text)
        if struct is None:
            known = f"expected {one_of(self._structs)}" if self._structs else "this schema has no structs"
            self._report.error(
                given.at,
                f"unknown struct '{given.text}' in embed '{name.text}' of table '{self._table}'; "
                f"{known}{nearest(given.text, self._structs)}",
            )
            return None
        nullable, prefix, doc = False, f"{name.text}_", ""
        if isinstance(content, Record):
            nullable = bool(content["nullable"])
            prefix = content["prefix"].text if content["prefix"] is not None else prefix
            doc = content.doc
            if nullable:
                self._check_nullable(name.text, struct, content)
        drafts = [_in_table(draft, name, prefix, nullable) for draft in struct.drafts]
        return EmbedDraft(name, struct, nullable, doc, drafts)

    def _take_columns(self, embed: EmbedDraft, taken: dict[str, str]) -> None:
        for draft in embed.drafts:
            if draft.text in taken:
                self._report.error(
                    draft.at,
                    f"embed '{embed.name.text}' brings column '{draft.text}', which table '{self._table}' "
                    f"has already ({taken[draft.text]}); rename one, or choose another 'prefix'",
                )
            if len(draft.text) > naming.SQL_NAME_LIMIT:
                self._report.error(
                    draft.at,
                    f"embed '{embed.name.text}' brings column '{draft.text}', which has {len(draft.text)} "
                    f"characters; PostgreSQL keeps {naming.SQL_NAME_LIMIT}, choose a shorter 'prefix'",
                )
            if naming.column_problem(draft.text):
                self._report.error(
                    draft.at,
                    f"embed '{embed.name.text}' brings column '{draft.text}', which is no name for C++: "
                    f"{naming.column_problem(draft.text)}; choose another 'prefix'",
                )
            taken.setdefault(draft.text, f"embed '{embed.name.text}'")

    def _check_nullable(self, name: str, struct: StructDraft, content: Record) -> None:
        """A struct that is not there is NULL in all columns, so nothing may fill some of them."""
        for draft in struct.drafts:
            for key in _filled_by_others(draft):
                self._report.error(
                    content.place("nullable"),
                    f"'nullable' of embed '{name}': column '{draft.text}' of struct '{struct.name.text}' has "
                    f"{key}, which would fill a part of a struct that is not there; remove one of the two",
                )


def _filled_by_others(draft: ColumnDraft) -> Iterator[str]:
    default = draft.record.node.get("default")
    if isinstance(default, Mapping):
        yield "a default of the database's"
    if draft.record["on_update"] is not None:
        yield "'on_update'"
    if draft.record["on_delete"] is not None and draft.record["on_delete"].text == "set_default":
        yield "'on_delete: set_default'"


def _in_table(draft: ColumnDraft, embed: Scalar, prefix: str, nullable: bool) -> ColumnDraft:
    """The draft of the table's column: it stands where the table says `embed`."""
    return ColumnDraft(
        Scalar(prefix + draft.text, embed.at),
        draft.record,
        reference=draft.reference,
        reference_at=draft.reference_at,
        origin=draft,
        prefix=prefix,
        in_nullable=nullable,
    )


def column_in_table(draft: ColumnDraft, of_struct: Column) -> Column:
    """The table's column for one of a struct. In a nullable embed all columns are, and what is a default of
    the table elsewhere is filled in by ForgeDB alone, when the struct is there.
    """
    column = of_struct
    if draft.in_nullable:
        filled = column.client_default or column.default
        column = replace(column, nullable=True, default=None, client_default=filled)
    was = draft.prefix + column.was if column.was else ""
    return replace(column, name=draft.text, at=draft.at, was=was)
