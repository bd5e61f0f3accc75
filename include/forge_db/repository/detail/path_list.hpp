// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/repository/detail/json_item.hpp>
#include <forge_db/repository/detail/tree_parts.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <utility>

namespace forge_db::detail {

/// The names of a path in a tree as a JSON list. Throws invalid_value for a name that would be taken for another.
template <class Row>
std::string path_list(std::span<std::string const> names) {
  if (std::all_of(names.begin(), names.end(), is_json_item)) return write_string_list(names);
  error_context context;
  context.table = table<Row>::name;
  context.column = tree_parts<Row>::name::name;
  throw invalid_value("forge_db: find_path() requires names in UTF-8 without NUL bytes; children() finds all others",
                      std::move(context));
}

}  // namespace forge_db::detail
