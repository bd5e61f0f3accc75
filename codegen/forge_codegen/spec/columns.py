# SPDX-License-Identifier: MIT
"""Reads a column's type and options; the same reading serves specs and migration files."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from forge_codegen import naming
from forge_codegen.model.schema import Column, Enum, Reference
from forge_codegen.model.types import KINDS, LENIENT, STORED, Type
from forge_codegen.spec.diagnostics import Location, Reporter, nearest, one_of
from forge_codegen.spec.nodes import Scalar
from forge_codegen.spec.shapes import Record

COLUMN_LIMIT = 100  # Boost.PFR walks at most so many fields

# Keys that belong to one type, and that type.
ONLY_FOR = {
    "length": ("string",),
    "precision": ("decimal",),
    "scale": ("decimal",),
    "dimensions": ("vector",),
    "of": ("json",),
    "lenient": ("json", *LENIENT),
    "storage": STORED,
}

NEEDED_BY = (("length", "string"), ("precision", "decimal"), ("scale", "decimal"), ("dimensions", "vector"))


@dataclass
class ColumnDraft:
    """A column while it is being checked. `type` stays None until a reference is resolved, or when it is
    wrong.
    """

    name: Scalar
    record: Record
    type: Type | None = None
    reference: Reference | None = None
    reference_at: Location | None = None
    id_of: str = ""
    broken: bool = False
    resolving: bool = field(default=False, repr=False)
    # Of a column that an embedded struct brings: the struct's column, and how the table embeds it.
    origin: ColumnDraft | None = field(default=None, repr=False)
    prefix: str = ""
    in_nullable: bool = False
    noun: str = "column"  # what messages call it
    built: Column | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        return self.name.text

    @property
    def at(self) -> Location:
        return self.name.at

    @property
    def nullable(self) -> bool:
        return bool(self.record["nullable"]) or self.in_nullable


def read_columns(
    entries: list[tuple[Scalar, Record | None]], enums: Lookup[str, Enum] | None, report: Reporter
) -> list[ColumnDraft]:
    """Drafts in order. `enums` None means that enum names are not checked (migration files outlive enums)."""
    drafts = []
    for name, record in entries:
        if record is None:
            continue
        problem = naming.column_problem(name.text)
        if problem:
            report.error(name.at, f"column name '{name.text}' is no name for C++: {problem}; rename it")
        draft = ColumnDraft(name, record)
        read_type(draft, enums, report)
        _check_flags(draft, report)
        drafts.append(draft)
    return drafts


def refuse_width(kind: str, name: Scalar, columns: list[ColumnDraft], report: Reporter) -> None:
    """Refuses a table or view with more columns than a struct can have fields."""
    if len(columns) > COLUMN_LIMIT:
        report.error(
            name.at,
            f"{kind} '{name.text}' has {len(columns)} columns; more than {COLUMN_LIMIT} are not supported "
            f"yet, split the {kind}",
        )


def read_type(draft: ColumnDraft, enums: Lookup[str, Enum] | None, report: Reporter) -> None:
    """Reads what the column is, unless it refers to another one."""
    record, name = draft.record, draft.text
    if record.given("references"):
        if record["references"] is not None:
            table, _, column = record["references"].text.rpartition(".")
            schema, _, table = table.rpartition(".")
            on_delete = record["on_delete"].text if record["on_delete"] is not None else "no_action"
            draft.reference = Reference(table, column, on_delete, schema)
            draft.reference_at = record.place("references")
        else:
            draft.broken = True
        if enums is not None or draft.reference is None or not draft.reference.schema:
            _refuse_own_type(draft, report)
            return
        if not record.given("type"):
            report.error(
                draft.reference_at,
                f"{draft.noun} '{name}' refers to another schema, whose migrations are not known here; add "
                "the column's 'type'",
            )
            draft.broken = True
            return
    if record.given("on_delete") and draft.reference is None:
        report.error(
            record.place("on_delete"),
            f"'on_delete' of {draft.noun} '{name}' needs 'references'; add it, or remove this",
        )
    kind = _kind(draft, enums, report)
    if kind is None:
        draft.broken = True
        return
    for key, kinds in ONLY_FOR.items():
        if record.given(key) and kind not in kinds:
            report.error(
                record.place(key),
                f"'{key}' of {draft.noun} '{name}' is for type {' or '.join(kinds)}; "
                f"the {draft.noun} is {kind}, remove it",
            )
    draft.type = _type(draft, kind, report)
    draft.broken = draft.type is None


def _kind(draft: ColumnDraft, enums: Lookup[str, Enum] | None, report: Reporter) -> str | None:
    record, name = draft.record, draft.text
    kind = record["type"].text if record["type"] is not None else None
    if record.given("enum"):
        enum = record["enum"]
        if kind not in (None, "enum"):
            report.error(
                record.place("type"),
                f"{draft.noun} '{name}' names an enum and is of type '{kind}'; remove one of them",
            )
            return None
        if enum is not None and enums is not None and enum.text not in enums:
            known = f"expected {one_of(enums)}" if enums else "this schema has no enums"
            report.error(
                enum.at,
                f"unknown enum '{enum.text}' in {draft.noun} '{name}'; {known}{nearest(enum.text, enums)}",
            )
            return None
        return "enum" if enum is not None else None
    if kind == "enum" and enums is not None:
        report.error(
            record.place("type"),
            f"{draft.noun} '{name}' is an enum without a name; write "
            "'enum: <name>', of one of the schema's 'enums:'",
        )
        return None
    if kind is None and not record.given("type"):
        report.error(
            draft.at,
            f"{draft.noun} '{name}' lacks 'type'; expected {one_of(KINDS)}, "
            "or 'references: table.column', or 'enum: name'",
        )
    return kind


def _type(draft: ColumnDraft, kind: str, report: Reporter) -> Type | None:
    record, name = draft.record, draft.text
    for key, needed_by in NEEDED_BY:
        if kind == needed_by and record[key] is None:
            if not record.given(key):
                report.error(draft.at, f"{draft.noun} '{name}' of type {kind} lacks '{key}'; add it")
            return None
    precision, scale = record.get("precision", 0), record.get("scale", 0)
    if kind == "decimal" and scale > precision:
        report.error(
            record.place("scale"),
            f"'scale' of {draft.noun} '{name}' is {scale}; expected at most the precision {precision}",
        )
        return None
    storage = _storage(draft, kind, report)
    if kind == "decimal" and storage == "real" and precision > 15:
        report.error(
            record.place("precision"),
            f"'precision' of {draft.noun} '{name}' is {precision}; a real number holds 15 digits, lower it, "
            "or use another storage",
        )
    of = record["of"][0].text if record["of"] else ""
    if record["lenient"] and kind == "json" and not of:
        report.error(
            record.place("lenient"),
            f"'lenient' of {draft.noun} '{name}' needs 'of: [text]'; add it, or remove this",
        )
    enum = record["enum"].text if record["enum"] is not None else ""
    cpp, header = _cpp(draft, kind, report)
    return Type(
        kind,
        storage,
        record.get("length", 0) if kind == "string" else 0,
        precision if kind == "decimal" else 0,
        scale if kind == "decimal" else 0,
        record.get("dimensions", 0) if kind == "vector" else 0,
        of,
        bool(record["lenient"]),
        enum,
        cpp,
        header,
    )


def _cpp(draft: ColumnDraft, kind: str, report: Reporter) -> tuple[str, str]:
    """The user's own C++ type and its header."""
    given = draft.record["cpp"]
    if given is None or given["type"] is None or given["header"] is None:
        return "", ""
    written = given["type"]
    parts = [part for part in written.text.split("::") if part not in ("std", "forge_db")]
    problems = [naming.cpp_problem(part) for part in parts]
    problem = next(filter(None, problems), "")
    if written.text == "std::string":
        problem = "what columns of type text have anyway"
    if problem:
        report.error(
            written.at,
            f"'cpp' of {draft.noun} '{draft.text}' names '{written.text}': {problem}; name another type",
        )
    return written.text, given["header"].text


def _storage(draft: ColumnDraft, kind: str, report: Reporter) -> str:
    storages = [storage.name for storage in KINDS[kind].storages]
    given = draft.record["storage"]
    if given is None or len(storages) == 1:
        return storages[0]
    if given.text not in storages:
        report.error(
            given.at,
            f"'storage' of {draft.noun} '{draft.text}' is '{given.text}'; expected {one_of(storages)} "
            f"for type {kind}",
        )
        return storages[0]
    return given.text


def _refuse_own_type(draft: ColumnDraft, report: Reporter) -> None:
    for key in ("type", "enum", "cpp", *ONLY_FOR):
        if draft.record.given(key):
            report.error(
                draft.record.place(key),
                f"'{key}' of column '{draft.text}' has no place beside 'references'; "
                "the column takes the referenced key's type, remove it",
            )


def _check_flags(draft: ColumnDraft, report: Reporter) -> None:
    """Combinations that hold whatever the type turns out to be."""
    record, name = draft.record, draft.text
    if record["primary_key"] and record["lenient"]:
        report.error(
            record.place("lenient"),
            f"'lenient' of primary key '{name}' has no place; a key is readable, remove it",
        )
    if record["typed"] and record["cpp"] is not None:
        report.error(
            record.place("typed"),
            f"'typed' of column '{name}' beside 'cpp', which is a type of its own; remove one",
        )
    if record["on_update"] is not None and record["cpp"] is not None:
        report.error(
            record.place("on_update"),
            f"'on_update' of column '{name}' beside 'cpp' is not supported yet; remove one",
        )
    if record.given("generated"):
        _check_generated(draft, report)
    if record["primary_key"]:
        refuse_vector_key(draft, record.place("primary_key"), report)
        for key in ("nullable", "unique", "index"):
            if record[key]:
                cure = "a key is never null" if key == "nullable" else "a key is unique and indexed as it is"
                report.error(
                    record.place(key), f"'{key}' of primary key '{name}' has no place; {cure}, remove it"
                )
    else:
        for key in ("typed", "autoincrement"):
            if record[key]:
                report.error(
                    record.place(key),
                    f"'{key}' of column '{name}' is for a single-column primary key; "
                    "add 'primary_key: true', or remove it",
                )
    if draft.reference is not None and record["autoincrement"]:
        report.error(
            record.place("autoincrement"),
            f"'autoincrement' of column '{name}' has no place beside 'references'; the referenced row gives "
            "the number, remove one",
        )
    action = draft.reference.on_delete if draft.reference is not None else ""
    if action == "set_default" and not record.given("default"):
        report.error(
            record.place("on_delete"),
            f"'on_delete' of column '{name}' is set_default, but the column has no default; "
            "add 'default', or use set_null or another action",
        )
    if action == "set_null" and not record["nullable"]:
        report.error(
            record.place("on_delete"),
            f"'on_delete' of column '{name}' is set_null, but the column is not nullable; "
            "add 'nullable: true', or use another action",
        )
    if record["unique"] and record["index"] and not record["primary_key"]:
        report.error(
            record.place("index"),
            f"'index' of column '{name}' repeats the index that 'unique' makes; remove it",
        )
    if (
        record["autoincrement"]
        and record["primary_key"]
        and draft.type is not None
        and draft.type.kind not in ("int32", "int64")
    ):
        report.error(
            record.place("autoincrement"),
            f"'autoincrement' of column '{name}' needs type int64; the column is {draft.type.describe()}",
        )


def refuse_vector_key(draft: ColumnDraft, at: Location, report: Reporter) -> None:
    if draft.type is not None and draft.type.kind == "vector":
        report.error(at, f"column '{draft.text}' is a vector, which is no key; take another column")


# What writes a column, or numbers it.
WRITES = ("default", "client_default", "on_update", "primary_key", "autoincrement", "references")


def _check_generated(draft: ColumnDraft, report: Reporter) -> None:
    for key in WRITES:
        if draft.record[key] not in (None, False):
            later = " is not supported yet" if key == "references" else " has no place"
            report.error(
                draft.record.place(key),
                f"'{key}' of column '{draft.text}'{later} beside 'generated': the database computes the "
                "value; remove one",
            )
