// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/migration/detail/sha256.hpp>
#include <forge_db/migration/ledger.hpp>

#include <string>
#include <utility>
#include <vector>

namespace forge_db::migration {

inline void ledger::create() {
  refuse_foreign_tables();
  connection_.execute_script(R"(
create table if not exists "_forge_ledger" (
    schema_name text not null,
    version integer not null,
    title text not null,
    hash text not null,
    chain text not null,
    outcome text not null,
    applied_at text not null,
    row_hash text not null,
    primary key (schema_name, version)
);
create table if not exists "_forge_head" (
    schema_name text not null primary key,
    version integer not null,
    chain text not null,
    fingerprint text not null,
    cookie integer not null
);
create table if not exists "_forge_accepted" (
    schema_name text not null,
    table_name text not null,
    element text not null,
    kind text not null,
    expected text not null,
    found text not null,
    primary key (schema_name, table_name, element, kind)
);
)");
}

inline void ledger::refuse_foreign_tables() {
  auto found = connection_.prepare_once(R"(
select t.name from sqlite_schema t join (
    select '_forge_ledger' as name, 'schema_name version title hash chain outcome applied_at row_hash' as columns
    union all select '_forge_head', 'schema_name version chain fingerprint cookie'
    union all select '_forge_accepted', 'schema_name table_name element kind expected found') own on own.name = lower(t.name)
where t.type in ('table', 'view')
    and own.columns <> (select group_concat(lower(c.name), ' ') from pragma_table_info(t.name) c))");
  if (!found.step()) return;
  std::string const name{found.text(0)};
  throw migration_failed("forge_db: upgrade requires " + name +
                         " to be free for ForgeDB's own record, and the database has something else of that name; "
                         "rename or drop it, as by ALTER TABLE \"" +
                         name + "\" RENAME TO \"old" + name + "\"; nothing was changed");
}

inline bool ledger::exists() {
  auto found = connection_.prepare_once("select 1 from sqlite_schema where type = 'table' and name = '_forge_head'");
  return found.step();
}

inline std::optional<ledger_head> ledger::head(std::string const& schema) {
  for (bool again = false;; again = true) {
    try {
      auto row = connection_.prepare_once(
          "select version, chain, fingerprint, cookie from \"_forge_head\" where schema_name = ?");
      row.text(1, schema);
      if (!row.step()) return std::nullopt;
      return ledger_head{static_cast<int>(row.int64(0)), std::string{row.text(1)}, std::string{row.text(2)},
                         row.int64(3)};
    } catch (sql_error const&) {
      if (!exists()) return std::nullopt;
      if (!again) continue;  // another process may have created it just now
      refuse_foreign_tables();
      throw;
    }
  }
}

inline void ledger::set_head(std::string const& schema, ledger_head const& head) {
  auto row = connection_.prepare_once(
      "insert into \"_forge_head\" (schema_name, version, chain, fingerprint, cookie) values (?, ?, ?, ?, ?)"
      " on conflict (schema_name) do update set version = excluded.version, chain = excluded.chain,"
      " fingerprint = excluded.fingerprint, cookie = excluded.cookie");
  row.text(1, schema);
  row.int64(2, head.version);
  row.text(3, head.chain);
  row.text(4, head.fingerprint);
  row.int64(5, head.cookie);
  row.step();
}

inline std::vector<ledger_row> ledger::rows(std::string const& schema) {
  std::vector<ledger_row> all;
  if (!exists()) return all;
  auto row = connection_.prepare_once(
      "select version, title, hash, chain, outcome, applied_at, row_hash from \"_forge_ledger\" where schema_name = ? "
      "order by version");
  row.text(1, schema);
  while (row.step())
    all.push_back({static_cast<int>(row.int64(0)), std::string{row.text(1)}, std::string{row.text(2)},
                   std::string{row.text(3)}, std::string{row.text(4)}, std::string{row.text(5)},
                   std::string{row.text(6)}});
  return all;
}

inline std::string ledger::hash_of(std::string const& schema, ledger_row const& row, std::string const& previous) {
  std::string text = previous;
  for (std::string const& field :
       {schema, std::to_string(row.version), row.title, row.hash, row.chain, row.outcome, row.applied_at})
    text += '\n' + std::to_string(field.size()) + ':' + field;
  return forge_db::detail::sha256_hex(text);
}

inline void ledger::append(std::string const& schema, ledger_row row) {
  auto const before = rows(schema);
  row.row_hash = hash_of(schema, row, before.empty() ? std::string{} : before.back().row_hash);
  auto insert = connection_.prepare_once("insert into \"_forge_ledger\" values (?, ?, ?, ?, ?, ?, ?, ?)");
  insert.text(1, schema);
  insert.int64(2, row.version);
  insert.text(3, row.title);
  insert.text(4, row.hash);
  insert.text(5, row.chain);
  insert.text(6, row.outcome);
  insert.text(7, row.applied_at);
  insert.text(8, row.row_hash);
  insert.step();
}

inline std::vector<difference> ledger::accepted(std::string const& schema) {
  std::vector<difference> all;
  if (!exists()) return all;
  auto row = connection_.prepare_once(
      "select kind, table_name, element, expected, found from \"_forge_accepted\" where schema_name = ?"
      " order by table_name, element, kind");
  row.text(1, schema);
  while (row.step())
    all.push_back({kind_of_text(row.text(0)), std::string{row.text(1)}, std::string{row.text(2)},
                   std::string{row.text(3)}, std::string{row.text(4)}});
  return all;
}

inline void ledger::set_accepted(std::string const& schema, std::vector<difference> const& all) {
  auto clear = connection_.prepare_once("delete from \"_forge_accepted\" where schema_name = ?");
  clear.text(1, schema);
  clear.step();
  for (difference const& each : all) {
    auto insert =
        connection_.prepare_once("insert into \"_forge_accepted\" values (?, ?, ?, ?, ?, ?) on conflict do nothing");
    insert.text(1, schema);
    insert.text(2, each.table);
    insert.text(3, each.element);
    insert.text(4, to_text(each.kind));
    insert.text(5, each.expected);
    insert.text(6, each.found);
    insert.step();
  }
}

inline void ledger::move_cookies(std::int64_t from, std::int64_t to) {
  auto update = connection_.prepare_once("update \"_forge_head\" set cookie = ? where cookie = ?");
  update.int64(1, to);
  update.int64(2, from);
  update.step();
}

}  // namespace forge_db::migration
