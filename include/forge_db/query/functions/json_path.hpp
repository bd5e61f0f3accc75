// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/fixed_string.hpp>
#include <forge_db/query/composed.hpp>
#include <forge_db/query/functions/function.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/schema/storage.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace forge_db::detail {

constexpr bool is_json_name_character(char c, bool first) {
  bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return letter || (!first && c >= '0' && c <= '9');
}

/// Where the step that begins at `at` ends; 0 if it is none. A step is `.name`, `."a name"` or `[0]`.
constexpr std::size_t json_step_end(std::string_view path, std::size_t at) {
  std::size_t end = at + 1;
  if (path[at] == '[') {
    while (end < path.size() && path[end] >= '0' && path[end] <= '9') ++end;
    return end > at + 1 && end < path.size() && path[end] == ']' ? end + 1 : 0;
  }
  if (path[at] != '.' || end == path.size()) return 0;
  if (path[end] == '"') {
    auto const plain = [](char c) {
      return c != '"' && c != '\'' && c != '\\' && static_cast<unsigned char>(c) >= ' ';
    };
    do ++end;
    while (end < path.size() && plain(path[end]));
    return end > at + 2 && end < path.size() && path[end] == '"' ? end + 1 : 0;
  }
  while (end < path.size() && is_json_name_character(path[end], end == at + 1)) ++end;
  return end > at + 1 ? end : 0;
}

/// Where the last step begins; 0 if there is none, npos if the path is none.
constexpr std::size_t last_json_step(std::string_view path) {
  if (path.empty() || path[0] != '$') return std::string_view::npos;
  std::size_t last = 0;
  for (std::size_t at = 1; at < path.size();) {
    std::size_t const end = json_step_end(path, at);
    if (end == 0) return std::string_view::npos;
    last = at;
    at = end;
  }
  return last;
}

constexpr bool is_json_path(std::string_view path) { return last_json_step(path) != std::string_view::npos; }
constexpr bool names_json_part(std::string_view path) { return is_json_path(path) && last_json_step(path) != 0; }
constexpr bool names_json_member(std::string_view path) {
  return names_json_part(path) && path[last_json_step(path)] == '.';
}

/// `'$.a[0]'` on SQLite, `'{"a",0}'` on PostgreSQL: a constant of the text.
constexpr void render_json_path(sql_writer& out, std::string_view path) {
  if (!out.is_postgres()) {
    out.text("'");
    out.text(path);
    return out.text("'");
  }
  sql_separator separate(",", "'{");
  if (path.size() == 1) out.text("'{");
  for (std::size_t at = 1; at < path.size();) {
    std::size_t const end = json_step_end(path, at);
    separate(out);
    bool const index = path[at] == '[';
    bool const quoted = !index && path[at + 1] == '"';
    if (!index && !quoted) out.text("\"");
    out.text(path.substr(at + 1, end - at - (index ? 2 : 1)));
    if (!index && !quoted) out.text("\"");
    at = end;
  }
  out.text("}'");
}

/// A path as an operand of a pattern, or, with `Parent`, the path without its last step.
template <fixed_string Path, bool Parent = false>
struct json_path_operand : composed<json_path_operand<Path, Parent>> {
  static constexpr void render(sql_writer& out) {
    constexpr std::string_view path = Path;
    render_json_path(out, Parent ? path.substr(0, last_json_step(path)) : path);
  }
};

template <class Storage>
inline constexpr bool is_json_storage = std::derived_from<Storage, storage::json_text>;

template <class X>
consteval bool is_json_operand() {
  if constexpr (is_operand<X>) {
    return is_json_storage<storage_of_operand<X>>;
  } else {
    return false;
  }
}

}  // namespace forge_db::detail
