// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/index_text.hpp>
#include <forge_db/migration/equivalence.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db::migration {

inline constexpr std::array<std::string_view, 29> difference_names{"missing table",
                                                                   "missing column",
                                                                   "type",
                                                                   "nullability",
                                                                   "nullable primary key",
                                                                   "default",
                                                                   "primary key",
                                                                   "missing unique",
                                                                   "missing check",
                                                                   "missing foreign key",
                                                                   "foreign key",
                                                                   "missing index",
                                                                   "index",
                                                                   "additional unique",
                                                                   "additional check",
                                                                   "additional foreign key",
                                                                   "required column",
                                                                   "collation",
                                                                   "generated",
                                                                   "generated storage",
                                                                   "strict",
                                                                   "without rowid",
                                                                   "missing view",
                                                                   "view",
                                                                   "missing trigger",
                                                                   "trigger",
                                                                   "additional collation",
                                                                   "missing full text",
                                                                   "full text"};

inline std::string_view to_text(difference_kind kind) { return difference_names[static_cast<std::size_t>(kind)]; }

/// The reverse, for what the ledger holds; a word that this version does not know matches no difference.
inline difference_kind kind_of_text(std::string_view name) {
  for (std::size_t i = 0; i < difference_names.size(); ++i)
    if (difference_names[i] == name) return static_cast<difference_kind>(i);
  return difference_kind::missing_table;
}

inline bool same_type(column_def const& column, std::string_view found) {
  using detail::affinity;
  affinity const wanted = detail::affinity_of(column.sqlite_type);
  affinity const actual = detail::affinity_of(found);
  if (wanted == actual) return true;
  std::string const name = detail::folded(found.substr(0, found.find('(')));
  if (wanted == affinity::text && (column.type == "timestamp" || column.type == "date"))
    return name == "datetime" || name == "timestamp" || name == "date";  // text that looks like no number stays text
  if (wanted == affinity::text && column.type == "json") return name == "json";
  if (column.type == "bool")
    return detail::is_numeric(wanted) && (name == "boolean" || name == "bool" || actual == affinity::integer);
  return false;
}

namespace detail {

inline std::string shown(std::optional<std::string> const& value) { return value.value_or("none"); }

inline std::string nullability_text(bool nullable) { return nullable ? "NULL allowed" : "NOT NULL"; }

inline bool in_key(table_def const& table, std::string_view column) {
  for (std::string const& name : table.primary_key)
    if (same_name(name, column)) return true;
  return false;
}

inline std::string collation_text(std::string const& folded_name) {
  return folded_name.empty() ? "binary" : folded_name;
}

inline std::string generated_text(std::string const& expression) {
  return expression.empty() ? "a plain column" : "generated as (" + expression + ")";
}

inline void compare_generated(table_def const& table, column_def const& column, live_column const& found,
                              std::vector<difference>& all) {
  std::string const wanted = column.generated ? normalised(without_brackets(column.generated->sqlite)) : std::string{};
  auto const storage = [](bool stored) { return stored ? "stored" : "virtual"; };
  if (wanted != found.expression)
    all.push_back(
        {difference_kind::generated, table.name, found.name, generated_text(wanted), generated_text(found.expression)});
  else if (column.generated && column.generated->stored != found.stored)
    all.push_back({difference_kind::generated_storage, table.name, found.name, storage(column.generated->stored),
                   storage(found.stored)});
}

inline bool same_default(column_def const& column, live_column const& found) {
  bool const numeric = is_numeric(affinity_of(column.sqlite_type));
  return normalised_default(column.sqlite_default, numeric) == normalised_default(found.default_text, numeric);
}

/// Inserts of ForgeDB name the columns that they know.
inline bool must_be_filled(live_column const& column) {
  return column.not_null && !column.default_text && !column.generated && column.key_position == 0;
}

inline void compare_constraints(table_def const& table, live_table const& found, std::vector<difference>& all) {
  for (unique_def const& each : table.uniques)
    if (!has_unique(found, each.columns))
      all.push_back({difference_kind::missing_unique, found.name, unique_element(each.columns), "unique", "none"});
  for (live_index const& index : found.indexes) {
    if (index.origin != 'u') continue;
    std::vector<std::string> const names = index.names();
    bool known = same_name_set(names, table.primary_key);
    for (unique_def const& each : table.uniques) known |= same_name_set(each.columns, names);
    if (!known) all.push_back({difference_kind::extra_unique, found.name, unique_element(names), "none", "unique"});
  }
  for (check_def const& each : table.checks)
    if (!has_check(found, each.expression))
      all.push_back({difference_kind::missing_check, found.name, normalised(each.expression), "check", "none"});
  for (std::string const& check : found.checks) {
    bool known = false;
    for (check_def const& each : table.checks) known |= normalised(without_brackets(each.expression)) == check;
    if (!known) all.push_back({difference_kind::extra_check, found.name, check, "none", "check"});
  }
}

inline void compare_foreign_keys(table_def const& table, live_table const& found, std::vector<difference>& all) {
  for (foreign_key_def const& each : table.foreign_keys) {
    live_foreign_key const* key = find_foreign_key(found, each.columns);
    if (key == nullptr) {
      all.push_back(
          {difference_kind::missing_foreign_key, found.name, joined(each.columns), describe_key(each), "none"});
    } else if (!matches(each, *key)) {
      all.push_back(
          {difference_kind::foreign_key, found.name, joined(each.columns), describe_key(each), describe_key(*key)});
    }
  }
  for (live_foreign_key const& key : found.foreign_keys) {
    bool known = false;
    bool ours = false;  // keys of columns that the definition does not know are the owner's business
    for (foreign_key_def const& each : table.foreign_keys) known |= same_names(each.columns, key.columns);
    for (std::string const& name : key.columns)
      for (column_def const& column : table.columns) ours |= same_name(column.name, name);
    if (ours && !known)
      all.push_back({difference_kind::extra_foreign_key, found.name, joined(key.columns), "none", describe_key(key)});
  }
}

}  // namespace detail

inline std::vector<difference> compare_column(table_def const& table, column_def const& column,
                                              live_column const& found) {
  std::vector<difference> all;
  auto const add = [&](difference_kind kind, std::string expected, std::string actual) {
    all.push_back({kind, table.name, found.name, std::move(expected), std::move(actual)});
  };
  if (!same_type(column, found.type))
    add(difference_kind::type, column.sqlite_type, found.type.empty() ? "no type" : found.type);
  bool const key = detail::in_key(table, column.name);
  bool const rowid = key && is_rowid_alias(table);
  if (!rowid && column.nullable == found.not_null) {
    bool const accepts_null = key && found.key_position != 0 && !found.not_null;
    add(accepts_null ? difference_kind::nullable_key : difference_kind::nullability,
        detail::nullability_text(column.nullable), detail::nullability_text(!found.not_null));
  }
  if (std::string const wanted = detail::collation_word(column.sqlite_collation); wanted != found.collation)
    add(wanted.empty() ? difference_kind::extra_collation : difference_kind::collation, detail::collation_text(wanted),
        detail::collation_text(found.collation));
  detail::compare_generated(table, column, found, all);
  if (!column.generated && !detail::same_default(column, found))
    add(difference_kind::default_value, detail::shown(column.sqlite_default), detail::shown(found.default_text));
  return all;
}

inline std::vector<difference> compare_table(table_def const& table, live_table const& found) {
  std::vector<difference> all;
  for (column_def const& column : table.columns) {
    live_column const* actual = found.find_column(column.name);
    if (actual == nullptr) {
      all.push_back({difference_kind::missing_column, found.name, column.name, column.sqlite_type, "none"});
      continue;
    }
    for (difference& each : compare_column(table, column, *actual)) all.push_back(std::move(each));
  }
  for (live_column const& column : found.columns) {
    bool known = !detail::must_be_filled(column);
    for (column_def const& each : table.columns) known |= detail::same_name(each.name, column.name);
    if (!known)
      all.push_back({difference_kind::required_column, found.name, column.name, "none",
                     column.type + " NOT NULL without default"});
  }
  if (!detail::same_names(table.primary_key, found.primary_key()))
    all.push_back({difference_kind::primary_key,
                   found.name,
                   {},
                   detail::joined(table.primary_key),
                   detail::joined(found.primary_key())});
  else if (table.autoincrement != found.autoincrement)
    all.push_back({difference_kind::primary_key, found.name, "autoincrement", table.autoincrement ? "yes" : "no",
                   found.autoincrement ? "yes" : "no"});
  auto const option = [&](difference_kind kind, bool wanted, bool actual) {
    if (wanted != actual) all.push_back({kind, found.name, {}, wanted ? "yes" : "no", actual ? "yes" : "no"});
  };
  option(difference_kind::strict, table.strict, found.strict);
  option(difference_kind::without_rowid, table.without_rowid, found.without_rowid);
  detail::compare_constraints(table, found, all);
  detail::compare_foreign_keys(table, found, all);
  return all;
}

}  // namespace forge_db::migration

#include <forge_db/migration/detail/compare_objects.hpp>  // IWYU pragma: export
