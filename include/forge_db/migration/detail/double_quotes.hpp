// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/sql_tokens.hpp>
#include <forge_db/migration/detail/table_text.hpp>
#include <forge_db/migration/live_schema.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace forge_db::migration::detail {

/// `sql`, a stored text about `table`, with 'x' for each "x" in brackets or behind WHERE that names no column: SQLite
/// took these for texts when another program wrote them, keeps reading them so, and refuses them in new statements.
inline std::string with_single_quotes(std::string_view sql, live_table const& table) {
  auto const tokens = tokens_of(sql);
  std::string text;
  char const* from = sql.data();
  bool in_expression = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    token const& each = tokens[i];
    in_expression |= each.is_symbol("(");
    if (!in_expression || !each.text.starts_with('"') || table.find_column(each.value) != nullptr) continue;
    bool const called = i + 1 < tokens.size() && (tokens[i + 1].is_symbol("(") || tokens[i + 1].is_symbol("."));
    token const& left = tokens[i - 1];
    if (called || left.is_symbol(".") || left.is_word("collate") || left.is_word("as")) continue;
    if (same_name(each.value, "rowid") || same_name(each.value, "_rowid_") || same_name(each.value, "oid")) continue;
    text.append(from, each.text.data()).append(literal(each.value));
    from = each.text.data() + each.text.size();
  }
  return text.append(from, sql.data() + sql.size());
}

/// `target`, in which expressions that stand word for word in `old` mean what they meant there.
inline table_text with_single_quotes(table_text target, live_table const& old) {
  std::set<std::string> known;
  for (column_text const& column : old.text->columns)
    for (column_clause const& clause : column.clauses) known.insert(clause.text);
  for (constraint_text const& constraint : old.text->constraints) known.insert(constraint.text);
  for (column_text& column : target.columns)
    for (column_clause& clause : column.clauses)
      if ((clause.kind == clause_kind::check || clause.kind == clause_kind::generated) && known.contains(clause.text))
        clause.text = with_single_quotes(clause.text, old);
  for (constraint_text& constraint : target.constraints)
    if (constraint.kind == constraint_kind::check && known.contains(constraint.text))
      constraint.text = with_single_quotes(constraint.text, old);
  return target;
}

}  // namespace forge_db::migration::detail
