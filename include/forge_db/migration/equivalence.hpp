// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/ddl.hpp>
#include <forge_db/migration/detail/default_text.hpp>
#include <forge_db/migration/detail/table_delta.hpp>
#include <forge_db/migration/live_schema.hpp>
#include <forge_db/migration/table_def.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db::migration {

/// How far the database is from its definition at one place.
enum class difference_kind {
  missing_table,
  missing_column,
  type,
  nullability,
  nullable_key,  ///< a primary key that accepts NULL
  default_value,
  primary_key,
  missing_unique,
  missing_check,
  missing_foreign_key,
  foreign_key,
  missing_index,
  index,
  extra_unique,
  extra_check,
  extra_foreign_key,
  required_column,  ///< a column that ForgeDB does not know and that no insert of it can fill
  collation,
  generated,          ///< another expression, or computed where the other is stored by inserts
  generated_storage,  ///< STORED or VIRTUAL
  strict,
  without_rowid,
  missing_view,
  view,
  missing_trigger,
  trigger,
  extra_collation,
  missing_full_text,
  full_text
};

inline std::string_view to_text(difference_kind kind);

/// Differences that keep working as they are: at adoption they are recorded, not repaired and not refused. Everything
/// else would make reads or writes of the generated code wrong.
inline bool is_acceptable(difference_kind kind) {
  return kind == difference_kind::nullable_key || kind == difference_kind::default_value ||
         kind == difference_kind::missing_unique || kind == difference_kind::missing_check ||
         kind == difference_kind::extra_check || kind == difference_kind::generated_storage ||
         kind == difference_kind::extra_collation || kind == difference_kind::strict ||
         kind == difference_kind::without_rowid;
}

/// `element` is a column, an index, or the columns of a constraint.
struct difference {
  difference_kind kind;
  std::string table;
  std::string element;
  std::string expected;
  std::string found;

  friend bool operator==(difference const&, difference const&) = default;
};

/// `projects.status: default_value: expected 'active', found none`
inline std::string describe(difference const& each) {
  std::string text = each.table;
  if (!each.element.empty()) text += '.' + each.element;
  return text + ": " + std::string{to_text(each.kind)} + ": expected " + each.expected + ", found " + each.found;
}

/// Whether values written through `declared` are stored in `found` as the codec of `column` expects. Equal are types of
/// one affinity, and for time stamps, dates and JSON kept as text also the names that other tools give such columns.
inline bool same_type(column_def const& column, std::string_view found);

/// One column of `table`. The order of columns, constraint names, white space and quoting never count.
inline std::vector<difference> compare_column(table_def const& table, column_def const& column,
                                              live_column const& found);

/// The whole table without its indexes. Columns that `table` does not know are no difference while inserts can leave
/// them out.
inline std::vector<difference> compare_table(table_def const& table, live_table const& found);

/// An index of the same name.
inline std::vector<difference> compare_index(index_def const& index, live_index const& found);

/// Names that tables and columns got in the course of a list, old one first. SQLite writes new names into the texts of
/// views and triggers.
using renames = std::vector<std::pair<std::string, std::string>>;

/// A view or trigger of the same name: its text, but for white space, comments, quoting, letter case, FOR EACH ROW and
/// what was renamed since it was made.
inline std::vector<difference> compare_view(view_def const& view, live_object const& found,
                                            renames const& changes = {});
inline std::vector<difference> compare_trigger(trigger_def const& trigger, live_object const& found,
                                               renames const& changes = {});

namespace detail {

inline std::string joined(std::vector<std::string> const& names) {
  std::string text;
  for (std::string const& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

inline bool same_names(std::vector<std::string> const& a, std::vector<std::string> const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto& x, auto& y) { return same_name(x, y); });
}

inline bool same_name_set(std::vector<std::string> a, std::vector<std::string> b) {
  for (std::string& name : a) name = folded(name);
  for (std::string& name : b) name = folded(name);
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

/// Columns of a unique key as the name of a difference: their order means nothing.
inline std::string unique_element(std::vector<std::string> columns) {
  std::sort(columns.begin(), columns.end(), [](auto& a, auto& b) { return folded(a) < folded(b); });
  return joined(columns);
}

enum class affinity { integer, text, blob, real, numeric };

inline affinity affinity_of(std::string_view declared) {
  std::string const type = folded(declared);
  auto const has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
  if (has("int")) return affinity::integer;
  if (has("char") || has("clob") || has("text")) return affinity::text;
  if (has("blob") || type.empty()) return affinity::blob;
  return has("real") || has("floa") || has("doub") ? affinity::real : affinity::numeric;
}

inline bool is_numeric(affinity each) {
  return each == affinity::integer || each == affinity::real || each == affinity::numeric;
}

/// The definition of the key over `columns`, or nothing.
inline live_foreign_key const* find_foreign_key(live_table const& table, std::vector<std::string> const& columns) {
  for (live_foreign_key const& each : table.foreign_keys)
    if (same_names(each.columns, columns)) return &each;
  return nullptr;
}

inline bool matches(foreign_key_def const& key, live_foreign_key const& found) {
  return same_names(key.columns, found.columns) && same_name(key.ref_table, found.ref_table) &&
         (key.ref_columns.empty() || found.ref_columns.empty() || same_names(key.ref_columns, found.ref_columns)) &&
         action_or_default(key.on_delete) == found.on_delete && action_or_default(key.on_update) == found.on_update;
}

/// A UNIQUE constraint, a primary key or a full unique index over exactly these columns, by their own collations.
inline bool has_unique(live_table const& table, std::vector<std::string> const& columns) {
  if (same_name_set(table.primary_key(), columns)) return true;
  for (live_index const& index : table.indexes) {
    bool const own = std::any_of(index.columns.begin(), index.columns.end(),
                                 [](auto const& each) { return each.collation != each.inherited; });
    if (index.unique && !own && index.where.empty() && same_name_set(index.names(), columns)) return true;
  }
  return false;
}

inline bool has_check(live_table const& table, std::string_view expression) {
  return std::find(table.checks.begin(), table.checks.end(), normalised(without_brackets(expression))) !=
         table.checks.end();
}

inline std::string describe_key(std::string_view table, std::vector<std::string> const& columns,
                                std::string_view on_delete, std::string_view on_update) {
  std::string text = "references " + std::string{table} + " (" + joined(columns) + ")";
  if (!on_delete.empty() && on_delete != "no_action") text += " on delete " + std::string{on_delete};
  if (!on_update.empty() && on_update != "no_action") text += " on update " + std::string{on_update};
  return text;
}
inline std::string describe_key(foreign_key_def const& key) {
  return describe_key(key.ref_table, key.ref_columns, key.on_delete, key.on_update);
}
inline std::string describe_key(live_foreign_key const& key) {
  return describe_key(key.ref_table, key.ref_columns, key.on_delete, key.on_update);
}

}  // namespace detail
}  // namespace forge_db::migration

#include <forge_db/migration/detail/compare.hpp>  // IWYU pragma: export
