// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/quoting.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

enum class token_kind { word, quoted_name, string, number, blob, symbol };

/// One token of SQLite's language: `text` as written (a view into the source), `value` without quotes.
struct token {
  token_kind kind;
  std::string_view text;
  std::string value;

  bool is_name() const { return kind == token_kind::word || kind == token_kind::quoted_name; }
  bool is_word(std::string_view keyword) const { return kind == token_kind::word && same_name(text, keyword); }
  bool is_symbol(std::string_view symbol) const { return kind == token_kind::symbol && text == symbol; }
};

inline bool word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

inline bool digit_char(char c) { return c >= '0' && c <= '9'; }

/// The end of a quoted run that begins at `at`; a doubled quote stands for itself.
inline std::size_t read_quoted(std::string_view sql, std::size_t at, std::string& value) {
  char const close = sql[at] == '[' ? ']' : sql[at];
  for (++at; at < sql.size(); ++at) {
    if (sql[at] == close) {
      if (close == ']' || at + 1 >= sql.size() || sql[at + 1] != close) return at + 1;
      ++at;
    }
    value += sql[at];
  }
  return at;
}

inline std::size_t read_number(std::string_view sql, std::size_t at) {
  if (sql[at] == '0' && at + 1 < sql.size() && (sql[at + 1] == 'x' || sql[at + 1] == 'X')) {
    at += 2;
    while (at < sql.size() && word_char(sql[at])) ++at;
    return at;
  }
  while (at < sql.size() && (digit_char(sql[at]) || sql[at] == '.')) ++at;
  if (at < sql.size() && (sql[at] == 'e' || sql[at] == 'E')) {
    ++at;
    if (at < sql.size() && (sql[at] == '+' || sql[at] == '-')) ++at;
    while (at < sql.size() && digit_char(sql[at])) ++at;
  }
  return at;
}

/// Past white space and comments.
inline std::size_t skip_blank(std::string_view sql, std::size_t at) {
  while (at < sql.size()) {
    if (std::string_view{" \t\r\n\f"}.find(sql[at]) != std::string_view::npos) {
      ++at;
    } else if (sql.substr(at, 2) == "--") {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (sql.substr(at, 2) == "/*") {
      auto const end = sql.find("*/", at + 2);
      at = end == std::string_view::npos ? sql.size() : end + 2;
    } else {
      break;
    }
  }
  return at;
}

/// The tokens of `sql`, without white space and comments. `sql` must outlive them. The text comes from `sqlite_schema`,
/// so the engine has parsed it before: no error can occur here that the engine did not report.
inline std::vector<token> tokens_of(std::string_view sql) {
  std::vector<token> all;
  for (std::size_t at = skip_blank(sql, 0); at < sql.size(); at = skip_blank(sql, at)) {
    std::size_t const begin = at;
    std::string value;
    token_kind kind = token_kind::symbol;
    char const c = sql[at];
    if (c == '\'') {
      kind = token_kind::string;
      at = read_quoted(sql, at, value);
    } else if (c == '"' || c == '`' || c == '[') {
      kind = token_kind::quoted_name;
      at = read_quoted(sql, at, value);
    } else if ((c == 'x' || c == 'X') && at + 1 < sql.size() && sql[at + 1] == '\'') {
      kind = token_kind::blob;
      at = read_quoted(sql, at + 1, value);
    } else if (digit_char(c) || (c == '.' && at + 1 < sql.size() && digit_char(sql[at + 1]))) {
      kind = token_kind::number;
      at = read_number(sql, at);
    } else if (word_char(c)) {
      kind = token_kind::word;
      while (at < sql.size() && word_char(sql[at])) ++at;
    } else {
      static constexpr std::string_view pairs[] = {"->", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>"};
      at += sql.substr(at, 3) == "->>" ? 3U : 1U;
      for (std::string_view pair : pairs)
        if (at == begin + 1 && sql.substr(begin, 2) == pair) at = begin + 2;
    }
    std::string_view const text = sql.substr(begin, at - begin);
    if (kind == token_kind::word || kind == token_kind::number || kind == token_kind::symbol) value = text;
    all.push_back({kind, text, std::move(value)});
  }
  return all;
}

/// The same text for expressions that differ in white space, comments, letter case of words and quoting of names only.
inline std::string normalised(std::string_view sql) {
  std::string text;
  for (token const& each : tokens_of(sql)) {
    if (!text.empty()) text += ' ';
    switch (each.kind) {
      case token_kind::word:
      case token_kind::quoted_name:
        text += folded(each.value);
        break;
      case token_kind::string:
        text += literal(each.value);
        break;
      case token_kind::blob:
        text += "x'" + folded(each.value) + '\'';
        break;
      case token_kind::number:
      case token_kind::symbol:
        text += each.text == "==" ? "=" : each.text == "!=" ? "<>" : folded(each.text);
        break;
    }
  }
  return text;
}

/// Index of the token behind the bracket that closes the one at `open`.
inline std::size_t behind_bracket(std::vector<token> const& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].is_symbol("(")) ++depth;
    if (tokens[i].is_symbol(")") && --depth == 0) return i + 1;
  }
  return tokens.size();
}

}  // namespace forge_db::migration::detail
