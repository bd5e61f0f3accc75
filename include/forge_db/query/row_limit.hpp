// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/sql_writer.hpp>

#include <concepts>
#include <cstdint>

namespace forge_db::detail {

/// The row limit of a select, in a type of its own so that its absence costs nothing.
struct no_count {
  template <class Sink>
  void bind(Sink&, int&) const {}
};
struct row_count {
  std::int64_t value;
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    sink.int64(index++, value);
  }
};

constexpr row_count checked_count(std::int64_t value, char const* message) {
  if (value < 0) throw invalid_value(message);
  return {value};
}

template <class Limit, class Offset>
constexpr void render_limit(sql_writer& out) {
  if constexpr (std::same_as<Limit, row_count>) {
    out.text(" limit ");
    out.parameter();
  } else if constexpr (std::same_as<Offset, row_count>) {
    if (!out.is_postgres()) out.text(" limit -1");  // SQLite has no offset without a limit
  }
  if constexpr (std::same_as<Offset, row_count>) {
    out.text(" offset ");
    out.parameter();
  }
}

}  // namespace forge_db::detail
