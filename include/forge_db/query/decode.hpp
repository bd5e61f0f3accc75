// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/current_cell.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/table.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace forge_db {

namespace detail {

/// Throws the fault again, with names.
[[noreturn]] inline void name_fault(decode_fault const& fault, std::string_view table,
                                    std::span<std::string_view const> names, int first = 0) {
  error_context context;
  context.table = table;
  auto const column = static_cast<std::size_t>(fault.column() - first);
  if (column < names.size()) context.column = names[column];
  throw decode_error(fault.message(), std::move(context));
}

template <class Storage, class Reader, class T>
void read_field(Reader& reader, int column, T& field) {
  current_cell<Reader> cell(reader, column);
  codec<T, Storage>::read(cell, column, field);
}

/// Writes over what is there, so that a row read again and again keeps its memory.
template <class Storage, class Reader, class T>
void read_field(Reader& reader, int column, std::optional<T>& field) {
  current_cell<Reader> cell(reader, column);
  if (cell.kind(column) == value_kind::null) {
    field.reset();
    return;
  }
  if (!field) field.emplace();
  if constexpr (is_lenient<Storage>) {
    if (!codec<T, Storage>::try_read(cell, column, *field)) field.reset();
  } else {
    codec<T, Storage>::read(cell, column, *field);
  }
}

/// `first` is where the row begins among the result's columns.
template <class Row, class Reader, class... Columns>
void read_fields(Reader& reader, Row& row, column_list<Columns...>, int first = 0) {
  auto const fields = fields_of<Row, sizeof...(Columns)>(row);
  try {
    (read_field<typename Columns::storage_type>(reader, first + static_cast<int>(Columns::index),
                                                field_at<Columns::index>(fields)),
     ...);
  } catch (decode_fault const& fault) {
    name_fault(fault, table<Row>::name, column_names<column_list<Columns...>>, first);
  }
}

}  // namespace detail

/// Reads every column of the current result row, which must be in the order of the struct, into `row`.
/// Throws decode_error, naming table and column, for a value that does not fit its field; `row` is then partly
/// overwritten.
template <table_row Row, class Reader>
void decode_row(Reader& reader, Row& row) {
  detail::read_fields(reader, row, typename table<Row>::columns{});
}

}  // namespace forge_db
