// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/column.hpp>

#include <concepts>
#include <string_view>

namespace forge_db {

/// What the library knows of a table; specialised by generated code for each row struct. A specialisation has
///
///     row_type, new_type, patch_type   the three structs; new_type has every written column, patch_type every written
///                                      column but the key's, both in the order of the row, both with a nested row_type
///     name, quoted                     std::string_view
///     columns, key                     column_list, in struct order
///     uniques                          column_sets of the unique constraints
///     generated_key                    true if the database assigns an unset integer key
///     select_list, insert_columns      the quoted names of all columns, and of the written ones, ready-made
///     default_value(column)            overloads: what fills an unset field of new_type
///     on_update_now                    column_list: what every update sets to the current time
///     database_defaults                (optional) column_list: defaults that only the database can compute
///     embeds                           (optional) embed_list: the fields that hold a struct of several columns
///     written                          (optional) column_list, the first ones of columns: all but the generated ones
template <class Row>
struct table;

template <class Row>
concept table_row = requires {
  typename table<Row>::columns;
  typename table<Row>::key;
  { table<Row>::quoted } -> std::convertible_to<std::string_view>;
};

/// The row of a view, whose table<Row> says `is_view = true`. It has a key of no columns, and neither new_type nor
/// patch_type: it is selected like a table, and never written.
template <class Row>
concept view_row = table_row<Row> && requires {
  requires table<Row>::is_view;
};

/// A new_type or patch_type of some table.
template <class T>
concept names_its_row = requires {
  typename T::row_type;
}
&&table_row<typename T::row_type>;

}  // namespace forge_db
