// SPDX-License-Identifier: MIT
// Runs statements from a static initialiser; see early_statements_test.cpp.
#include "runtime/query/early_statements.hpp"
#include "runtime/repository/library_database.hpp"

#include <string>
#include <vector>

using namespace forge_db;
using namespace library;

namespace {

auto own() { return select(count()).from<Book>().where(books::id >= BookId{1}); }

}  // namespace

std::size_t slot_of_first() { return slot_of<decltype(own()), dialect::sqlite>.number(); }

early_run const first_early_run = [] {
  auto db = tests::library_database();
  return db.write([](auto& session) {
    std::vector<NewBook> const rows{{.isbn = "1", .title = "a"}, {.isbn = "2", .title = "b"}};
    session.execute(insert(rows));
    early_run found;
    found.count = session.value(every_book());
    found.by_own = session.value(own());
    found.shared_slot = slot_of<decltype(every_book()), dialect::sqlite>.number();
    found.own_slot = slot_of_first();
    found.slot_of_other = slot_of_second();
    return found;
  });
}();
