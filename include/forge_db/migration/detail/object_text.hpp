// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/sql_tokens.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// The tokens behind the name in `CREATE [TEMP] VIEW|TRIGGER [IF NOT EXISTS] [schema.]name`, without the last
/// semicolon.
inline std::vector<token> tokens_behind_name(std::string_view sql) {
  auto tokens = tokens_of(sql);
  std::size_t at = 0;
  while (at < tokens.size() && !tokens[at].is_word("view") && !tokens[at].is_word("trigger")) ++at;
  ++at;
  if (at < tokens.size() && tokens[at].is_word("if")) at += 3;
  if (at + 1 < tokens.size() && tokens[at + 1].is_symbol(".")) at += 2;
  ++at;
  if (at > tokens.size()) at = tokens.size();
  tokens.erase(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(at));
  while (!tokens.empty() && tokens.back().is_symbol(";")) tokens.pop_back();
  return tokens;
}

inline std::string normalised(std::vector<token> const& tokens) {
  std::string text;
  for (token const& each : tokens) text += (text.empty() ? "" : " ") + normalised(each.text);
  return text;
}

/// One spelling for all texts that make the same view.
inline std::string view_body(std::string_view sql) { return normalised(tokens_behind_name(sql)); }

/// One spelling for all texts that make the same trigger: SQLite has row triggers only, BEFORE unless it is said.
inline std::string trigger_body(std::string_view sql) {
  auto tokens = tokens_behind_name(sql);
  for (std::size_t i = 0; i + 2 < tokens.size() && !tokens[i].is_word("begin"); ++i)
    if (tokens[i].is_word("for") && tokens[i + 1].is_word("each")) {
      tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i),
                   tokens.begin() + static_cast<std::ptrdiff_t>(i) + 3);
      break;
    }
  bool const timed =
      !tokens.empty() && (tokens[0].is_word("before") || tokens[0].is_word("after") || tokens[0].is_word("instead"));
  return (timed ? "" : "before ") + normalised(tokens);
}

/// Whether two normalised texts differ at most in names that became others, one after the other, as `changes` tell.
inline bool same_but_for(std::string_view wanted, std::string_view found,
                         std::vector<std::pair<std::string, std::string>> const& changes) {
  auto const left = tokens_of(wanted);
  auto const right = tokens_of(found);
  auto const became = [&](token const& a, token const& b) {
    if (a.text == b.text) return true;
    if (!a.is_name() || !b.is_name()) return false;
    std::set<std::string> names{folded(a.value)};
    for (auto const& [from, to] : changes)
      if (names.contains(folded(from))) names.insert(folded(to));
    return names.contains(folded(b.value));
  };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), became);
}

}  // namespace forge_db::migration::detail
