# SPDX-License-Identifier: MIT
"""C++ programs for random specs: one opens the databases of several projects, puts a row into each table that
can have one, reads it in every way that the spec asks for, and says what went wrong.
"""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path

from forge_codegen.emit.cpp_types import ColumnTypes, string_literal
from forge_codegen.model.relation import Relation
from forge_codegen.model.schema import Column, Schema, Table, View
from forge_codegen.project import load_projects

LITERALS = {
    "int32": "1", "int64": "1", "bool": "true", "float64": "1.0", "decimal": "{}",
    "text": '"x"', "string": '"x"', "bytes": "{}", "json": "{}", "vector": "{}",
    "uuid": "forge_db::uuid_v7()",
    "timestamp": "forge_db::timestamp::from_unix_us(1'000'000)", "date": "forge_db::date::from_unix_days(1)",
}  # fmt: skip


class Program:
    """The source of one C++ program that opens the databases of several projects."""

    def __init__(self) -> None:
        self._includes: list[str] = []
        self._parts: list[str] = []
        self.inserted = 0

    def add(self, folder: Path) -> None:
        with contextlib.chdir(folder):
            schemas = [one.schema for one in load_projects(sorted(Path("schema").glob("*.yaml")))]
        lists, steps, work = [], [], []
        for schema in schemas:
            for header in ("models", "repositories", "migrations", *(["queries"] if schema.queries else [])):
                self._includes.append(f"#include <{schema.name}/{header}.hpp>\n")
            argument = ""
            if schema.every_start:
                argument = f"steps_{schema.name}"
                overrides = "".join(
                    f" m::step_result {step.name}(forge_db::sqlite::write_session&) override"
                    " { return {}; }"
                    for step in schema.every_start
                )
                steps.append(f"  struct : ::{schema.namespace}::data_steps {{{overrides} }} {argument};\n")
            steps.append(
                f"  auto const& list_{schema.name} = ::{schema.namespace}::migrations({argument});\n"
            )
            lists.append(f"&list_{schema.name}")
        rows: dict[tuple[str, str], str] = {}
        for schema in schemas:
            self._insert_into(schema, rows, work)
            for table in (*schema.tables, *schema.views):
                repository = _repository(schema, table)
                work.append(f"    read({repository});\n")
                for block in table.repository.analytics:
                    work.append(f"    (void){repository}.{block.name}();\n")
            for table in schema.tables:
                self._read_relations(schema, table, work)
                _use_behaviours(schema, table, rows.get((schema.name, table.name)), work)
            for query in schema.queries:
                nothing = "".join(", {}" if one.is_list else ", std::nullopt" for one in query.parameters)
                work.append(f"    (void)::{schema.namespace}::queries::{query.name}(session{nothing});\n")
        self._parts.append(
            f"  std::puts({string_literal(folder.name)});\n  {{\n"
            + "".join(steps)
            + f"  m::runner::lists const lists{{{', '.join(lists)}}};\n  auto db = opened(lists);\n"
            + "  db.write([](auto& session) {\n"
            + "".join(work)
            + "  });\n  verified(db, lists);\n  }\n"
        )

    def _insert_into(self, schema: Schema, rows: dict[tuple[str, str], str], work: list[str]) -> None:
        """A row into each table whose required references are to tables that have one."""
        waiting = list(schema.tables)
        while ready := next((made for table in waiting if (made := _new_row(schema, table, rows))), None):
            table, fields = ready
            waiting.remove(table)
            row = f"row_{self.inserted}"
            self.inserted += 1
            rows[schema.name, table.name] = row
            new = f"::{schema.namespace}::New{table.struct}"
            repository = _repository(schema, table)
            work.append(f"    auto const {row} = inserted({repository}, {new}{{{fields}}});\n")
            work.append(f"    (void){row};\n")

    def _read_relations(self, schema: Schema, table: Table, work: list[str]) -> None:
        if not table.relations:
            return
        self._includes.append(f"#include <{schema.name}/{table.name}_relations.hpp>\n")
        loaded = [one for one in table.relations if _scopes_agree(schema, table, one)][:2]
        names = [f"::{schema.namespace}::{table.name}::{one.name}" for one in loaded]
        if not names:
            return
        repository = _repository(schema, table)
        work.append(f"    read_with({repository}, {', '.join(names)});\n")

    def text(self) -> str:
        return "".join([*self._includes, SUPPORT, "int main() {\n", *self._parts, "  return failures;\n}\n"])


def _repository(schema: Schema, table: Table | View) -> str:
    """A repository of the session, of a tenant where there are tenants."""
    scope = table.guards.scope if isinstance(table, Table) else ""
    tenant = f", {_literal(schema, ColumnTypes(schema, table), table.column(scope))}" if scope else ""
    return f"::{schema.namespace}::{table.struct}Repository{{session{tenant}}}"


def _use_behaviours(schema: Schema, table: Table, row: str | None, work: list[str]) -> None:
    """A call of each behaviour."""
    repository, of = _repository(schema, table), table.behaviours
    types = ColumnTypes(schema, table)

    def literals(columns: tuple[str, ...]) -> str:
        named = [table.column(name) for name in columns if name != table.guards.scope]
        return ", ".join(_literal(schema, types, column) for column in named)

    if of.settings is not None:
        settings = f"{repository}.settings({literals(of.settings.scope)})"
        work.append(f'    require({settings}.increment("starts") == 1, "a setting that was not there");\n')
    if of.quota is not None:
        work.append(
            f'    require({repository}.quota({literals(of.quota.key)}).consume().used == 1, "a quota");\n'
        )
    if row is None:
        return
    if of.tree is not None:
        work.append(f'    require({repository}.subtree({row}.id).size() == 1, "a subtree");\n')
    if of.versions is not None:
        work.append(f'    require({repository}.versions({row}.id).total <= 1, "versions");\n')
    if of.tags and table.primary_key == ("id",):
        work.append(f'    require({repository}.add_tags({row}.id, {{"x"}}), "a tag");\n')


def _scopes_agree(schema: Schema, table: Table, relation: Relation) -> bool:
    """Whether with() takes it: rows of a tenant are found by rows of that tenant."""
    related = (schema.used(relation.schema) if relation.schema else schema).table(relation.table)
    way = [table, *([schema.table(relation.through)] if relation.through else []), related]
    return all(parent.guards.scope or not child.guards.scope for parent, child in itertools.pairwise(way))


def _new_row(schema: Schema, table: Table, rows: dict[tuple[str, str], str]) -> tuple[Table, str] | None:
    types = ColumnTypes(schema, table)
    referred = {}
    for key in table.foreign_keys:
        for column, target in zip(key.columns, key.ref_columns, strict=True):
            referred[column] = (key.ref_schema or schema.name, key.ref_table, target)
    if any(not embed.nullable for embed in table.embeds):
        return None
    fields = []
    for index, column in enumerate(table.columns):
        if any(embed.holds(index) for embed in table.embeds) or not _is_required(table, column):
            continue
        if column.name in referred:
            owner, name, target = referred[column.name]
            if (owner, name) not in rows:
                return None
            fields.append(f".{column.name} = {rows[owner, name]}.{target}")
        else:
            fields.append(f".{column.name} = {_literal(schema, types, column)}")
    return table, ", ".join(fields)


def _is_required(table: Table, column: Column) -> bool:
    numbered = table.generated_key and column.name in table.primary_key
    filled = numbered or column.name == table.guards.scope
    return not (column.nullable or column.has_default or column.generated is not None or filled)


def _literal(schema: Schema, types: ColumnTypes, column: Column) -> str:
    kind = column.type
    qualified = types.value(column, qualified=True)
    if kind.kind == "enum":
        enum = schema.enum(kind.enum)
        value = f"::{schema.namespace}::{enum.type_name}::{enum.values[0].enumerator}"
        return f"{qualified}{{{value}}}"
    literal = LITERALS[kind.kind]
    return f"{qualified}{{{literal}}}" if literal != "{}" else f"{qualified}{{}}"


SUPPORT = r"""
#include <forge_db/migration/migration.hpp>
#include <forge_db/repository/relations.hpp>
#include <forge_db/session/session.hpp>

#include <cstdio>

namespace m = forge_db::migration;

namespace {

int failures = 0;

void require(bool condition, char const* what) {
  if (condition) return;
  ++failures;
  std::puts(what);
}

void verified(forge_db::sqlite::database& db, m::runner::lists const& lists) {
  auto const found = m::runner{db}.verify(lists);
  require(found.clean() && found.not_ours.empty(), "the database is not what the lists say");
  auto const again = m::runner{db}.upgrade(lists);
  require(!again.has_drift(), "drift after an upgrade");
  for (auto const& schema : again.schemas) require(schema.up_to_date, "a second upgrade had something to do");
}

forge_db::sqlite::database opened(m::runner::lists const& lists) {
  forge_db::sqlite::options settings;
  settings.trusted_schema = true;  // the triggers of full-text indexes need it
  auto db = forge_db::sqlite::open(":memory:", settings);
  m::runner{db}.upgrade(lists);
  verified(db, lists);
  return db;
}

template <class Repository>
auto inserted(Repository const& repository, typename Repository::new_type const& row) {
  auto const before = repository.count();
  auto made = repository.insert(row);
  require(repository.count() == before + 1, "a row was inserted, and is not counted");
  return made;
}

template <class Repository>
void read(Repository const& repository) {
  auto const listed = static_cast<std::int64_t>(repository.list().rows.size());
  require(listed == repository.count(), "list and count differ");
}

template <class Rows>
std::int64_t size_of(Rows const& rows) {
  if constexpr (requires { rows.size(); }) {
    return static_cast<std::int64_t>(rows.size());
  } else {
    return rows.has_value() ? 1 : 0;
  }
}

template <class Repository, class... Relations>
void read_with(Repository const& repository, Relations... relations) {
  for (auto const& row : repository.with(relations..., forge_db::count_of(relations)...).list().rows) {
    bool const same = ((size_of(row[relations]) == row[forge_db::count_of(relations)]) && ...);
    require(same, "related rows and their count differ");
  }
}

}  // namespace

"""
