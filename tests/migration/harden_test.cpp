// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

#include <forge_db/maintenance/maintenance.hpp>

using namespace migration_test;
namespace fs = std::filesystem;

namespace {

fs::perms mode(fs::path const& path) { return fs::status(path).permissions() & fs::perms::mask; }

}  // namespace

TEST_CASE("hardening leaves a database to its owner, and finds nothing to do the second time") {
  scratch_file const file;
  connection::open(file.path()).execute_script("create table t (a)");
  fs::path const directory = fs::path{file.path()}.parent_path();
  fs::permissions(directory, fs::perms{0755});
  fs::permissions(file.path(), fs::perms{0644});
  CHECK(forge_db::harden("sqlite:///" + file.path()) ==
        std::vector<std::string>{directory.string() + ": mode set to 0700", file.path() + ": mode set to 0600"});
  CHECK(mode(directory) == fs::perms{0700});
  CHECK(mode(file.path()) == fs::perms{0600});
  CHECK(forge_db::harden(file.path()).empty());
}

TEST_CASE("hardening leaves alone what is no file") {
  for (char const* name :
       {":memory:", "", "sqlite://", "sqlite:///:memory:", "postgres://host/db", "/no/such/directory/x.db"}) {
    INFO(name);
    CHECK(forge_db::harden(name).empty());
  }
}
