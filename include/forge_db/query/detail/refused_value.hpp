// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <string_view>
#include <utility>

// A codec or the driver that refuses a value does not know its column; whoever binds the column does.
namespace forge_db::detail {

/// Throws the latest exception again, with names unless it has some. Called in its handler only.
[[noreturn]] inline void name_refused(invalid_value const& refused, std::string_view table, std::string_view column) {
  if (!refused.context().column.empty()) throw;
  error_context context = refused.context();
  context.table = table;
  context.column = column;
  throw invalid_value(refused.message(), std::move(context));
}

}  // namespace forge_db::detail
