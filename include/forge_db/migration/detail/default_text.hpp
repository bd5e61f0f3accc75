// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/sql_tokens.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::migration::detail {

/// `text` without brackets that enclose all of it.
inline std::string_view without_brackets(std::string_view text) {
  for (;;) {
    auto const tokens = tokens_of(text);
    if (tokens.size() < 3 || !tokens.front().is_symbol("(") || behind_bracket(tokens, 0) != tokens.size()) return text;
    auto const first = static_cast<std::size_t>(tokens[1].text.data() - text.data());
    auto const last = static_cast<std::size_t>(tokens.back().text.data() - text.data());
    text = text.substr(first, last - first);
  }
}

/// The normalised expression of `CONSTRAINT x CHECK (expression)` or `AS (expression) STORED`.
inline std::string bracketed_expression(std::string_view text) {
  auto const tokens = tokens_of(text);
  std::size_t open = 0;
  while (open < tokens.size() && !tokens[open].is_symbol("(")) ++open;
  if (open == tokens.size()) return {};
  std::size_t const close = behind_bracket(tokens, open) - 1;
  return normalised(without_brackets({tokens[open].text.data(), tokens[close].text.data() + 1}));
}

/// How a default's value is found: written down, taken from the clock, or computed.
enum class default_kind { none, constant, clock, expression };

inline default_kind kind_of_default(std::string_view text) {
  auto const tokens = tokens_of(without_brackets(text));
  if (tokens.empty() || (tokens.size() == 1 && tokens[0].is_word("null"))) return default_kind::none;
  token const& last = tokens.back();
  bool const sign = tokens.size() == 2 && (tokens[0].is_symbol("-") || tokens[0].is_symbol("+"));
  if (last.kind == token_kind::number && (tokens.size() == 1 || sign)) return default_kind::constant;
  if (tokens.size() != 1) return default_kind::expression;
  for (std::string_view clock : {"current_timestamp", "current_date", "current_time"})
    if (last.is_word(clock)) return default_kind::clock;
  return last.kind == token_kind::symbol ? default_kind::expression : default_kind::constant;
}

/// A default as a DEFAULT clause takes it: expressions in brackets, everything else plain.
inline std::string default_clause(std::string_view text) {
  text = without_brackets(text);
  return kind_of_default(text) == default_kind::expression ? "(" + std::string{text} + ")" : std::string{text};
}

/// One spelling for defaults that mean the same: bare and double-quoted words are texts to SQLite, `'0'` in a number's
/// column is 0, true is 1, `DEFAULT NULL` is none. `numeric` says that the column's affinity turns texts to numbers.
inline std::optional<std::string> normalised_default(std::optional<std::string> const& text, bool numeric) {
  if (!text || kind_of_default(*text) == default_kind::none) return std::nullopt;
  std::string_view const bare = without_brackets(*text);
  if (kind_of_default(bare) != default_kind::constant) return normalised(bare);
  auto const tokens = tokens_of(bare);
  token const& last = tokens.back();
  if (last.is_word("true")) return "1";
  if (last.is_word("false")) return "0";
  std::string value = last.value;
  if (tokens.size() == 2 && tokens[0].is_symbol("-")) value.insert(0, 1, '-');
  bool const number_text = !value.empty() && value.find_first_not_of("-0123456789.") == std::string::npos;
  if (last.kind != token_kind::blob && numeric && number_text) {
    auto const point = value.find('.');
    if (point != std::string::npos && value.find_first_not_of('0', point + 1) == std::string::npos)
      value.resize(point);  // 0.0 and 0
    return value;
  }
  if (last.kind == token_kind::blob) return "x'" + folded(value) + '\'';
  return literal(value);  // a number in a text column is stored as its text
}

}  // namespace forge_db::migration::detail
