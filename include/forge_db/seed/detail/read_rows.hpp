// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/schema/table.hpp>
#include <forge_db/seed/csv_reader.hpp>
#include <forge_db/seed/csv_text.hpp>
#include <forge_db/seed/detail/csv_header.hpp>
#include <forge_db/seed/detail/seed_insert.hpp>
#include <forge_db/seed/detail/table_facts.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::seed::detail {

/// `name:line:column`, or `name:line` for a text that was made from another file.
inline std::string shown_place(csv_text const& source, csv_reader const& reader, std::size_t row, std::size_t offset) {
  if (row < source.lines.size()) return source.name + ':' + std::to_string(source.lines[row]);
  text_place const place = reader.place_at(offset);
  return source.name + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
}

/// Where row `row` of a text is, which was read without an error: its field of `column`, or its first one.
inline std::string place_of_row(csv_text const& source, csv_header const& header, std::size_t row,
                                std::optional<std::size_t> column) {
  csv_reader reader(source.name, source.text);
  std::vector<csv_field> record;
  for (std::size_t skipped = 0; skipped <= row + 1; ++skipped) reader.next(record);
  std::size_t field = 0;
  for (std::size_t i = 0; column && i < header.size(); ++i) {
    if (header.columns()[i] == *column) field = i;
  }
  return shown_place(source, reader, row, record[field].offset);
}

/// The column that the record should give and does not, because it gives others of the same struct: a struct is there
/// as a whole or not at all.
inline std::optional<std::size_t> missing_member(std::span<struct_facts const> structs, csv_header const& header,
                                                 std::span<csv_field const> record) {
  auto const field_of_column = [&](std::size_t column) -> csv_field const* {
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (header.columns()[i] == column) return &record[i];
    }
    return nullptr;
  };
  for (std::size_t i = 0; i < structs.size(); ++i) {
    if (structs[i].size == 0 || structs[i].is_optional) continue;
    csv_field const* const own = field_of_column(i);
    if (own != nullptr ? !own->is_null() : structs[i].has_default) continue;
    for (std::size_t other = structs[i].first; other < structs[i].first + structs[i].size; ++other) {
      csv_field const* const field = field_of_column(other);
      if (field != nullptr && !field->is_null()) return i;
    }
  }
  return std::nullopt;
}

/// The rows of a text, and which columns an insert of them names.
template <class Row>
struct seed_rows {
  csv_header header;
  std::vector<Row> rows;
  shape_mask mask;
};

/// `Key` are the columns by which existing rows are told. Throws invalid_value, naming the place.
template <class Row, class Key>
seed_rows<Row> read_rows(csv_text const& source) {
  constexpr auto const& columns = facts<Row, Key>;
  csv_reader reader(source.name, source.text);
  seed_rows<Row> read{csv_header(reader, table<Row>::name, columns, computed<Row>()), {}, {}};
  for (std::size_t const column : read.header.columns()) read.mask.set(given_bit + column);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    read.mask.set(i, read.header.names(i) || actions<Row>[i].filled);
  }
  for (std::vector<csv_field> record; reader.next(record);) {
    auto const refuse = [&](std::size_t offset, std::string const& reason, std::string_view column) {
      throw invalid_value("forge_db: " + shown_place(source, reader, read.rows.size(), offset) + ": " + reason,
                          {.table = std::string(table<Row>::name), .column = std::string(column)});
    };
    if (record.size() != read.header.size()) {
      refuse(record[0].offset,
             "a row of " + std::to_string(record.size()) + (record.size() == 1 ? " field" : " fields") +
                 "; the first line names " + std::to_string(read.header.size()),
             {});
    }
    Row row{};
    for (std::size_t i = 0; i < record.size(); ++i) {
      std::size_t const column = read.header.columns()[i];
      std::string expected = actions<Row>[column].read(row, record[i]);
      if (expected.empty() && columns[column].is_key && record[i].is_null())
        expected = "a value, by which the row is told from others";
      if (!expected.empty()) refuse(record[i].offset, "expected " + expected, columns[column].name);
    }
    if constexpr (requires { typename table<Row>::embeds; }) {
      if (auto const missing = missing_member(structs<Row>, read.header, record))
        refuse(record[0].offset, "expected a value beside the others of its struct", columns[*missing].name);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!read.header.names(i)) actions<Row>[i].fill(row);
    }
    read.rows.push_back(std::move(row));
  }
  return read;
}

}  // namespace forge_db::seed::detail
