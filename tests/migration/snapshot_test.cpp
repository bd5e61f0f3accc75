// SPDX-License-Identifier: MIT
#include "migration/library_fixture.hpp"
#include "support/catch.hpp"

using namespace migration_test;
namespace fs = std::filesystem;

namespace {

/// A file with two books at the first version of a list whose second migration is `last`.
struct library_file {
  scratch_file file;
  list schema;
  connection database = connection::open(file.path());

  explicit library_file(std::vector<operation> last, std::string const& script = "")
      : schema(make_list("library", {{create_table{books()}}, std::move(last)})) {
    begin_at_first_version(database, "insert into books values (1, 'a', 3), (2, 'b', null);" + script);
  }
  report run(upgrade_options const& options = {}) { return runner{database}.upgrade({&schema}, nullptr, options); }
  std::string snapshot() { return run().schemas[0].migrations.back().snapshot; }
  std::vector<std::string> snapshots(fs::path folder = {}) const {
    if (folder.empty()) folder = fs::path{file.path()}.parent_path();
    std::vector<std::string> names;
    for (auto const& each : fs::directory_iterator{folder})
      if (each.path().extension() == ".snapshot") names.push_back(each.path().filename().string());
    return names;
  }
};

drop_column const no_score{"books", integer_or_null("score")};

}  // namespace

TEST_CASE("what is dropped is in a snapshot that only the owner may read") {
  library_file one{{no_score}};
  std::string const path = one.snapshot();
  CHECK(path.starts_with(one.file.path() + ".before-library-2-20"));
  CHECK(one.snapshots().size() == 1);
  CHECK((fs::status(path).permissions() & fs::perms::mask) == fs::perms{0600});
  auto kept = connection::open(path);
  CHECK(query(kept, "select * from books") == "1|a|3\n2|b|NULL");
  CHECK(query(kept, "pragma integrity_check") == "ok");
  CHECK(runner{kept}.status({&one.schema}).schemas[0].version == 1);
  CHECK(query(one.database, "select * from books") == "1|a\n2|b");
}

TEST_CASE("a snapshot is made for whatever destroys, and for nothing else") {
  auto const makes_one = [](operation op, std::string const& script = "") {
    return !library_file{{std::move(op)}, script}.snapshot().empty();
  };
  auto narrow = books();
  narrow.columns.pop_back();
  CHECK(makes_one(drop_table{books()}));
  CHECK(makes_one(alter_table{books(), narrow}));
  CHECK(makes_one(sql_step{"update books set title = 'x'", ""}));
  CHECK_FALSE(makes_one(drop_table{books()}, "delete from books"));
  CHECK_FALSE(makes_one(no_score, "update books set score = null"));
  CHECK_FALSE(makes_one(alter_table{books(), relaxed()}));
  CHECK_FALSE(makes_one(add_column{"books", text_or_null("x")}));
  CHECK_FALSE(makes_one(sql_step{"create table t (a references books on delete cascade)", ""}));
}

TEST_CASE("a snapshot does not hold what its migration did before") {
  library_file one{{add_column{"books", text_or_null("x")}, no_score}};
  auto kept = connection::open(one.snapshot());
  CHECK(query(kept, "select name from pragma_table_info('books')") == "id\ntitle\nscore");
}

TEST_CASE("a snapshot can be kept elsewhere, or not at all") {
  scratch_file const elsewhere;
  std::string const folder = fs::path{elsewhere.path()}.parent_path().string();
  library_file moved{{no_score}};
  CHECK(moved.run({.snapshot_folder = folder}).schemas[0].migrations[0].snapshot.starts_with(folder + "/test.db."));
  CHECK(moved.snapshots(folder).size() == 1);
  library_file none{{no_score}};
  CHECK(none.run({.snapshots = false}).schemas[0].migrations[0].snapshot.empty());
  CHECK(none.snapshots().empty());
}

TEST_CASE("a snapshot that cannot be made stops the migration before it destroys anything") {
  library_file one{{no_score}};
  auto const failure = failure_of([&] { one.run({.snapshot_folder = "/no/such/folder"}); });
  CHECK(failure.find("give a folder that can be written to as upgrade_options::snapshot_folder") != std::string::npos);
  CHECK(query(one.database, "select * from books") == "1|a|3\n2|b|NULL");
  CHECK(query(one.database, "pragma foreign_keys") == "1");
}

TEST_CASE("the snapshot of a migration that failed is deleted, since the database is as before") {
  library_file one{{no_score, create_index{{"ux", "books", {{"title"}}, true}}}, "update books set title = 'same'"};
  CHECK(failure_of([&] { one.run(); }).find("index ux: expected unique values") != std::string::npos);
  CHECK(one.snapshots().empty());
}

TEST_CASE("snapshots never share a name") {
  library_file one{{no_score}};
  auto const undo = [&] {
    one.database.execute_script(
        "alter table books add column score integer; update books set score = 1; delete from _forge_ledger where "
        "version = 2; update _forge_head set version = 1, cookie = -1, chain = (select chain from _forge_ledger)");
  };
  for (int i = 0; i < 3; ++i, undo()) one.run();
  CHECK(one.snapshots().size() == 3);
}

TEST_CASE("databases in memory, and files that had no table, have no snapshot") {
  auto const schema = make_list(
      "library", {{create_table{books()}}, {sql_step{"insert into books values (1, 'a', 1)", ""}}, {no_score}});
  auto database = memory();
  CHECK(upgrade(database, schema).schemas[0].migrations[2].snapshot.empty());
  scratch_file const file;
  auto fresh = connection::open(file.path());
  CHECK(upgrade(fresh, schema).schemas[0].migrations[2].snapshot.empty());
}

TEST_CASE("with a rollback journal, too, the snapshot is taken while the write lock is held") {
  forge_db::sqlite::options rollback_journal;
  rollback_journal.journal_wal = false;
  scratch_file const file;
  auto database = connection::open(file.path(), rollback_journal);
  begin_at_first_version(database, "insert into books values (1, 'a', 3)");
  auto const schema = make_list("library", {{create_table{books()}}, {no_score}});
  auto kept = connection::open(upgrade(database, schema).schemas[0].migrations[0].snapshot);
  CHECK(query(kept, "select score from books") == "3");
}

TEST_CASE("a plan tells what it destroys, and an observer where the snapshot is") {
  struct : observer {
    std::string path;
    void snapshot_made(std::string const&, migration const&, std::string const& where) override { path = where; }
  } watcher;
  library_file one{{no_score}};
  CHECK(runner{one.database}.plan({&one.schema}).operations[0].destroys == "1 value of column books.score");
  auto const done = runner{one.database}.upgrade({&one.schema}, &watcher);
  CHECK(watcher.path == done.schemas[0].migrations[0].snapshot);
}
