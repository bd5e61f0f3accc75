// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/default_text.hpp>
#include <forge_db/migration/detail/sql_tokens.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::migration::detail {

/// BINARY is what a column has without any.
inline std::string collation_word(std::string_view name) {
  std::string word = folded(name);
  return word == "binary" ? std::string{} : word;
}

/// One item of an index's key: `lower(title) COLLATE NOCASE DESC`.
struct index_item {
  std::string expression;   ///< normalised, without the collation behind it; a column, too
  std::string collation{};  ///< folded, empty when none is written
};

inline index_item parse_index_item(std::string_view text) {
  auto tokens = tokens_of(text);
  auto const drop_last = [&] {
    tokens.pop_back();
    text = tokens.empty()
               ? std::string_view{}
               : text.substr(
                     0, static_cast<std::size_t>(tokens.back().text.data() + tokens.back().text.size() - text.data()));
  };
  if (!tokens.empty() && (tokens.back().is_word("asc") || tokens.back().is_word("desc"))) drop_last();
  index_item item;
  if (tokens.size() > 2 && tokens[tokens.size() - 2].is_word("collate")) {
    item.collation = folded(tokens.back().value);
    drop_last();
    drop_last();
  }
  std::string_view const bare = without_brackets(text);
  if (item.collation.empty() && bare.size() != text.size()) return parse_index_item(bare);
  item.expression = normalised(bare);
  return item;
}

/// A stored CREATE INDEX in pieces. SQLite has accepted its text before.
struct index_text {
  std::vector<index_item> items{};
  std::string where{};  ///< normalised
};

inline index_text parse_index(std::string_view sql) {
  index_text index;
  auto const tokens = tokens_of(sql);
  std::size_t open = 0;
  while (open < tokens.size() && !tokens[open].is_symbol("(")) ++open;
  if (open == tokens.size()) return index;
  std::size_t const close = behind_bracket(tokens, open) - 1;
  for (std::size_t at = open + 1; at < close;) {
    char const* const begin = tokens[at].text.data();
    while (at < close && !tokens[at].is_symbol(","))
      at = tokens[at].is_symbol("(") ? behind_bracket(tokens, at) : at + 1;
    index.items.push_back(parse_index_item({begin, tokens[at].text.data()}));
    ++at;
  }
  if (close + 2 < tokens.size() && tokens[close + 1].is_word("where"))
    index.where = normalised({tokens[close + 2].text.data(), sql.data() + sql.size()});
  return index;
}

}  // namespace forge_db::migration::detail
