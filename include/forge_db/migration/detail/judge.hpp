// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/judge_alter.hpp>
#include <forge_db/migration/detail/judge_column.hpp>
#include <forge_db/migration/detail/judge_object.hpp>
#include <forge_db/migration/detail/judge_table.hpp>
#include <forge_db/migration/detail/normalise.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
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

/// The table that a table's operation leaves behind, by its name afterwards; empty for the other operations.
inline std::string table_made_by(operation const& op) {
  if (auto const* create = std::get_if<create_table>(&op)) return create->table.name;
  if (auto const* add = std::get_if<add_column>(&op)) return add->table;
  auto const* alter = std::get_if<alter_table>(&op);
  return alter == nullptr ? std::string{} : alter->after.name;
}

/// Is it so? May it run? For any operation of the list.
inline verdict judge_operation(scene const& at, operation const& op) {
  verdict found = std::visit([&](auto const& each) { return judge(at, each); }, op);
  std::string const table = table_made_by(op);
  return table.empty() ? found : normalised_adoption(at, table, std::move(found));
}

}  // namespace forge_db::migration::detail
