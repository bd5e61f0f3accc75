// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db {

/// Rows of text, printed in aligned columns; cells that are numbers stand to the right.
class text_table {
 public:
  explicit text_table(std::vector<std::string> head) { rows_.push_back(std::move(head)); }

  /// Missing cells at the end are empty.
  void add(std::vector<std::string> cells) {
    cells.resize(rows_.front().size());
    rows_.push_back(std::move(cells));
  }

  void print(std::FILE* out = stdout) const {
    std::string const all = text();
    std::fwrite(all.data(), 1, all.size(), out);
  }

  [[nodiscard]] std::string text() const {
    std::string all;
    std::vector<std::size_t> widths(rows_.front().size(), 0);
    for (auto const& row : rows_) {
      for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    }
    for (std::size_t line = 0; line < rows_.size(); ++line) {
      std::string text = " ";
      for (std::size_t i = 0; i < widths.size(); ++i) {
        std::string const gap(widths[i] - width(rows_[line][i]), ' ');
        text += ' ';
        text += is_number(i) ? gap + rows_[line][i] : rows_[line][i] + gap;
        text += ' ';
      }
      text.erase(text.find_last_not_of(' ') + 1);
      all += text + '\n';
      if (line == 0) all += "  " + rule(widths) + '\n';
    }
    return all;
  }

 private:
  /// Characters, not bytes: continuation bytes of UTF-8 take no room.
  static std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
  }
  static std::string rule(std::vector<std::size_t> const& widths) {
    std::string text;
    for (std::size_t const each : widths) text += std::string(each, '-') + "  ";
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }
  /// Whether every cell of the column but the head is a number or empty.
  bool is_number(std::size_t column) const {
    return std::all_of(rows_.begin() + 1, rows_.end(), [&](auto const& row) {
      return row[column].find_first_not_of("0123456789.-%") == std::string::npos;
    });
  }

  std::vector<std::vector<std::string>> rows_;
};

/// At most `most` characters of `value`, with "..." where some are missing and line ends as spaces.
inline std::string shortened(std::string_view value, std::size_t most = 40) {
  std::string text;
  std::size_t characters = 0;
  for (char const c : value) {
    bool const starts = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    if (starts && characters++ == most) return text + "...";
    text += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return text;
}

/// A number with `digits` behind the point; empty for none.
inline std::string number_text(std::optional<double> value, int digits = 2) {
  if (!value) return {};
  char buffer[400];  // the longest double has 309 digits before the point
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, *value, std::chars_format::fixed, digits);
  return std::string(buffer, end.ptr);
}

inline std::string number_text(std::int64_t value) { return std::to_string(value); }

}  // namespace forge_db
