// SPDX-License-Identifier: MIT
// A database belongs to the process that opened it: a child is told so, and leaves the parent's files alone.

#include <forge_db/session/session.hpp>

#include "runtime/driver/query_one.hpp"
#include "runtime/driver/temporary_directory.hpp"
#include "support/catch.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <utility>

using namespace forge_db;

namespace {

/// What `work` answers in a child process; -1 when the child did not end by itself.
template <class Work>
int in_child(Work&& work) {
  pid_t const child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// 7 if `call` throws session_misuse.
template <class Call>
int misuse(Call&& call) {
  try {
    call();
    return 1;
  } catch (session_misuse const&) {
    return 7;
  } catch (...) {
    return 2;
  }
}

}  // namespace

TEST_CASE("a database is refused in a child process, by every way in") {
  temporary_directory const directory;
  auto db = sqlite::open(directory.file("a.db"));
  db.write([](auto& session) { session.connection().execute_script("create table t(x); insert into t values (1)"); });

  CHECK(in_child([&] { return misuse([&] { db.read([](auto&) {}); }); }) == 7);
  CHECK(in_child([&] { return misuse([&] { db.write([](auto&) {}); }); }) == 7);
  CHECK(in_child([&] { return misuse([&] { db.with_writer([](auto&) {}); }); }) == 7);
  CHECK(in_child([&] { return misuse([&] { db.checkpoint(); }); }) == 7);
  auto connection = sqlite::connection::open(directory.file("a.db"));
  CHECK(in_child([&] { return misuse([&] { connection.execute_script("select 1"); }); }) == 7);
  CHECK(in_child([&] { return misuse([&] { connection.begin_write(); }); }) == 7);

  CHECK(in_child([&] {  // opened anew, it works
          auto own = sqlite::open(directory.file("a.db"));
          return static_cast<int>(own.write([](auto& session) {
            session.connection().execute_script("insert into t values (2)");
            return query_int(session.connection(), "select count(*) from t");
          }));
        }) == 2);
  CHECK(db.read([](auto& session) { return query_int(session.connection(), "select count(*) from t"); }) == 2);
}

TEST_CASE("a child that closes what it inherited leaves the parent's log and transaction alone") {
  temporary_directory const directory;
  auto const file = directory.file("a.db");
  std::optional<sqlite::database> db{sqlite::open(file)};
  db->write([](auto& session) { session.connection().execute_script("create table t(x); insert into t values (1)"); });
  REQUIRE(std::filesystem::file_size(file + "-wal") > 0);

  CHECK(in_child([&] {
          db.reset();
          return std::filesystem::exists(file + "-wal") ? 5 : 6;
        }) == 5);
  db->write([&](auto& session) {
    session.connection().execute_script("insert into t values (2)");
    // The child unwinds the session: neither its commit nor its roll back reaches the file.
    CHECK(in_child([&] { return misuse([&] { session.transaction([](auto&) {}); }); }) == 7);
  });
  CHECK(db->read([](auto& session) { return query_int(session.connection(), "select count(*) from t"); }) == 2);
  db.reset();
  CHECK_FALSE(std::filesystem::exists(file + "-wal"));
}

TEST_CASE("a session that is open across a fork is not committed by the child") {
  temporary_directory const directory;
  auto const file = directory.file("a.db");
  sqlite::options rollback_journal;
  rollback_journal.journal_wal = false;  // a roll back by the child would restore pages that the parent has changed
  auto db = sqlite::open(file, rollback_journal);
  db.write([](auto& session) { session.connection().execute_script("create table t(x); insert into t values (1)"); });
  pid_t child = -1;
  int const found = misuse([&] {
    db.write([&](auto& session) {
      session.connection().execute_script("update t set x = 2");
      child = ::fork();
    });
  });
  if (child == 0) ::_exit(found);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(found == 1);  // no misuse here
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 7);
  CHECK(db.read([](auto& session) { return query_int(session.connection(), "select x from t"); }) == 2);
  CHECK(db.read([](auto& session) { return query_text(session.connection(), "pragma integrity_check"); }) == "ok");
}
