// SPDX-License-Identifier: MIT
// What the compilers still render as a constant: a text of 81,000 characters.
#include <forge_db/query/render.hpp>

#include <string_view>

namespace {

using namespace forge_db;

struct long_statement {
  static constexpr bool is_dynamic = false;
  static constexpr void render(sql_writer& out) {
    constexpr std::string_view piece = "\"column\", ";
    for (int i = 0; i < 8'100; ++i) out.text(piece);
  }
};

static_assert(sql_text<long_statement, dialect::sqlite>.size() == 81'000);
static_assert(sql_text<long_statement, dialect::postgres>.ends_with("\"column\", "));

}  // namespace
