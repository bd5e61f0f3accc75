// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/json.hpp>
#include <forge_db/schema/codec.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace forge_db {

/// JSON is not validated on the way out: what the database holds is handed over as it is.
template <>
struct codec<json, storage::json_text> {
  template <class Row>
  static void read(Row& row, int column, json& out) {
    detail::require_kind(row, column, value_kind::text, "JSON as text");
    out = json::unchecked(std::string(row.text(column)));
  }
  template <class Sink>
  static void write(Sink& sink, int index, json const& value) {
    sink.text(index, value.text());
  }
};

namespace detail {

template <class Sink>
void write_list(Sink& sink, int index, std::vector<std::string> const& value) {
  std::string const text = write_string_list(value);
  auto const out = sink.scratch(text.size());
  std::copy(text.begin(), text.end(), out.begin());
  sink.text(index, {out.data(), out.size()});
}

}  // namespace detail

template <>
struct codec<std::vector<std::string>, storage::string_list> {
  template <class Row>
  static void read(Row& row, int column, std::vector<std::string>& out) {
    detail::require_kind(row, column, value_kind::text, "a JSON list of text");
    auto list = detail::read_string_list(row.text(column));
    if (!list) detail::refuse_content(column, "a JSON list of text");
    out = std::move(*list);
  }
  template <class Sink>
  static void write(Sink& sink, int index, std::vector<std::string> const& value) {
    detail::write_list(sink, index, value);
  }
};

template <>
struct codec<std::vector<std::string>, storage::string_list_lenient> {
  /// Whatever the column holds reads as a list; a blob or a number is none, hence empty.
  template <class Row>
  static void read(Row& row, int column, std::vector<std::string>& out) {
    if (row.kind(column) == value_kind::text) {
      out = detail::read_string_list_lenient(row.text(column));
    } else {
      out.clear();
    }
  }
  template <class Sink>
  static void write(Sink& sink, int index, std::vector<std::string> const& value) {
    detail::write_list(sink, index, value);
  }
};

}  // namespace forge_db
