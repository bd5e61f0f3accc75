// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/value_kind.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace forge_db::detail {

/// One column of the current row as codecs see it: the kind is asked for once, whoever needs it.
template <class Reader>
class current_cell {
 public:
  current_cell(Reader& reader, int column) : reader_(reader), kind_(reader.kind(column)) {}

  [[nodiscard]] bool is_null(int) const noexcept { return kind_ == value_kind::null; }
  [[nodiscard]] value_kind kind(int) const noexcept { return kind_; }
  [[nodiscard]] std::int64_t int64(int column) const { return reader_.int64(column); }
  [[nodiscard]] double float64(int column) const { return reader_.float64(column); }
  [[nodiscard]] std::string_view text(int column) const { return reader_.text(column); }
  [[nodiscard]] std::span<std::byte const> blob(int column) const { return reader_.blob(column); }

 private:
  Reader& reader_;
  value_kind kind_;
};

/// A reader may hand out a column's value as one handle, where that is cheaper than asking for each thing by position.
template <class Reader>
  requires requires(Reader& reader) { reader.cell(0); }
class current_cell<Reader> {
 public:
  current_cell(Reader& reader, int column) : cell_(reader.cell(column)) {}

  [[nodiscard]] bool is_null(int) const noexcept { return cell_.kind() == value_kind::null; }
  [[nodiscard]] value_kind kind(int) const noexcept { return cell_.kind(); }
  [[nodiscard]] std::int64_t int64(int) const { return cell_.int64(); }
  [[nodiscard]] double float64(int) const { return cell_.float64(); }
  [[nodiscard]] std::string_view text(int) const { return cell_.text(); }
  [[nodiscard]] std::span<std::byte const> blob(int) const { return cell_.blob(); }

 private:
  decltype(std::declval<Reader&>().cell(0)) cell_;
};

}  // namespace forge_db::detail
