// SPDX-License-Identifier: MIT
// Built as a shared object, loaded by a test at run time.
#include "plugins/library_plugin.hpp"

#include <library/models.hpp>

#include <forge_db/query/query.hpp>

#include <span>

using namespace forge_db;
using namespace library;

namespace {

auto removal(std::int64_t id) { return remove<Book>().where(books::id == BookId{id}); }

template <class Query>
std::int64_t run(sqlite::connection& connection, Query const& query) {
  auto running = connection.prepare(query);
  query.bind(running);
  if (running.step()) return running.int64(0);
  return connection.changes();
}

std::size_t take_number(std::size_t wanted) {
  while (statement_slot{}.number() + 1 < wanted) {
  }
  return slot_of<decltype(removal(0)), dialect::sqlite>.number();
}

std::int64_t remove_book(sqlite::connection& connection, std::int64_t id) { return run(connection, removal(id)); }

std::int64_t count_books(sqlite::connection& connection, std::int64_t const* ids, std::size_t count) {
  std::vector<BookId> const wanted(ids, ids + count);
  return run(connection, select(forge_db::count()).from<Book>().where(books::id.in(wanted)));
}

std::int64_t rename_book(sqlite::connection& connection, std::int64_t id, char const* title) {
  return run(connection, update<Book>().set(BookPatch{.title = title}).where(books::id == BookId{id}));
}

}  // namespace

extern "C" __attribute__((visibility("default")))
library_plugin const library_plugin_functions{take_number, remove_book, count_books, rename_book};
