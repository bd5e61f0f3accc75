// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/seed/csv_reader.hpp>
#include <forge_db/seed/detail/nearest_name.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::seed::detail {

/// What the header's check has to know of a table's columns.
struct column_facts {
  std::string_view name;
  bool required;  ///< An insert must give it.
  bool is_key;    ///< By which existing rows are told.
};

/// A name as the text has it, unless it is none: then the first line may be a row, whose values are not shown.
inline std::string shown_name(std::string_view text) {
  bool const name = text.size() <= 100 && std::none_of(text.begin(), text.end(), [](char c) {
                      return static_cast<unsigned char>(c) < ' ' || c == '@';
                    });
  return name ? "'" + std::string(text) + "'" : "of that name";
}

/// The columns that the first line names, as their positions in the table.
class csv_header {
 public:
  /// `computed` are names of columns that the database computes. Throws invalid_value for an unknown column, one that
  /// is computed, one named twice, and one that must be there and is not.
  csv_header(csv_reader& reader, std::string_view table, std::span<column_facts const> columns,
             std::span<std::string_view const> computed = {});

  [[nodiscard]] std::span<std::size_t const> columns() const noexcept { return columns_; }
  [[nodiscard]] std::size_t size() const noexcept { return columns_.size(); }
  [[nodiscard]] bool names(std::size_t column) const noexcept {
    return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
  }

 private:
  std::vector<std::size_t> columns_{};
};

inline csv_header::csv_header(csv_reader& reader, std::string_view table, std::span<column_facts const> columns,
                              std::span<std::string_view const> computed) {
  std::string const owner = "table '" + std::string(table) + "'";
  std::vector<csv_field> record;
  if (!reader.next(record)) reader.refuse(0, "the text is empty; its first line names columns of " + owner);
  std::vector<std::string_view> known;
  for (column_facts const& column : columns) known.push_back(column.name);
  for (csv_field const& field : record) {
    auto const found = std::find(known.begin(), known.end(), field.text);
    std::string const name = shown_name(field.text);
    if (std::find(computed.begin(), computed.end(), field.text) != computed.end())
      reader.refuse(field.offset, "column " + name + " is computed by the database; leave it out");
    if (found == known.end()) {
      bool const separated = record.size() == 1 && field.text.find_first_of(";\t|") != std::string_view::npos;
      reader.refuse(field.offset, owner + " has no column " + name +
                                      (separated ? "; separate the columns by commas" : name_hint(field.text, known)));
    }
    auto const column = static_cast<std::size_t>(found - known.begin());
    if (names(column)) reader.refuse(field.offset, "column " + name + " is named twice; keep one");
    columns_.push_back(column);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (names(i) || !(columns[i].required || columns[i].is_key)) continue;
    std::string const name = "'" + std::string(columns[i].name) + "'";
    reader.refuse(0, columns[i].required
                         ? owner + " requires column " + name + ", which the first line does not name; add it"
                         : "existing rows of " + owner + " are told by column " + name +
                               ", which the first line does not name; add it");
  }
}

}  // namespace forge_db::seed::detail
