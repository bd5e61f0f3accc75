// SPDX-License-Identifier: MIT
// The code that docs/seeding.md shows.

#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/models.hpp>
#include <library/seeds.hpp>

#include <forge_db/forge_db.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

// [csv]
#include <forge_db/seed/seed.hpp>

using forge_db::seed::csv_file;
using forge_db::seed::update_existing;

forge_db::seed::report load_folder(forge_db::sqlite::database& db, std::string const& folder) {
  return db.write([&](auto& session) {  // all files, or none
    forge_db::seed::report done;
    done += forge_db::seed::load<library::Shelf>(session, csv_file(folder + "/shelves.csv"),
                                                 update_existing(library::shelves::code));
    done += forge_db::seed::load<library::Book>(session, csv_file(folder + "/books.csv"),
                                                update_existing(library::books::isbn));
    return done;
  });
}
// [/csv]

namespace {

void log(std::string const&) {}

}  // namespace

TEST_CASE("docs/seeding.md: rows of a YAML file, and again") {
  auto db = tests::library_database();
  // [yaml]
  auto const done = db.write([](auto& session) { return library::seeds::demo(session); });
  log(done.text());  // "shelves: 2 inserted, 0 updated, 0 skipped", "books: 3 inserted, ..."
  // [/yaml]
  CHECK(done.text() == "shelves: 2 inserted, 0 updated, 0 skipped\nbooks: 3 inserted, 0 updated, 0 skipped\n");
  CHECK(done.changed() == 5);
  auto const updated_at = [&] {
    return db.read([](auto& session) {
      return session.one(forge_db::select<library::Book>().where(library::books::isbn == "9780141439587")).updated_at;
    });
  };
  auto const before = updated_at();
  auto const again = db.write([](auto& session) { return library::seeds::demo(session); });
  CHECK(again.text() == "shelves: 0 inserted, 0 updated, 2 skipped\nbooks: 0 inserted, 0 updated, 3 skipped\n");
  CHECK(again.changed() == 0);
  CHECK(updated_at() == before);
  db.read([](auto& session) {
    auto const book = session.one(forge_db::select<library::Book>().where(library::books::isbn == "9780306406157"));
    CHECK(book.title == "Solid State Physics");
    CHECK(book.score == std::nullopt);
    CHECK(book.status == library::loan_status::lost);
  });
}

TEST_CASE("docs/seeding.md: an error names the line of the YAML file, and nothing stays") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    session.connection().execute_script(
        "insert into books (isbn, title, created_at, updated_at, tags, status) values "
        "('1', 'x', '2024-01-01 00:00:00.000000', '2024-01-01 00:00:00.000000', '[]', 'open');"
        "create unique index by_title on books (title); update books set title = 'Emma'");
    try {
      library::seeds::demo(session);
      FAIL("accepted");
    } catch (forge_db::constraint_violation const& refused) {
      CHECK(refused.message() ==
            "forge_db: schema/seeds/library/demo.yaml:12: a statement would repeat a unique value");
    }
    CHECK(session.value(forge_db::select(forge_db::count()).template from<library::Shelf>()) == 0);
  });
}

TEST_CASE("docs/seeding.md: CSV files") {
  auto const folder = std::filesystem::temp_directory_path() / ("forge_db_seeding_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "shelves.csv") << "code,name\nA,By the door\n";
  std::ofstream(folder / "books.csv") << "isbn,title,score\n1,Emma,\n2,\"\",4.5\n";
  auto db = tests::library_database();
  CHECK(load_folder(db, folder.string()).changed() == 3);
  CHECK(load_folder(db, folder.string()).changed() == 0);
  std::filesystem::remove_all(folder);
}
