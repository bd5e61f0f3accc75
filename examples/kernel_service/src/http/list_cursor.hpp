// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace kernel::http {

/// Which list a cursor is of: its endpoint, its application and its filters. A page_cursor knows the table and the
/// order alone, so that one of another application or collection would be taken for a place in this list.
///
/// As text a cursor is its place, a dot, and a checksum of the place and the list's names. That tells mistakes and is
/// no permission: rows are looked for within the application, whatever the cursor says.
class list_cursor {
 public:
  /// The names in an order of the endpoint's own; a filter that is not set is an empty one.
  explicit list_cursor(std::initializer_list<std::string_view> names);

  [[nodiscard]] std::string text_of(std::string_view place) const;

  /// The place in a text that this list gave out; it refers to `text`. Throws bad_cursor for any other one.
  [[nodiscard]] std::string_view place_in(std::string_view text) const;

 private:
  std::string names_;
};

}  // namespace kernel::http
