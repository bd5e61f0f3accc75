// SPDX-License-Identifier: MIT
#pragma once

// For programs that use fmt: `fmt::print("{}\n", book)` prints a row as row_text() does. The only header that needs
// fmt.

#include <forge_db/schema/table.hpp>
#include <forge_db/text/row_text.hpp>

#include <fmt/core.h>

#include <string_view>

template <forge_db::table_row Row>
struct fmt::formatter<Row, char> : fmt::formatter<std::string_view, char> {
  template <class Context>
  auto format(Row const& row, Context& context) const {
    return fmt::formatter<std::string_view, char>::format(forge_db::row_text(row), context);
  }
};
