// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/sql_writer.hpp>
#include <forge_db/schema/table.hpp>

#include <string_view>

// Optimistic locking: table<Row>::optimistic_lock is the column to which every update of a row adds one.
namespace forge_db::detail {

template <class Row>
inline constexpr bool has_optimistic_lock = requires {
  typename table<Row>::optimistic_lock;
};

/// `"version" = "books"."version" + 1`
template <class Row>
constexpr void render_next_version(sql_writer& out) {
  std::string_view const version = table<Row>::optimistic_lock::quoted;
  out.text(version);
  out.text(" = ");
  out.text(table<Row>::quoted);
  out.text(".");
  out.text(version);
  out.text(" + 1");
}

}  // namespace forge_db::detail
