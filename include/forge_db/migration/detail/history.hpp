// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/table_delta.hpp>
#include <forge_db/migration/equivalence.hpp>
#include <forge_db/migration/list.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace forge_db::migration::detail {

/// What the operations of one list have built so far.
struct replayed_schema {
  std::map<std::string, table_def> tables{};
  std::map<std::string, index_def> indexes{};
  std::map<std::string, view_def> views{};
  std::map<std::string, trigger_def> triggers{};
  std::map<std::string, full_text_def> full_texts{};

  void apply(operation const& op) {
    std::visit([this](auto const& each) { run(each); }, op);
  }

 private:
  void run(create_table const& op) { tables[op.table.name] = op.table; }
  void run(drop_table const& op) {
    tables.erase(op.table.name);
    std::erase_if(indexes, [&](auto const& entry) { return entry.second.table == op.table.name; });
    std::erase_if(triggers, [&](auto const& entry) { return entry.second.table == op.table.name; });
    std::erase_if(full_texts, [&](auto const& entry) { return entry.second.table == op.table.name; });
  }
  void run(rename_table const& op) {
    if (auto node = tables.extract(op.from)) {
      node.key() = op.to;
      node.mapped().name = op.to;
      tables.insert(std::move(node));
    }
    for (auto& [name, table] : tables)
      for (foreign_key_def& key : table.foreign_keys)
        if (key.ref_table == op.from) key.ref_table = op.to;
    for (auto& [name, index] : indexes)
      if (index.table == op.from) index.table = op.to;
    for (auto& [name, trigger] : triggers)
      if (trigger.table == op.from) trigger.table = op.to;
  }
  void run(add_column const& op) {
    table_def& table = tables[op.table];
    table.columns.push_back(op.column);
    if (op.references) table.foreign_keys.push_back(*op.references);
  }
  void run(drop_column const& op) {
    table_def& table = tables[op.table];
    std::erase_if(table.columns, [&](column_def const& each) { return each.name == op.column.name; });
    if (op.references)
      std::erase_if(table.foreign_keys, [&](auto const& key) { return key.columns == op.references->columns; });
  }
  void run(rename_column const& op) {
    auto const rename = [&](std::vector<std::string>& names) {
      for (std::string& name : names)
        if (name == op.from) name = op.to;
    };
    table_def& table = tables[op.table];
    for (column_def& each : table.columns)
      if (each.name == op.from) each.name = op.to;
    rename(table.primary_key);
    for (unique_def& each : table.uniques) rename(each.columns);
    for (foreign_key_def& each : table.foreign_keys) rename(each.columns);
    for (auto& [name, other] : tables)
      for (foreign_key_def& key : other.foreign_keys)
        if (key.ref_table == op.table) rename(key.ref_columns);
    for (auto& [name, index] : indexes)
      if (index.table == op.table)
        for (index_column& column : index.columns)
          if (column.name == op.from) column.name = op.to;
  }
  void run(create_index const& op) { indexes[op.index.name] = op.index; }
  void run(drop_index const& op) { indexes.erase(op.index.name); }
  void run(alter_table const& op) { tables[op.after.name] = op.after; }
  void run(create_view const& op) { views[op.view.name] = op.view; }
  void run(drop_view const& op) { views.erase(op.view.name); }
  void run(create_trigger const& op) { triggers[op.trigger.name] = op.trigger; }
  void run(drop_trigger const& op) { triggers.erase(op.trigger.name); }
  void run(create_full_text const& op) { full_texts[op.index.name] = op.index; }
  void run(drop_full_text const& op) { full_texts.erase(op.index.name); }
  void run(data_step const&) {}
  void run(sql_step const&) {}
};

/// One state of a table at or after an operation. `now` gives the present name of each column that the table had then;
/// dropped ones are missing.
struct table_version {
  table_def table;
  std::map<std::string, std::string> now{};

  /// What `column` is called and how it is defined in this version, or nothing.
  column_def const* column(std::string const& then) const {
    auto const found = now.find(then);
    return found == now.end() ? nullptr : find_column(table, found->second);
  }
};

/// All states that a table or an index passes through from one operation to the end of the list. A database that
/// another program made may stand at any of them: whatever an operation wants is "already so" when the database shows a
/// later state.
struct table_future {
  std::vector<table_version> versions{};  ///< the first is the state after the operation itself
  bool dropped = false;
};

/// Every operation with two names is one that renames_of() and history::follow() know.
template <class Op>
inline constexpr bool follows_names = [] {
  constexpr bool known = std::is_same_v<Op, rename_table> || std::is_same_v<Op, rename_column>;
  static_assert(
      known || !requires(Op op) { op.from, op.to; },
      "forge_db: history.hpp requires to follow each operation that renames; add it to renames_of() and "
      "follow()");
  return known;
}();
template <class... Ops>
consteval bool follow_names(std::variant<Ops...> const*) {
  return (follows_names<Ops> || ...);
}
static_assert(follow_names(static_cast<operation const*>(nullptr)));

inline renames renames_of(list const& source) {
  renames all;
  for (migration const& each : source.migrations)
    for (operation const& op : each.operations) {
      if (auto const* table = std::get_if<rename_table>(&op)) all.emplace_back(table->from, table->to);
      if (auto const* column = std::get_if<rename_column>(&op)) all.emplace_back(column->from, column->to);
    }
  return all;
}

/// The operations of a list in one row, with the schema before and after each of them.
class history {
 public:
  /// `source` must live as long as the object.
  explicit history(list const& source) : source_(source), renames_(renames_of(source)) {
    for (migration const& each : source.migrations)
      for (operation const& op : each.operations) operations_.push_back(&op);
  }

  /// `at` counts all operations of the list. The table is named as after that operation.
  table_future future_of_table(std::size_t at, std::string name) const {
    table_future future;
    replayed_schema schema = after(at);
    auto const start = schema.tables.find(name);
    if (start == schema.tables.end()) return future;
    table_version version{start->second};
    for (column_def const& column : version.table.columns) version.now[column.name] = column.name;
    future.versions.push_back(version);
    for (std::size_t i = at + 1; i < operations_.size(); ++i) {
      operation const& op = *operations_[i];
      schema.apply(op);
      if (auto const* drop = std::get_if<drop_table>(&op); drop != nullptr && drop->table.name == name) {
        future.dropped = true;
        break;
      }
      follow(op, name, version);
      auto const current = schema.tables.find(name);
      if (current == schema.tables.end() || current->second == version.table) continue;
      version.table = current->second;
      std::erase_if(version.now,
                    [&](auto const& entry) { return find_column(version.table, entry.second) == nullptr; });
      future.versions.push_back(version);
    }
    return future;
  }

  /// Later definitions of an index, view or trigger under the same name, that of the operation first.
  template <class Definition>
  std::vector<Definition> future_of(std::map<std::string, Definition> replayed_schema::*of, std::size_t at,
                                    std::string const& name) const {
    std::vector<Definition> versions;
    replayed_schema schema = after(at);
    for (std::size_t i = at;; schema.apply(*operations_[i])) {
      auto const found = (schema.*of).find(name);
      if (found != (schema.*of).end() && (versions.empty() || versions.back() != found->second))
        versions.push_back(found->second);
      if (++i >= operations_.size()) return versions;
    }
  }

  /// Whether it is gone at the end of the list.
  template <class Definition>
  bool is_dropped(std::map<std::string, Definition> replayed_schema::*of, std::size_t at,
                  std::string const& name) const {
    return at + 1 < operations_.size() && !(after(operations_.size() - 1).*of).contains(name);
  }

  /// Everything that the list renames.
  renames const& all_renames() const { return renames_; }

  list const& source() const { return source_; }

  /// Whether a later operation makes a table of this name again.
  bool made_again(std::size_t at, std::string const& name) const {
    for (std::size_t i = at + 1; i < operations_.size(); ++i) {
      auto const* create = std::get_if<create_table>(operations_[i]);
      auto const* rename = std::get_if<rename_table>(operations_[i]);
      if ((create != nullptr && create->table.name == name) || (rename != nullptr && rename->to == name)) return true;
    }
    return false;
  }

  /// The schema after operation `at`.
  replayed_schema after(std::size_t at) const {
    replayed_schema schema;
    for (std::size_t i = 0; i <= at && i < operations_.size(); ++i) schema.apply(*operations_[i]);
    return schema;
  }

 private:
  static void follow(operation const& op, std::string& name, table_version& version) {
    if (auto const* table = std::get_if<rename_table>(&op); table != nullptr && table->from == name) name = table->to;
    if (auto const* column = std::get_if<rename_column>(&op); column != nullptr && column->table == name)
      for (auto& [then, now] : version.now)
        if (now == column->from) now = column->to;
    if (auto const* gone = std::get_if<drop_column>(&op); gone != nullptr && gone->table == name)
      std::erase_if(version.now, [&](auto const& entry) { return entry.second == gone->column.name; });
  }

  list const& source_;
  renames renames_;
  std::vector<operation const*> operations_{};
};

}  // namespace forge_db::migration::detail
