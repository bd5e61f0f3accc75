// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/history.hpp>
#include <forge_db/migration/equivalence.hpp>

#include <string>
#include <vector>

namespace forge_db::migration::detail {

/// The live table that a future speaks of, under any of its names; none when it does not exist.
inline live_table const* find_live(table_future const& future, live_schema const& live) {
  for (table_version const& version : future.versions)
    if (live_table const* found = live.find_table(version.table.name)) return found;
  return nullptr;
}

/// `element` (a column, or columns joined by ", ") in the names of the first version.
inline std::string name_then(table_version const& version, std::string const& element) {
  std::string text;
  for (std::size_t begin = 0; begin <= element.size();) {
    std::size_t const end = std::min(element.find(", ", begin), element.size());
    std::string name = element.substr(begin, end - begin);
    for (auto const& [then, now] : version.now)
      if (same_name(now, name)) {
        name = then;
        break;
      }
    text += (text.empty() ? "" : ", ") + folded(name);
    begin = end + 2;
  }
  return text;
}

/// What differs from every version: differences that no state of the list explains, in the words of the last one. A
/// column that is renamed later is looked at in the versions that use the name which the table has.
inline std::vector<difference> lasting_differences(table_future const& future, live_table const& found) {
  struct named_difference {
    std::string element;
    difference what;
  };
  std::vector<std::vector<named_difference>> all;
  for (table_version const& version : future.versions) {
    auto& named = all.emplace_back();
    for (difference& each : compare_table(version.table, found)) {
      std::string element = name_then(version, each.element);
      named.push_back({std::move(element), std::move(each)});
    }
  }
  auto const find = [](std::vector<named_difference> const& in, difference_kind kind, std::string const& element) {
    for (named_difference const& each : in)
      if (each.what.kind == kind && each.element == element) return &each.what;
    return static_cast<difference const*>(nullptr);
  };
  std::vector<difference> lasting;
  for (auto version = all.rbegin(); version != all.rend(); ++version)
    for (named_difference const& each : *version) {
      bool const of_column =
          each.what.kind == difference_kind::type || each.what.kind == difference_kind::nullability ||
          each.what.kind == difference_kind::nullable_key || each.what.kind == difference_kind::default_value ||
          each.what.kind == difference_kind::collation || each.what.kind == difference_kind::extra_collation ||
          each.what.kind == difference_kind::generated || each.what.kind == difference_kind::generated_storage;
      bool everywhere = true;
      bool later = false;  // seen in a later version already
      for (auto other = all.begin(); other != all.end(); ++other) {
        bool const here = find(*other, each.what.kind, each.element) != nullptr;
        later |= here && other > version.base() - 1;
        everywhere &= here || (of_column && find(*other, difference_kind::missing_column, each.element) != nullptr);
      }
      if (!everywhere || later) continue;
      lasting.push_back(each.what);
      lasting.back().table = found.name;
    }
  return lasting;
}

}  // namespace forge_db::migration::detail
