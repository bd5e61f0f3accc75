// SPDX-License-Identifier: MIT
// The code that docs/testing.md shows.

#include "support/catch.hpp"

#include <library/migrations.hpp>
#include <library/repositories.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/migration/migration.hpp>

// [fixture]
#include <forge_db/testing/rollback_fixture.hpp>

forge_db::sqlite::database& library_for_tests() {
  static auto db = [] {
    auto made = forge_db::sqlite::open(":memory:");
    forge_db::migration::runner{made}.upgrade({&library::migrations()});
    return made;
  }();
  return db;
}

struct library_test : forge_db::sqlite::rollback_fixture {
  library_test() : forge_db::sqlite::rollback_fixture(library_for_tests()) {}
};
// [/fixture]

namespace {

using library::ShelfRepository;

/// Code under test.
void open_branch(forge_db::sqlite::database& db) {
  db.write([](auto& session) { ShelfRepository{session}.insert({.code = "B1", .name = "Branch"}); });
}

}  // namespace

// [use]
TEST_CASE_METHOD(library_test, "a new branch has a shelf beside those that are there") {
  ShelfRepository{session()}.insert({.code = "A1", .name = "By the door"});
  open_branch(db());  // calls db.write(...) itself
  CHECK(ShelfRepository{session()}.count() == 2);
}  // nothing of it stays
// [/use]

TEST_CASE_METHOD(library_test, "docs/testing.md: nothing of it stays") {
  CHECK(ShelfRepository{session()}.count() == 0);
}
