// SPDX-License-Identifier: MIT
#include <library/book_authors.hpp>

#include <forge_db/seed/seed.hpp>
#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace library;

void put(sqlite::database& db, seed::csv_text const& text) {
  db.write([&](auto& session) {
    seed::load<BookAuthor>(session, text, seed::update_existing(book_authors::book_id, book_authors::author_id));
  });
}
