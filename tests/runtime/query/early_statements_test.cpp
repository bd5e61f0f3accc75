// SPDX-License-Identifier: MIT
#include "runtime/query/early_statements.hpp"
#include "support/catch.hpp"

using namespace forge_db;

TEST_CASE("statements run from the static initialisers of several translation units") {
  for (early_run const* run : {&first_early_run, &second_early_run}) {
    CHECK(run->count == 2);
    CHECK(run->by_own == 2);
    // The numbers of before main() are those of afterwards: nothing initialised the slots a second time.
    CHECK(run->shared_slot == slot_of<decltype(every_book()), dialect::sqlite>.number());
    CHECK(run->own_slot != run->shared_slot);
  }
  CHECK(first_early_run.slot_of_other == second_early_run.own_slot);
  CHECK(second_early_run.slot_of_other == first_early_run.own_slot);
  CHECK(first_early_run.own_slot != second_early_run.own_slot);
  statement_slot fresh;
  CHECK(fresh.number() > first_early_run.own_slot);
  CHECK(fresh.number() > second_early_run.own_slot);
}
