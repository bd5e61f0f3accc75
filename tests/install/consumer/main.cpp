// SPDX-License-Identifier: MIT
#include <notes/migrations.hpp>
#include <notes/repositories.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/migration/migration.hpp>

#include <cstdio>

std::size_t members_of(forge_db::json const& text);

int main() {
  auto db = forge_db::sqlite::open(":memory:");
  forge_db::migration::runner run{db};
  run.upgrade({&notes::migrations()});
  db.write([](auto& session) {
    notes::NoteRepository{session}.insert({.title = "first", .labels = std::vector<std::string>{"a", "b"}});
    notes::NoteRepository{session}.insert({.title = "second"});
  });
  auto const page = db.read(
      [](auto& session) { return notes::NoteRepository{session}.list({.title = "FIRST"}, notes::NoteSort::title); });
  bool const right = page.total == 1 && page.rows.front().labels.size() == 2 &&
                     members_of(forge_db::json::parse(R"({"a": 1, "b": 2})")) == 2;
  std::puts(right ? "consumer: works" : "consumer: wrong answer");
  return right ? 0 : 1;
}
