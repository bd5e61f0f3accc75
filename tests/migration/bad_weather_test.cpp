// SPDX-License-Identifier: MIT
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

#include <fstream>

using namespace migration_test;
namespace fs = std::filesystem;

namespace {

std::string const many_books =
    "insert into books with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select i, 'title "
    "' "
    "|| i, i from n;";

}  // namespace

TEST_CASE("a full disk leaves everything as it was, and the next upgrade goes on") {
  scratch_file const file;
  auto database = connection::open(file.path());
  begin_at_first_version(database, many_books +
                                       "create table loans (book integer references books on delete cascade); insert "
                                       "into loans select id from books");
  auto const before = contents(database);
  database.execute_script("pragma max_page_count = " + query(database, "select page_count + 2 from pragma_page_count"));
  CHECK_THROWS_AS(upgrade(database, changed()), forge_db::disk_full);
  CHECK(contents(database) == before);
  CHECK(query(database, "pragma foreign_keys") == "1");
  CHECK(query(database, "pragma legacy_alter_table") == "0");
  database.execute_script("pragma max_page_count = 1073741823");
  CHECK(upgrade(database, changed()).schemas[0].to == 2);
  CHECK(query(database, "select count(*) from loans") == "5000");
}

TEST_CASE("a reader that looks on sees the old table until it ends, and the new one afterwards") {
  scratch_file const file;
  auto database = connection::open(file.path());
  begin_at_first_version(database, many_books);
  auto reader = connection::open(file.path());
  reader.begin_read();
  auto const seen = query(reader, "select sql from sqlite_schema where name = 'books'");
  upgrade(database, changed());
  CHECK(query(reader, "select count(*) from books") == "5000");
  CHECK(query(reader, "select sql from sqlite_schema where name = 'books'") == seen);
  reader.commit();
  CHECK(query(reader, "select sql from sqlite_schema where name = 'books'") != seen);
}

TEST_CASE("both pragmas are as before, after success and after failure") {
  for (bool keys : {false, true})
    for (bool fails : {false, true}) {
      auto database =
          at_first_version(fails ? "create table _forge_new_books (a); insert into _forge_new_books values (1);" : "");
      database.execute_script(keys ? "pragma legacy_alter_table = off"
                                   : "pragma foreign_keys = off; pragma legacy_alter_table = on");
      CHECK((failure_of([&] { upgrade(database, changed()); }) == "no failure") != fails);
      CHECK(query(database, "pragma foreign_keys") == (keys ? "1" : "0"));
      CHECK(query(database, "pragma legacy_alter_table") == (keys ? "0" : "1"));
    }
}

TEST_CASE("a connection that only reads is refused, and up-to-date files need no writing") {
  scratch_file const file;
  {
    auto database = connection::open(file.path());
    upgrade(database, changed());
  }
  forge_db::sqlite::options settings;
  settings.read_only = true;
  auto reader = connection::open(file.path(), settings);
  CHECK(upgrade(reader, changed()).schemas[0].up_to_date);
  auto more = changed();
  more.migrations.push_back({3, "more", "hash", {}, {}, {drop_table{relaxed()}}});
  CHECK_THROWS_AS(upgrade(reader, more), forge_db::read_only);
}

TEST_CASE("a file that is no database is named") {
  scratch_file const file;
  std::ofstream{file.path()} << "This is a letter, and no database, although it is long enough to look like one.";
  CHECK_THROWS_AS(connection::open(file.path()), forge_db::corrupt);
}

TEST_CASE("a ledger from a newer program stops the upgrade before anything is written") {
  auto database = at_first_version("insert into books values (1, 'a', 2)");
  auto newer = changed();
  newer.migrations.push_back({3, "newest", "other hash", {}, {}, {add_column{"books", text_or_null("x")}}});
  upgrade(database, newer);
  auto const before = contents(database);
  CHECK(failure_of([&] { upgrade(database, changed()); }).find("start the newer program") != std::string::npos);
  CHECK(contents(database) == before);
}

TEST_CASE("an exception from the observer rolls the rebuild back") {
  struct : observer {
    void rows_copied(std::string const&, std::int64_t, std::int64_t) override { throw std::runtime_error("enough"); }
  } watcher;
  auto database = at_first_version(many_books);
  auto const before = contents(database);
  CHECK(failure_of([&] { upgrade(database, changed(), &watcher); }).find("enough") != std::string::npos);
  CHECK(contents(database) == before);
  CHECK(query(database, "pragma foreign_keys") == "1");
}
