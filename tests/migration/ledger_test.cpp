// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace migration_test;

namespace {

list three() {
  table_def const table{.name = "t", .columns = {text("a")}};
  return make_list("s",
                   {{create_table{table}}, {add_column{"t", text_or_null("b")}}, {add_column{"t", text_or_null("c")}}});
}

struct upgraded {
  connection database = memory();
  upgraded() { upgrade(database, three()); }
  std::string failure(list const& schema) {
    return failure_of([&] { upgrade(database, schema); });
  }
};

std::string const end = "; nothing was changed";

}  // namespace

TEST_CASE("the ledger holds a chained row for each migration") {
  upgraded at;
  auto const schema = three();
  auto const status = runner{at.database}.status({&schema});
  REQUIRE(status.schemas[0].applied.size() == 3);
  CHECK(status.schemas[0].applied[2].title == "step 3");
  CHECK(status.schemas[0].applied[2].chain == chain_of(schema));
  CHECK(status.schemas[0].applied[2].outcome == "applied");
  CHECK(status.schemas[0].pending.empty());
  CHECK(status.schemas[0].problems.empty());
  CHECK(query(at.database, "select version, chain = '" + chain_of(schema) + "' from _forge_head") == "3|1");
}

TEST_CASE("status of a database without a ledger") {
  auto database = memory();
  auto const schema = three();
  auto const status = runner{database}.status({&schema});
  CHECK(status.schemas[0].version == std::nullopt);
  CHECK(status.schemas[0].pending == std::vector<int>{1, 2, 3});
  CHECK(introspect(database).tables.empty());
}

TEST_CASE("an edited migration is reported with its number") {
  upgraded at;
  auto schema = three();
  schema.migrations[1].hash = "edited";
  CHECK(at.failure(schema) ==
        "forge_db: upgrade of schema s: migration 2 \"step 2\" was edited after it ran; restore the file, and write "
        "the change as a new migration" +
            end);
}

TEST_CASE("a missing migration is reported with its number") {
  upgraded at;
  auto schema = three();
  schema.migrations.erase(schema.migrations.begin() + 1);
  CHECK(at.failure(schema) ==
        "forge_db: upgrade of schema s: the list has migration 3 where 2 should be; number the files without gaps" +
            end);
  schema.migrations[1].version = 2;
  CHECK(at.failure(schema) ==
        "forge_db: upgrade of schema s: migration 2 \"step 2\" was edited after it ran; restore the file, and write "
        "the change as a new migration" +
            end);
}

TEST_CASE("reordered migrations are reported with both numbers") {
  upgraded at;
  auto schema = three();
  std::swap(schema.migrations[1].hash, schema.migrations[2].hash);
  CHECK(at.failure(schema) ==
        "forge_db: upgrade of schema s: migration 2 \"step 2\" stands as number 3 in the list; put the files back in "
        "order" +
            end);
}

TEST_CASE("a database of a newer program is left alone") {
  upgraded at;
  auto schema = three();
  schema.migrations.pop_back();
  auto const before = contents(at.database);
  CHECK(at.failure(schema) ==
        "forge_db: upgrade of schema s: the database holds migration 3 \"step 3\" and this program knows migrations up "
        "to 2; start the newer "
        "program, or restore a backup from before its upgrade" +
            end);
  CHECK(contents(at.database) == before);
}

TEST_CASE("rows of the ledger cannot be altered or removed unnoticed") {
  upgraded at;
  auto const schema = three();
  auto const problem = [&] { return runner{at.database}.status({&schema}).schemas[0].problems.at(0); };
  SECTION("a hash") {
    at.database.execute_script("update _forge_ledger set title = 'other' where version = 2");
    CHECK(problem() ==
          "the record of migration 2 \"other\" was altered in the ledger; restore the database from a backup");
  }
  SECTION("a row in the middle") {
    at.database.execute_script("delete from _forge_ledger where version = 2");
    CHECK(problem() ==
          "the record of migration 3 \"step 3\" was altered in the ledger; restore the database from a backup");
  }
  SECTION("the last row") {
    at.database.execute_script("delete from _forge_ledger where version = 3");
    CHECK(problem() == "the ledger's head and its last row disagree; restore the database from a backup");
  }
  SECTION("the head") {
    at.database.execute_script("delete from _forge_head");
    CHECK(problem() == "the ledger has rows and no head; restore the database from a backup");
  }
  CHECK_FALSE(runner{at.database}.verify({&schema}).clean());
}

TEST_CASE("something else under a name of the ledger's is refused by that name") {
  auto const refusal = [](std::string const& name) {
    return "forge_db: upgrade requires " + name +
           " to be free for ForgeDB's own record, and the database has something else of that name; rename or drop it, "
           "as by ALTER TABLE \"" +
           name + "\" RENAME TO \"old" + name + "\"" + end;
  };
  for (std::string const name : {"_forge_ledger", "_forge_head", "_forge_accepted", "_Forge_Head"}) {
    CAPTURE(name);
    auto database = memory();
    database.execute_script("create table \"" + name + "\" (a); insert into \"" + name + "\" values (1)");
    CHECK(failure_of([&] { upgrade(database, three()); }) == refusal(name));
    CHECK(query(database, "select name from sqlite_schema") == name);
    database.execute_script("alter table \"" + name + "\" rename to \"old" + name + "\"");
    CHECK_NOTHROW(upgrade(database, three()));
    CHECK(query(database, "select a from \"old" + name + "\"") == "1");
  }
  auto database = memory();
  database.execute_script("create view _forge_ledger as select 1 as a");
  CHECK(failure_of([&] { upgrade(database, three()); }) == refusal("_forge_ledger"));
}
