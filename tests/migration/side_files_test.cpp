// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

#include <forge_db/maintenance/maintenance.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace migration_test;
using forge_db::tidy_side_files;
namespace fs = std::filesystem;

namespace {

bool has_side_files(scratch_file const& file) {
  return fs::exists(file.path() + "-wal") || fs::exists(file.path() + "-shm");
}

void make(scratch_file const& file) { connection::open(file.path()).execute_script("create table t (a)"); }

/// Reading leaves both files: a connection that may not write may not remove them.
void read(scratch_file const& file) {
  forge_db::sqlite::options settings;
  settings.read_only = true;
  auto reader = connection::open(file.path(), settings);
  query(reader, "select * from t");
}

}  // namespace

TEST_CASE("what reading leaves beside a database is removed") {
  scratch_file const file;
  make(file);
  REQUIRE_FALSE(has_side_files(file));
  read(file);
  REQUIRE(has_side_files(file));
  tidy_side_files(file.path());
  CHECK_FALSE(has_side_files(file));
}

TEST_CASE("the files of a database that somebody has open stay") {
  scratch_file const file;
  make(file);
  auto other = connection::open(file.path());
  query(other, "select * from t");
  tidy_side_files(file.path());
  CHECK(has_side_files(file));
  other.execute_script("insert into t values (1)");
  CHECK(query(other, "select * from t") == "1");
}

TEST_CASE("a log with committed rows is not touched, nor do they get lost") {
  scratch_file const file;
  scratch_file const copy;
  {
    auto other = connection::open(file.path());
    other.execute_script("create table t (a); insert into t values (7)");
    for (char const* side : {"", "-wal"}) fs::copy_file(file.path() + side, copy.path() + side);
  }
  auto const size = fs::file_size(copy.path() + "-wal");  // as if its program had died
  REQUIRE(size > 0);
  tidy_side_files(copy.path());
  CHECK(fs::file_size(copy.path() + "-wal") == size);
  auto database = connection::open(copy.path());
  CHECK(query(database, "select * from t") == "7");
}

TEST_CASE("where there is nothing to tidy, nothing happens") {
  scratch_file const file;
  tidy_side_files(file.path());
  tidy_side_files("");
  tidy_side_files(":memory:");
  tidy_side_files("/no/such/directory/x.db");
  CHECK(fs::is_empty(fs::path(file.path()).parent_path()));

  std::ofstream(file.path() + "-wal").flush();  // beside a database that is not there
  tidy_side_files(file.path());
  CHECK_FALSE(fs::exists(file.path()));

  fs::remove(file.path() + "-wal");
  fs::create_directory(file.path() + "-wal");
  tidy_side_files(file.path());
  CHECK(fs::is_directory(file.path() + "-wal"));

  fs::remove(file.path() + "-wal");
  std::ofstream(file.path()) << "This is no database, but a letter of some length. It says nothing.";
  std::ofstream(file.path() + "-wal").flush();
  tidy_side_files(file.path());
  CHECK(fs::file_size(file.path()) == 66);
}
