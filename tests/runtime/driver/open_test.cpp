// SPDX-License-Identifier: MIT

#include <forge_db/driver/sqlite/sqlite.hpp>

#include "runtime/driver/query_one.hpp"
#include "runtime/driver/temporary_directory.hpp"
#include "support/catch.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace forge_db;
using Catch::Matchers::ContainsSubstring;

namespace {

std::string open_failure(std::string const& path, sqlite::options const& settings = {}) {
  try {
    sqlite::connection::open(path, settings);
  } catch (error const& failure) {
    return failure.what();
  }
  return "opened";
}

void make_database(std::string const& path) { sqlite::connection::open(path).execute_script("create table t(x)"); }

/// Root may do everything, so the tests of modes run as nobody.
class unprivileged {
 public:
  unprivileged() : changed_(::geteuid() == 0 && ::seteuid(65534) == 0) {}
  unprivileged(unprivileged const&) = delete;
  unprivileged& operator=(unprivileged const&) = delete;
  ~unprivileged() {
    if (changed_ && ::seteuid(0) != 0) std::abort();
  }

 private:
  bool changed_;
};

}  // namespace

TEST_CASE("any file name is taken literally") {
  temporary_directory const directory;
  auto const name = GENERATE(as<std::string>(), "with space.db", "größe-ключ-鍵.db", "a?mode=ro&x=%20#y.db",
                             "quote'\".db", "file:name.db", "-v");
  auto const path = directory.file(name);
  make_database(path);
  CHECK(std::filesystem::exists(path));
  auto again = sqlite::connection::open(path);
  CHECK(query_int(again, "select count(*) from sqlite_schema") == 1);
}

TEST_CASE("a relative name that looks like a URI is a file in the current directory") {
  temporary_directory const directory;
  auto const before = std::filesystem::current_path();
  std::filesystem::current_path(directory.path());
  make_database("file:plain.db?mode=memory");
  std::filesystem::current_path(before);
  CHECK(std::filesystem::exists(directory.path() / "file:plain.db?mode=memory"));
}

TEST_CASE("a name that is no file is refused with the cure") {
  temporary_directory const directory;
  CHECK_THAT(open_failure(""), ContainsSubstring("requires a file name; say \":memory:\""));
  CHECK_THAT(open_failure(std::string("a\0b", 3)), ContainsSubstring("without NUL bytes"));
  CHECK_THAT(open_failure(directory.file("missing/a.db")), ContainsSubstring("/missing\" to exist"));
  CHECK_THAT(open_failure(directory.path().string()), ContainsSubstring("to be a file; it is a directory"));
  make_database(directory.file("a.db"));
  CHECK_THAT(open_failure(directory.file("a.db/b.db")), ContainsSubstring("to be a directory; it is a file"));
}

TEST_CASE("a missing file is not made when that is not wanted") {
  temporary_directory const directory;
  sqlite::options settings;
  settings.create = false;
  CHECK_THAT(open_failure(directory.file("a.db"), settings), ContainsSubstring("a.db\" to exist; set options::create"));
  settings = {};
  settings.read_only = true;
  CHECK_THAT(open_failure(directory.file("a.db"), settings), ContainsSubstring("a.db\" to exist"));
  CHECK_FALSE(std::filesystem::exists(directory.file("a.db")));
}

TEST_CASE("a file that is no database is reported as such") {
  temporary_directory const directory;
  auto const path = directory.file("a.db");
  std::ofstream(path) << std::string(5000, 'x');
  CHECK_THROWS_AS(sqlite::connection::open(path), corrupt);
  CHECK_THAT(open_failure(path), ContainsSubstring("a.db\" to be a SQLite database"));
  sqlite::options settings;
  settings.read_only = true;
  CHECK_THROWS_AS(sqlite::connection::open(path, settings), corrupt);
}

TEST_CASE("a file that was cut is reported by its name") {
  temporary_directory const directory;
  auto const path = directory.file("a.db");
  sqlite::connection::open(path).execute_script(
      "create table t (x); insert into t values (zeroblob(20000)); pragma wal_checkpoint(truncate)");
  std::filesystem::resize_file(path, 3000);
  CHECK_THROWS_AS(sqlite::connection::open(path), corrupt);
  CHECK_THAT(open_failure(path), ContainsSubstring("a.db\" to be whole"));
}

TEST_CASE("modes that forbid writing are reported when the file is opened") {
  temporary_directory const directory;
  auto const path = directory.file("a.db");
  make_database(path);
  std::filesystem::permissions(directory.path(), std::filesystem::perms{0555});
  std::filesystem::permissions(path, std::filesystem::perms{0444});
  {
    unprivileged const nobody;
    CHECK_THAT(open_failure(directory.file("new.db")), ContainsSubstring("to be writable by this user"));
    CHECK_THAT(open_failure(path), ContainsSubstring("to be writable by this user"));
    CHECK_THROWS_AS(sqlite::connection::open(path), read_only);
  }
  std::filesystem::permissions(path, std::filesystem::perms{0});
  {
    unprivileged const nobody;
    CHECK_THAT(open_failure(path), ContainsSubstring("to be readable by this user"));
  }
  std::filesystem::permissions(directory.path(), std::filesystem::perms{0755});
}

TEST_CASE("a connection opened for reading refuses writes") {
  temporary_directory const directory;
  make_database(directory.file("a.db"));
  sqlite::options settings;
  settings.read_only = true;
  auto connection = sqlite::connection::open(directory.file("a.db"), settings);
  CHECK(query_int(connection, "select count(*) from t") == 0);
  CHECK_THROWS_AS(connection.execute_script("insert into t values(1)"), read_only);
}
