// expect: forge_db: with() requires relations as its arguments; columns are loaded without being named
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

auto read(forge_db::sqlite::read_session& session) { return BookRepository{session}.with(books::title); }
