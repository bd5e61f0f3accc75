// SPDX-License-Identifier: MIT
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

#include <forge_db/migration/detail/file_check.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace migration_test;

namespace {

std::string bytes(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A file at the first version of the library whose table fills some pages.
void make_library(std::string const& path) {
  auto database = connection::open(path);
  begin_at_first_version(database,
                         "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) insert into "
                         "books select i, 'title of book ' || i, i from n; create index ix on books (title)");
  upgrade(database, make_list("library", {{create_table{books()}}}));  // up to date with that index
  database.checkpoint();
}

/// Overwrites the root page of a table or index with noise.
void scribble(std::string const& path, std::string const& object) {
  std::streamoff place = 0;
  std::streamoff size = 0;
  {
    auto database = connection::open(path);
    place = std::stoll(query(database, "select rootpage from sqlite_schema where name = '" + object + "'"));
    size = std::stoll(query(database, "pragma page_size"));
  }
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp((place - 1) * size);
  file << std::string(static_cast<std::size_t>(size), '\xa5');
}

}  // namespace

TEST_CASE("an intact file is not refused, nor one whose rows break a check of their own") {
  auto database = memory();
  detail::refuse_damage(database);
  database.execute_script(
      "create table t (a check (a > 0), b not null); pragma ignore_check_constraints = on;"
      "insert into t values (-1, 1), (-2, 2); pragma ignore_check_constraints = off");
  CHECK(query(database, "pragma quick_check").find("CHECK constraint failed") != std::string::npos);
  detail::refuse_damage(database);
}

TEST_CASE("a damaged file is refused by what SQLite says of it, with the cure, before anything is written") {
  for (char const* object : {"books", "ix"}) {
    INFO(object);
    scratch_file const file;
    make_library(file.path());
    scribble(file.path(), object);
    auto const before = bytes(file.path());
    {
      auto database = connection::open(file.path());
      try {
        upgrade(database, changed());
        FAIL("it was upgraded");
      } catch (forge_db::corrupt const& problem) {
        std::string const text = problem.what();
        CHECK(text.find("restore a copy") != std::string::npos);
        CHECK(text.find(".recover") != std::string::npos);
        CHECK(text.find("nothing was changed") != std::string::npos);
        CHECK_FALSE(problem.context().engine_message.empty());
      }
      CHECK_FALSE(database.in_transaction());
    }
    CHECK(bytes(file.path()) == before);
  }
}

TEST_CASE("a cut file is refused, too") {
  scratch_file const file;
  make_library(file.path());
  std::filesystem::resize_file(file.path(), std::filesystem::file_size(file.path()) / 2);
  auto const start = [&] {
    auto database = connection::open(file.path());  // which may notice it itself
    upgrade(database, changed());
  };
  CHECK_THROWS_AS(start(), forge_db::corrupt);
}

TEST_CASE("a start that has nothing to migrate does not read the whole file") {
  scratch_file const file;
  make_library(file.path());
  scribble(file.path(), "ix");
  auto database = connection::open(file.path());
  CHECK(upgrade(database, make_list("library", {{create_table{books()}}})).schemas[0].up_to_date);
}

TEST_CASE("complaints that were there before a rebuild are not the rebuild's, new ones are") {
  auto database = memory();
  database.execute_script(
      "create table t (a check (a > 0)); create table u (a check (a > 0)); pragma ignore_check_constraints = on;"
      "insert into t values (-1); pragma ignore_check_constraints = off");
  detail::file_check const check{database};
  check.prove();
  database.execute_script(
      "pragma ignore_check_constraints = on; insert into u values (-1); "
      "pragma ignore_check_constraints = off");
  CHECK(failure_of([&] { check.prove(); }).find("quick_check says: CHECK constraint failed in u") != std::string::npos);
}
