// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/repository/detail/key_text.hpp>
#include <forge_db/repository/find_statement.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Why a change that named a version found no row.
namespace forge_db::detail {

[[noreturn]] inline void refuse_stale(std::string_view call, std::string_view table, std::string_view column,
                                      std::string const& key, std::int64_t expected, std::int64_t found) {
  error_context context;
  context.table = table;
  context.column = column;
  throw stale_row("forge_db: " + std::string(call) + " requires the row with key " + key + " to have version " +
                      std::to_string(expected) + ", and it has " + std::to_string(found) +
                      "; read it again and repeat the change",
                  expected, found, std::move(context));
}

[[noreturn]] inline void refuse_gone(std::string_view call, std::string_view table, std::string const& key) {
  error_context context;
  context.table = table;
  throw not_found("forge_db: " + std::string(call) + " requires a row with key " + key + "; it is gone",
                  std::move(context));
}

/// The version of the row as it is now. Throws not_found.
template <class Row, class Session>
auto found_version(Session& session, std::string_view call, key_of<Row> const& key, standing<Row> const& conditions) {
  using version = typename table<Row>::optimistic_lock;
  std::optional<Row> const row = session.first(find_statement<Row>{{}, key, conditions});
  if (!row) refuse_gone(call, table<Row>::name, key_text<Row>(key));
  return field_at<version::index>(fields_of<Row, table<Row>::columns::size>(*row));
}

/// Throws stale_row, or not_found where the row is gone.
template <class Row, class Session, class Version>
[[noreturn]] void refuse_change(Session& session, std::string_view call, key_of<Row> const& key,
                                standing<Row> const& conditions, Version expected) {
  auto const found = found_version<Row>(session, call, key, conditions);
  refuse_stale(call, table<Row>::name, table<Row>::optimistic_lock::name, key_text<Row>(key), expected, found);
}

}  // namespace forge_db::detail
