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

/// What differs from every version: differences that no state of the list explains, in the words of the last one.
inline std::vector<difference> lasting_differences(table_future const& future, live_table const& found) {
  std::vector<difference> lasting;
  for (table_version const& version : future.versions) {
    std::vector<difference> all = compare_table(version.table, found);
    if (&version == &future.versions.front()) {
      lasting = std::move(all);
      continue;
    }
    std::erase_if(lasting, [&](difference& kept) {
      for (difference const& each : all)
        if (each.kind == kept.kind && name_then(version, each.element) == folded(kept.element)) {
          kept.expected = each.expected;
          return false;
        }
      return true;
    });
  }
  return lasting;
}

}  // namespace forge_db::migration::detail
