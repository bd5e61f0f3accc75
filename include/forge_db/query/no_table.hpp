// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/table.hpp>

#include <string_view>

namespace forge_db {

namespace detail {

/// What stands for no table where a table's row type would: one row, of no columns.
struct row_of_no_table {};

}  // namespace detail

template <>
struct table<detail::row_of_no_table> {
  using row_type = detail::row_of_no_table;
  static constexpr std::string_view name = "no_table";
  static constexpr std::string_view quoted = "\"no_table\"";
  static constexpr std::string_view source = "(select 1) as \"no_table\"";
  using columns = column_list<>;
  using key = column_list<>;
};

struct no_table_source {
  using row_type = detail::row_of_no_table;
  using source_tag = void;  // it can stand in from() and join()
};

/// For selects of what is in no table, which give one row, or none where their condition does not hold:
///
///     select(val(exists(select<Loan>())), now()).from(no_table)
///     insert_into<Shelf>(shelves::code, shelves::name)
///         .from(select(val(code), val(name)).from(no_table).where(!exists(select<Shelf>())))
inline constexpr no_table_source no_table{};

}  // namespace forge_db
