// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/judge_alter.hpp>
#include <forge_db/migration/detail/judge_column.hpp>
#include <forge_db/migration/detail/judge_table.hpp>
#include <forge_db/migration/detail/unbuilt.hpp>

#include <cstddef>
#include <string_view>
#include <variant>

namespace forge_db::migration::detail {

inline verdict judge(scene const&, data_step const&) {
  verdict answer;
  answer.state = judgement::ready;
  answer.way = rung::step;
  answer.why = "data steps are repeatable and run once";
  return answer;
}

/// Whether hand-written SQL may delete or overwrite something. ON DELETE and ON UPDATE do not count.
inline bool may_destroy(std::string_view sql) {
  auto const tokens = tokens_of(sql);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    for (std::string_view verb : {"drop", "delete", "update", "replace"})
      if (tokens[i].is_word(verb) && (i == 0 || !tokens[i - 1].is_word("on"))) return true;
  return false;
}

inline verdict judge(scene const&, sql_step const& op) {
  verdict answer;
  answer.state = judgement::ready;
  answer.way = rung::step;
  answer.why = "hand-written SQL runs once";
  answer.statements = {op.sqlite};
  if (may_destroy(op.sqlite)) answer.destroys = "what its SQL deletes or overwrites";
  return answer;
}

inline verdict refused_unbuilt() {
  return refused(
      "views, triggers, collations, generated columns, expression indexes and SQLite's table options are not supported "
      "yet");
}
inline verdict judge(scene const&, create_view const&) { return refused_unbuilt(); }
inline verdict judge(scene const&, drop_view const&) { return refused_unbuilt(); }
inline verdict judge(scene const&, create_trigger const&) { return refused_unbuilt(); }
inline verdict judge(scene const&, drop_trigger const&) { return refused_unbuilt(); }

/// Is it so? May it run? For any operation of the list.
inline verdict judge_operation(scene const& at, operation const& op) {
  if (is_unbuilt(op)) return refused_unbuilt();
  return std::visit([&](auto const& each) { return judge(at, each); }, op);
}

}  // namespace forge_db::migration::detail
