// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/sql_writer.hpp>

namespace forge_db::detail {

/// A JSON list in SQLite's own spelling, for comparisons: the same list is `["gr\u00f6n", "a"]` or `["grön","a"]`,
/// depending on what wrote it. What is no list, or has an item that goes on behind a NUL (which SQLite's functions cut
/// off), stands as it is.
template <class Operand>
constexpr void render_list_text(sql_writer& out) {
  bool const qualified = out.enter();
  out.text(
      "(select case when json_valid(x) and instr(x, '\\u0000') = 0 then case json_type(x) when 'array' then "
      "(select json_group_array(value) from json_each(x)) else x end else x end from (select ");
  Operand::render(out);
  out.text(" as x))");
  out.leave(qualified);
}

}  // namespace forge_db::detail
