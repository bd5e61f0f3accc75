// SPDX-License-Identifier: MIT
// What operations on single rows of the two example systems cost at growing sizes of every table:
// forge_db_system_scale [ROWS...], default 1000 10000 100000. Prints microseconds and steps of SQLite's virtual
// machine.
#include "systems/point_operations.hpp"
#include "systems/statement_meter.hpp"
#include "systems/system_database.hpp"

#include <chrono>
#include <cstdio>

namespace {

constexpr std::int64_t runs = 200;
/// Odd, as moves alternate: those whose steps are counted find the rows at their other place.
constexpr std::int64_t first_runs = 21;

/// One line: what a run took, the mean of 200 on different rows, in one transaction. The first
/// runs are not counted: statements are prepared, pages are read.
void measure(forge_db::sqlite::database& database, tests::point_operation const& operation, std::int64_t rows) {
  database.write([&](auto& s) {
    auto const row_of_run = [rows](std::int64_t run) { return run * 7919 % (rows / 1000 * 9); };
    for (std::int64_t run = 0; run < first_runs; ++run) operation.run(s, row_of_run(run));
    auto const begin = std::chrono::steady_clock::now();
    for (std::int64_t run = first_runs; run < first_runs + runs; ++run) operation.run(s, row_of_run(run));
    std::chrono::duration<double, std::micro> const took = std::chrono::steady_clock::now() - begin;
    tests::statement_meter const meter(s.connection().native());
    for (std::int64_t run = 0; run < runs; ++run) operation.run(s, row_of_run(run));
    std::printf("| %s | %lld | %.0f | %lld |\n", operation.name.c_str(), static_cast<long long>(rows),
                took.count() / runs, static_cast<long long>(meter.steps() / runs));
    std::fflush(stdout);
  });
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::int64_t> sizes;
  for (int i = 1; i < count; ++i) sizes.push_back(std::stoll(arguments[i]));
  if (sizes.empty()) sizes = {1'000, 10'000, 100'000};
  std::puts("| operation | rows | us | steps |\n|---|---|---|---|");
  for (auto const rows : sizes) {
    tests::system_database system;
    tests::plain_sqlite const plain(system.file());
    tests::fill_kernel(plain, rows);
    tests::fill_promptforge(plain, rows);
    for (auto const& operation : tests::point_operations(rows)) measure(*system, operation, rows);
  }
}
