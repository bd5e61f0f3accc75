// SPDX-License-Identifier: MIT
#include "migration/schema_builders.hpp"
#include "support/catch.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <string>
#include <vector>

using namespace migration_test;

namespace {

table_def parents() { return {.name = "parents", .columns = {integer("id"), text("name")}, .primary_key = {"id"}}; }
table_def children() {
  return {.name = "children",
          .columns = {integer("id"), integer("parent_id")},
          .primary_key = {"id"},
          .foreign_keys = {references("parent_id", "parents", "cascade")}};
}

/// Five migrations over 3000 rows: a rebuild of the parent, native changes, and a step.
list family() {
  auto relaxed = parents();
  relaxed.columns[1].nullable = true;
  return make_list(
      "family", {{create_table{parents()}, create_table{children()}},
                 {sql_step{"insert into parents with recursive n(i) as (select 1 union all select i + 1 from n where i "
                           "< 3000) select i, 'p' || i from n;"
                           "insert into children select id, id from parents",
                           ""}},
                 {alter_table{parents(), relaxed}},
                 {add_column{"children", text_or_null("note")}},
                 {data_step{"note", "", [](forge_db::sqlite::write_session& session) {
                              session.connection().execute_script("update children set note = 'n' where note is null");
                              return step_result{session.connection().changes(), {}};
                            }}}});
}

/// Runs `work` in a process of its own; answers its id.
template <class Work>
pid_t in_process(Work const& work) {
  pid_t const child = ::fork();
  if (child != 0) return child;
  try {
    work();
    ::_exit(0);
  } catch (...) {
    ::_exit(1);
  }
}

int end_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

void upgrade_file(std::string const& path, observer* watcher = nullptr) {
  auto database = connection::open(path);
  upgrade(database, family(), watcher);
}

/// Kills its process when it has been told `left` times that something happened.
struct killer : observer {
  int left;
  explicit killer(int moments) : left(moments) {}
  void count() {
    if (left-- == 0) ::raise(SIGKILL);
  }
  void migration_started(std::string const&, migration const&) override { count(); }
  void operation_finished(std::string const&, int, operation_report const&) override { count(); }
  void migration_finished(std::string const&, migration_report const&) override { count(); }
  void rows_copied(std::string const&, std::int64_t, std::int64_t) override { count(); }
};

void check_complete(std::string const& path) {
  auto database = connection::open(path);
  auto const schema = family();
  CHECK(runner{database}.verify({&schema}).clean());
  CHECK(query(database, "select count(*), count(note) from children") == "3000|3000");
  CHECK(query(database, "select count(*), min(name), max(id) from parents") == "3000|p1|3000");
  CHECK(query(database, "pragma integrity_check") == "ok");
  CHECK(query(database, "select count(*) from sqlite_schema where name like '_forge_new%'") == "0");
}

}  // namespace

TEST_CASE("processes that start at once all succeed, and each migration runs once") {
  for (int round = 0; round < 3; ++round) {
    scratch_file const file;
    std::vector<pid_t> running;
    running.reserve(4);
    for (int i = 0; i < 4; ++i) running.push_back(in_process([&] { upgrade_file(file.path()); }));
    for (pid_t each : running) CHECK(end_of(each) == 0);
    check_complete(file.path());
  }
}

TEST_CASE("a process killed at any moment leaves a migration done or not begun, and the next start goes on") {
  bool killed = true;
  int moment = 0;
  for (; killed; ++moment) {
    scratch_file const file;
    int const status = end_of(in_process([&] {
      killer watcher{moment};
      upgrade_file(file.path(), &watcher);
    }));
    killed = WIFSIGNALED(status);
    INFO("killed at moment " << moment);
    CHECK((killed || status == 0));
    {
      auto database = connection::open(file.path());
      auto const schema = family();
      auto const found = runner{database}.status({&schema}).schemas[0];
      CHECK(found.problems.empty());
      CHECK(found.applied.size() + found.pending.size() == 5);
      if (found.applied.size() == 2) CHECK(query(database, "select count(*) from children") == "3000");
    }
    upgrade_file(file.path());
    check_complete(file.path());
  }
  CHECK(moment > 10);
}
