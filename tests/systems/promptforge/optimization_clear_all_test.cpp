// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <optimizations.hpp>
#include <promptforge/repositories.hpp>

using namespace promptforge;

TEST_CASE("OptimizationRepository.clear_all: removes every row and says how many there were") {
  tests::system_database db;
  db->write([](auto& s) {
    app::optimizations const runs{s};
    CHECK(runs.clear_all() == 0);
    for (int i = 0; i < 3; ++i) OptimizationRepository{s}.insert({.raw_prompt = "Write"});
    CHECK(runs.clear_all() == 3);
    CHECK(OptimizationRepository{s}.count() == 0);
  });
}
