// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/judge_alter.hpp>
#include <forge_db/migration/detail/judge_column.hpp>
#include <forge_db/migration/detail/judge_table.hpp>

#include <variant>

namespace forge_db::migration::detail {

inline verdict judge(scene const&, data_step const&) {
  verdict answer;
  answer.state = judgement::ready;
  answer.way = rung::step;
  answer.why = "data steps are repeatable and run once";
  return answer;
}

inline verdict judge(scene const&, sql_step const& op) {
  verdict answer;
  answer.state = judgement::ready;
  answer.way = rung::step;
  answer.why = "hand-written SQL runs once";
  answer.statements = {op.sqlite};
  return answer;
}

/// Is it so? May it run? For any operation of the list.
inline verdict judge_operation(scene const& at, operation const& op) {
  return std::visit([&](auto const& each) { return judge(at, each); }, op);
}

}  // namespace forge_db::migration::detail
