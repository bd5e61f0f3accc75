// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/current_cell.hpp>

namespace forge_db::detail {

/// A row that begins at a later column of another one: where two tables' columns stand behind each other. Faults name
/// the column in its own table.
template <class Reader>
class offset_reader {
 public:
  offset_reader(Reader& reader, int offset) noexcept : reader_(reader), offset_(offset) {}

  /// All of a column that codecs ask for.
  [[nodiscard]] auto cell(int column) const { return held_cell(reader_, column + offset_); }

 private:
  /// The column's position is the inner row's; codecs count from this one's.
  class held_cell {
   public:
    held_cell(Reader& reader, int column) : cell_(reader, column), column_(column) {}
    [[nodiscard]] value_kind kind() const noexcept { return cell_.kind(column_); }
    [[nodiscard]] std::int64_t int64() const { return cell_.int64(column_); }
    [[nodiscard]] double float64() const { return cell_.float64(column_); }
    [[nodiscard]] std::string_view text() const { return cell_.text(column_); }
    [[nodiscard]] std::span<std::byte const> blob() const { return cell_.blob(column_); }

   private:
    current_cell<Reader> cell_;
    int column_;
  };

  Reader& reader_;
  int offset_;
};

}  // namespace forge_db::detail
