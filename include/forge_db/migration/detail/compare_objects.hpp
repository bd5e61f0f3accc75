// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/index_text.hpp>
#include <forge_db/migration/detail/object_text.hpp>
#include <forge_db/migration/equivalence.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace forge_db::migration {

namespace detail {

inline std::string index_words(bool unique, std::string const& table, std::vector<std::string> const& items,
                               std::string const& where) {
  return std::string{unique ? "unique " : ""} + table + " (" + joined(items) + ")" +
         (where.empty() ? "" : " where " + where);
}

inline std::string index_item_words(std::string item, std::string const& collation, std::string const& inherited,
                                    bool descending) {
  if (collation != inherited) item += " collate " + collation_text(collation);
  return descending ? item + " desc" : item;
}

}  // namespace detail

/// Columns that a definition wants beside the key are part of it on SQLite.
inline std::vector<difference> compare_index(index_def const& index, live_index const& found) {
  std::vector<std::string> expected, actual;
  for (std::size_t i = 0; i < index.columns.size(); ++i) {
    index_column const& each = index.columns[i];
    std::string const inherited = i < found.columns.size() ? found.columns[i].inherited : std::string{};
    detail::index_item const item = detail::parse_index_item(each.expression_sqlite);
    std::string const& written = each.sqlite_collation.empty() ? item.collation : each.sqlite_collation;
    expected.push_back(detail::index_item_words(each.name.empty() ? item.expression : detail::folded(each.name),
                                                written.empty() ? inherited : detail::collation_word(written),
                                                inherited, each.descending));
  }
  for (std::string const& name : index.include) expected.push_back(detail::folded(name));
  for (live_index_column const& each : found.columns)
    actual.push_back(detail::index_item_words(each.name.empty() ? each.expression : detail::folded(each.name),
                                              each.collation, each.inherited, each.descending));
  std::string const wanted =
      detail::index_words(index.unique, detail::folded(index.table), expected, detail::normalised(index.where));
  std::string const is = detail::index_words(found.unique, detail::folded(found.table), actual, found.where);
  if (wanted == is) return {};
  return {{difference_kind::index, found.table, found.name, wanted, is}};
}

inline std::vector<difference> compare_view(view_def const& view, live_object const& found, renames const& changes) {
  std::string const wanted = detail::view_body(create_view_sql(view, dialect::sqlite));
  std::string const is = detail::view_body(found.sql);
  if (detail::same_but_for(wanted, is, changes)) return {};
  return {{difference_kind::view, found.name, {}, wanted, is}};
}

/// Tables and columns of a full-text index stand in its text as strings, which renames do not change: it is made again.
inline std::vector<difference> compare_full_text(full_text_def const& index, live_object const& found,
                                                 renames const& = {}) {
  std::string const wanted = detail::normalised(create_full_text_sql(index, dialect::sqlite));
  std::string const is = detail::normalised(found.sql);
  if (wanted == is) return {};
  return {{difference_kind::full_text, index.table, found.name, wanted, is}};
}

inline std::vector<difference> compare_trigger(trigger_def const& trigger, live_object const& found,
                                               renames const& changes) {
  std::string const wanted = detail::trigger_body(create_trigger_sql(trigger, dialect::sqlite));
  std::string const is = detail::trigger_body(found.sql);
  if (detail::same_but_for(wanted, is, changes)) return {};
  return {{difference_kind::trigger, found.table, found.name, wanted, is}};
}

}  // namespace forge_db::migration
