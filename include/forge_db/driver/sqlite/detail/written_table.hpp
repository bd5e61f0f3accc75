// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace forge_db::sqlite::detail {

/// Reads the beginning of a statement, word by word; keywords whatever their case.
class statement_head {
 public:
  explicit statement_head(std::string_view sql) noexcept : rest_(sql) {}

  /// Goes past a keyword, if that is what comes next.
  bool keyword(std::string_view lower) noexcept {
    skip_blanks();
    std::size_t const length = word_length();
    if (length != lower.size()) return false;
    for (std::size_t i = 0; i < length; ++i) {
      if (to_lower(rest_[i]) != lower[i]) return false;
    }
    rest_.remove_prefix(length);
    return true;
  }

  /// Goes past a table's name and its schema's; the table's without quotes, or empty where there is none.
  std::string table() {
    std::string name = identifier();
    skip_blanks();
    if (!rest_.starts_with('.')) return name;
    rest_.remove_prefix(1);
    return identifier();
  }

  /// Goes past any one word.
  void any_word() noexcept {
    skip_blanks();
    rest_.remove_prefix(word_length());
  }

 private:
  static constexpr char to_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
  static constexpr bool in_word(char c) noexcept {
    return (to_lower(c) >= 'a' && to_lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
  }

  std::size_t word_length() const noexcept {
    std::size_t length = 0;
    while (length < rest_.size() && in_word(rest_[length])) ++length;
    return length;
  }

  void skip_past(std::string_view end) noexcept {
    auto const at = rest_.find(end, 2);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
  }

  void skip_blanks() noexcept {
    while (true) {
      rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n\f\r"), rest_.size()));
      if (rest_.starts_with("--")) {
        skip_past("\n");
      } else if (rest_.starts_with("/*")) {
        skip_past("*/");
      } else {
        return;
      }
    }
  }

  std::string identifier() {
    skip_blanks();
    if (rest_.empty()) return {};
    char const close = rest_[0] == '[' ? ']' : rest_[0];
    if (close != '"' && close != '`' && close != ']') {
      std::string name(rest_.substr(0, word_length()));
      rest_.remove_prefix(name.size());
      return name;
    }
    std::string name;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == close) {
        bool const doubled = close != ']' && i + 1 < rest_.size() && rest_[i + 1] == close;
        if (!doubled) {
          rest_.remove_prefix(i + 1);
          return name;
        }
        ++i;
      }
      name += rest_[i];
    }
    return {};
  }

  std::string_view rest_;
};

/// The table that an insert, replace, update or delete names, without its schema and quotes; empty for other
/// statements and for those that begin with `with`.
inline std::string written_table(std::string_view sql) {
  statement_head head(sql);
  if (head.keyword("delete")) return head.keyword("from") ? head.table() : std::string{};
  if (head.keyword("replace")) return head.keyword("into") ? head.table() : std::string{};
  bool const inserts = head.keyword("insert");
  if (!inserts && !head.keyword("update")) return {};
  if (head.keyword("or")) head.any_word();
  if (inserts && !head.keyword("into")) return {};
  return head.table();
}

}  // namespace forge_db::sqlite::detail
