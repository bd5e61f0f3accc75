// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/repository/detail/tree_parts.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <utility>

namespace forge_db::detail {

/// The names of a path in a tree as a JSON list. Throws invalid_value for a name that would be taken for another: text
/// that is not UTF-8 does not fit into JSON, and SQLite's JSON functions end an item at a NUL.
template <class Row>
std::string path_list(std::span<std::string const> names) {
  bool const has_nul = std::any_of(names.begin(), names.end(),
                                   [](std::string const& name) { return name.find('\0') != std::string::npos; });
  try {
    if (!has_nul) return write_string_list(names);
  } catch (invalid_value const&) {  // without the column's name
  }
  error_context context;
  context.table = table<Row>::name;
  context.column = tree_parts<Row>::name::name;
  throw invalid_value("forge_db: find_path() requires names in UTF-8 without NUL bytes; children() finds all others",
                      std::move(context));
}

}  // namespace forge_db::detail
