// SPDX-License-Identifier: MIT
#include "systems/point_operations.hpp"

#include "support/catch.hpp"
#include "systems/statement_meter.hpp"
#include "systems/system_database.hpp"

#include <map>

namespace {

/// The steps of SQLite's virtual machine that each operation takes, on the row 5 of a file of this size.
std::map<std::string, std::int64_t> steps_at(std::int64_t rows) {
  tests::system_database system;
  tests::plain_sqlite const plain(system.file());
  tests::fill_kernel(plain, rows);
  tests::fill_promptforge(plain, rows);
  std::map<std::string, std::int64_t> steps;
  system->write([&](auto& s) {
    for (auto const& operation : tests::point_operations(rows)) {
      tests::statement_meter const meter(s.connection().native());
      operation.run(s, 5);
      steps[operation.name] = meter.steps();
    }
  });
  return steps;
}

}  // namespace

TEST_CASE("operations on single rows take as many steps of the database at 20,000 rows as at 1,000") {
  auto const few = steps_at(1'000);
  for (auto const& [name, steps] : steps_at(20'000)) {
    INFO(name << ": " << few.at(name) << ", then " << steps);
    CHECK(steps > 0);
    CHECK(steps <= few.at(name) + few.at(name) / 10);
  }
}
