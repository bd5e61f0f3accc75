// SPDX-License-Identifier: MIT
#include "repeated_names.hpp"

#include <forge_db/driver/sqlite/sqlite.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace promptforge_db {
namespace {

struct duplicate {
  std::int64_t row;
  std::string id, name;
};

std::vector<duplicate> next_duplicates(forge_db::sqlite::connection& connection, std::string const& query) {
  auto statement = connection.prepare_once(query);
  std::vector<duplicate> found;
  while (statement.step()) {
    found.push_back({statement.int64(0), std::string(statement.text(1)), std::string(statement.text(2))});
  }
  return found;
}

}  // namespace

forge_db::migration::step_result number_repeated_names(forge_db::sqlite::connection& connection,
                                                       repeated_names const& names) {
  constexpr std::int64_t named = 50;
  auto taken = connection.prepare_once(names.taken);
  auto rename = connection.prepare_once(names.rename);
  auto const is_taken = [&](std::string const& name, std::int64_t row) {
    taken.text(1, name);
    taken.int64(2, row);
    bool const found = taken.step();
    taken.reset();
    return found;
  };
  forge_db::migration::step_result result;
  for (auto page = next_duplicates(connection, names.duplicates); !page.empty();
       page = next_duplicates(connection, names.duplicates)) {
    for (auto const& [row, id, name] : page) {
      std::string fresh;
      int number = 2;
      do fresh = name + " (" + std::to_string(number++) + ')';
      while (is_taken(fresh, row));
      rename.text(1, fresh);
      rename.int64(2, row);
      rename.step();
      rename.reset();
      if (++result.changed > named) continue;
      result.notes.push_back(names.thing + ' ' + id + " is called \"" + fresh + "\" now");
    }
  }
  if (result.changed > named) result.notes.push_back("and " + std::to_string(result.changed - named) + " more");
  return result;
}

}  // namespace promptforge_db
