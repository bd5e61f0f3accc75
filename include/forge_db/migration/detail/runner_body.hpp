// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/migration/detail/preview.hpp>
#include <forge_db/migration/detail/upgrade.hpp>
#include <forge_db/migration/runner.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace forge_db::migration {

namespace detail {

/// Whether it is a full-text index of the lists, or one of the tables in which FTS5 keeps that.
inline bool is_of_full_text(std::vector<list const*> const& schemas, std::string_view name) {
  for (list const* schema : schemas)
    for (full_text_def const& each : schema->full_texts)
      for (std::string_view const part : {"", "_data", "_idx", "_content", "_docsize", "_config"})
        if (same_name(std::string(each.name).append(part), name)) return true;
  return false;
}

}  // namespace detail

inline runner::runner(sqlite::database& database) : database_(&database) {}
inline runner::runner(sqlite::connection& connection) : connection_(&connection) {}

template <class Work>
auto runner::with_connection(Work const& work) {
  if (database_ == nullptr) return work(*connection_);
  bool entered = false;
  try {
    return database_->with_writer([&](sqlite::connection& writer) {
      entered = true;
      return work(writer);
    });
  } catch (read_only const&) {
    if (entered) throw;
    throw read_only(
        "forge_db: migration::runner requires the database to be writable; it was opened with options::read_only: give "
        "the runner a sqlite::connection of its own, which may be read-only where nothing is pending");
  }
}

inline report runner::upgrade(lists const& schemas, observer* watcher, upgrade_options const& options) {
  return with_connection([&](sqlite::connection& connection) {
    return detail::upgrade{connection, schemas, watcher, options}.run();
  });
}

inline upgrade_plan runner::plan(lists const& schemas) {
  return with_connection([&](sqlite::connection& connection) { return detail::preview{connection, schemas}.run(); });
}

inline status_report runner::status(lists const& schemas) {
  return with_connection([&](sqlite::connection& connection) {
    status_report all;
    ledger book{connection};
    for (list const* schema : schemas) {
      schema_status one{schema->schema};
      auto const head = book.head(schema->schema);
      if (head && head->version >= 0) one.version = head->version;
      if (!schema->migrations.empty()) one.latest = schema->migrations.back().version;
      one.applied = book.rows(schema->schema);
      for (migration const& each : schema->migrations)
        if (!one.version || each.version > *one.version) one.pending.push_back(each.version);
      one.accepted = book.accepted(schema->schema);
      one.problems = detail::ledger_check{*schema, one.applied, head}.problems();
      all.schemas.push_back(std::move(one));
    }
    return all;
  });
}

inline verification runner::verify(lists const& schemas) {
  return with_connection([&](sqlite::connection& connection) {
    verification all;
    live_schema const live = introspect(connection);
    ledger book{connection};
    for (list const* schema : schemas) {
      schema_verification one{schema->schema};
      auto const head = book.head(schema->schema);
      if (head && head->version >= 0) one.version = head->version;
      detail::split_differences found{detail::compare_final(*schema, live), book.accepted(schema->schema)};
      one.drift = std::move(found.drift);
      one.accepted = std::move(found.accepted);
      one.problems = detail::ledger_check{*schema, book.rows(schema->schema), head}.problems();
      all.schemas.push_back(std::move(one));
    }
    for (auto const& [name, table] : live.tables) {
      bool ours = is_ledger_table(name);
      for (list const* schema : schemas)
        for (table_def const& each : schema->tables) ours |= detail::same_name(each.name, name);
      if (!ours) all.not_ours.push_back(table.name);
    }
    for (std::string const& other : live.others)
      if (!detail::is_of_full_text(schemas, other)) all.not_ours.push_back(other);
    return all;
  });
}

inline void runner::down(list const&, int) { throw not_supported("forge_db: migrating down is not supported yet"); }
inline void runner::upgrade_to(list const&, int) {
  throw not_supported("forge_db: migrating to a version is not supported yet");
}
inline void runner::baseline(list const&, int) { throw not_supported("forge_db: a baseline is not supported yet"); }
inline void runner::squash(list const&, int) {
  throw not_supported("forge_db: squashing migrations is not supported yet");
}

}  // namespace forge_db::migration
