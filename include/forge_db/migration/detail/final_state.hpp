// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/history.hpp>
#include <forge_db/migration/detail/sha256.hpp>
#include <forge_db/migration/equivalence.hpp>
#include <forge_db/migration/list.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// The state at the end of a list against the database, object by object.
inline std::vector<difference> compare_final(list const& wanted, live_schema const& live) {
  std::vector<difference> all;
  for (table_def const& table : wanted.tables) {
    live_table const* found = live.find_table(table.name);
    if (found == nullptr) {
      all.push_back({difference_kind::missing_table, table.name, {}, "table", "none"});
      continue;
    }
    for (difference& each : compare_table(table, *found)) all.push_back(std::move(each));
  }
  for (index_def const& index : wanted.indexes) {
    if (live_index const* found = live.find_index(index.name)) {
      for (difference& each : compare_index(index, *found)) all.push_back(std::move(each));
    } else if (live.find_table(index.table) != nullptr) {
      all.push_back({difference_kind::missing_index, index.table, index.name, "index", "none"});
    }
  }
  renames const changes = renames_of(wanted);
  for (view_def const& view : wanted.views) {
    if (view.sqlite.empty()) continue;
    if (live_object const* found = live.find_view(view.name)) {
      for (difference& each : compare_view(view, *found, changes)) all.push_back(std::move(each));
    } else {
      all.push_back({difference_kind::missing_view, view.name, {}, "view", "none"});
    }
  }
  for (trigger_def const& trigger : wanted.triggers) {
    if (trigger.sqlite.empty()) continue;
    if (live_object const* found = live.find_trigger(trigger.name)) {
      for (difference& each : compare_trigger(trigger, *found, changes)) all.push_back(std::move(each));
    } else {
      all.push_back({difference_kind::missing_trigger, trigger.table, trigger.name, "trigger", "none"});
    }
  }
  for (full_text_def const& index : wanted.full_texts) {
    if (live_object const* found = live.find_virtual_table(index.name)) {
      for (difference& each : compare_full_text(index, *found)) all.push_back(std::move(each));
    } else {
      all.push_back({difference_kind::missing_full_text, index.table, index.name, "full text", "none"});
    }
  }
  return all;
}

/// Splits `all` into what is on record and what is not. The words of the record must still be true: a default that was
/// accepted as missing and is another one now is drift.
struct split_differences {
  std::vector<difference> accepted{};
  std::vector<difference> drift{};

  split_differences(std::vector<difference> all, std::vector<difference> const& record) {
    for (difference& each : all) {
      bool const known = std::find(record.begin(), record.end(), each) != record.end();
      (known ? accepted : drift).push_back(std::move(each));
    }
  }
};

/// A hash over the stored text of the list's objects: equal ones need no comparison.
inline std::string fingerprint_of(list const& wanted, live_schema const& live) {
  forge_db::detail::sha256 hash;
  for (table_def const& table : wanted.tables)
    if (live_table const* found = live.find_table(table.name)) hash.update(normalised(found->sql) + '\n');
  for (index_def const& index : wanted.indexes)
    if (live_index const* found = live.find_index(index.name)) hash.update(normalised(found->sql) + '\n');
  for (view_def const& view : wanted.views)
    if (live_object const* found = live.find_view(view.name)) hash.update(normalised(found->sql) + '\n');
  for (trigger_def const& trigger : wanted.triggers)
    if (live_object const* found = live.find_trigger(trigger.name)) hash.update(normalised(found->sql) + '\n');
  for (full_text_def const& index : wanted.full_texts)
    if (live_object const* found = live.find_virtual_table(index.name)) hash.update(normalised(found->sql) + '\n');
  return hash.hex();
}

}  // namespace forge_db::migration::detail
