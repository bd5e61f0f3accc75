// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/query_log.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace forge_db {

namespace detail {

/// `text` on one line: runs of white space as one space, control characters as '?', at most `most` bytes of it.
inline std::string on_one_line(std::string_view text, std::size_t most) {
  std::string line;
  for (char const c : text) {
    if (line.size() >= most) return line + "...";
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      if (!line.empty() && line.back() != ' ') line += ' ';
    } else {
      bool const control = static_cast<unsigned char>(c) < ' ' || c == '\x7f';
      line += control ? '?' : c;
    }
  }
  return line;
}

}  // namespace detail

/// A query_hook that writes a line for each run to a C stream:
///
///        0.052 ms      1 rows      0 changed  select "id", "title" from "books" where "id" = ?
///
/// A failed one ends in what was thrown. Lines of several threads do not mix: each is written at once. The stream must
/// outlive the database.
class query_writer {
 public:
  /// `longest_text`: bytes of a statement that are written, the rest is cut off.
  explicit query_writer(std::FILE* out = stderr, std::size_t longest_text = 500)
      : out_(out), longest_text_(longest_text) {}

  void operator()(query_event const& event) const {
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, "%10.3f ms %6lld rows %6lld changed  ",
                  static_cast<double>(event.duration.count()) / 1e6, static_cast<long long>(event.rows),
                  static_cast<long long>(event.changed));
    std::string line = numbers;
    line += detail::on_one_line(event.with_values.empty() ? event.sql : event.with_values, longest_text_);
    if (event.failure != nullptr) {
      line += "  FAILED: ";
      line += detail::on_one_line(event.failure->what(), longest_text_);
    }
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), out_);
  }

 private:
  std::FILE* out_;
  std::size_t longest_text_;
};

}  // namespace forge_db
