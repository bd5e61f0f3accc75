// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/span_source.hpp>

#include <exception>

namespace forge_db::sqlite::detail {

/// The name that sqlite3_bind_pointer and the span table agree on; the same literal object on both sides is not needed.
inline constexpr char span_pointer_type[] = "forge_db::span_source";

/// What the pointer of a bound span leads to. An exception of a cell cannot cross SQLite: it waits here for step().
struct span_binding {
  span_source source;
  std::exception_ptr failure{};
};

}  // namespace forge_db::sqlite::detail
