// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/table_text.hpp>
#include <forge_db/migration/table_def.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::migration {

// What a database really contains, read from the engine (introspect.hpp).

struct live_column {
  std::string name;
  std::string type;  ///< as declared
  bool not_null = false;
  std::optional<std::string> default_text{};
  int key_position = 0;  ///< 1-based place in the primary key, 0 outside
  bool generated = false;
  bool stored = false;       ///< of a generated one
  std::string expression{};  ///< normalised, of a generated one
  std::string collation{};   ///< folded, empty for BINARY

  friend bool operator==(live_column const&, live_column const&) = default;
};

struct live_foreign_key {
  std::vector<std::string> columns;
  std::string ref_table;
  std::vector<std::string> ref_columns;  ///< the parent's primary key where the text names none
  std::string on_delete;                 ///< in the words of foreign_key_def
  std::string on_update;

  friend bool operator==(live_foreign_key const&, live_foreign_key const&) = default;
};

struct live_index_column {
  std::string name;  ///< empty for an expression
  bool descending = false;
  std::string expression{};  ///< normalised
  std::string collation{};   ///< folded, empty for BINARY
  std::string inherited{};   ///< what it would be without a COLLATE of its own

  friend bool operator==(live_index_column const&, live_index_column const&) = default;
};

struct live_index {
  std::string name;
  std::string table;
  bool unique = false;
  char origin = 'c';  ///< c: CREATE INDEX, u: UNIQUE constraint, p: primary key
  std::vector<live_index_column> columns{};
  std::string where{};  ///< normalised predicate of a partial index
  std::string sql{};

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (live_index_column const& each : columns) all.push_back(each.name);
    return all;
  }

  friend bool operator==(live_index const&, live_index const&) = default;
};

struct live_table {
  std::string name;
  std::string sql;
  bool strict = false;
  bool without_rowid = false;
  bool autoincrement = false;
  std::vector<live_column> columns{};
  std::vector<live_foreign_key> foreign_keys{};
  std::vector<live_index> indexes{};
  std::vector<std::string> checks{};  ///< normalised expressions, of columns and of the table
  std::optional<detail::table_text> text{};

  live_column const* find_column(std::string_view wanted) const {
    for (live_column const& each : columns)
      if (detail::same_name(each.name, wanted)) return &each;
    return nullptr;
  }

  std::vector<std::string> primary_key() const {
    std::vector<std::string> names;
    for (int position = 1; position <= static_cast<int>(columns.size()); ++position)
      for (live_column const& each : columns)
        if (each.key_position == position) names.push_back(each.name);
    return names;
  }

  /// The column that is the rowid itself, or none.
  live_column const* rowid_alias() const {
    if (without_rowid || primary_key().size() != 1) return nullptr;
    for (live_index const& index : indexes)
      if (index.origin == 'p') return nullptr;  // INTEGER PRIMARY KEY DESC has an index of its own
    return find_column(primary_key()[0]);
  }
};

/// A view or a trigger, with the text that makes it again.
struct live_object {
  std::string name;
  std::string table;  ///< what a trigger is on
  std::string sql;

  friend bool operator==(live_object const&, live_object const&) = default;
};

/// Everything in `main` but SQLite's own tables. Virtual tables stand in `virtual_tables` with their texts, and by name
/// in `others`, beside the tables in which SQLite keeps them. Views and triggers are in the order in which they were
/// made.
struct live_schema {
  std::map<std::string, live_table> tables{};  ///< by folded name
  std::vector<live_object> views{};
  std::vector<live_object> triggers{};
  std::vector<live_object> virtual_tables{};
  std::vector<std::string> others{};

  live_table const* find_table(std::string_view name) const {
    auto const found = tables.find(detail::folded(name));
    return found == tables.end() ? nullptr : &found->second;
  }

  live_object const* find_view(std::string_view name) const { return find_object(views, name); }
  live_object const* find_trigger(std::string_view name) const { return find_object(triggers, name); }

  live_object const* find_virtual_table(std::string_view name) const { return find_object(virtual_tables, name); }

  live_index const* find_index(std::string_view name) const {
    for (auto const& [key, table] : tables)
      for (live_index const& index : table.indexes)
        if (detail::same_name(index.name, name)) return &index;
    return nullptr;
  }

 private:
  static live_object const* find_object(std::vector<live_object> const& all, std::string_view name) {
    for (live_object const& each : all)
      if (detail::same_name(each.name, name)) return &each;
    return nullptr;
  }
};

}  // namespace forge_db::migration
