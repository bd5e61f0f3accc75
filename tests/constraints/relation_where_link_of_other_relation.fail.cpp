// expect: forge_db: where() of a relation requires columns of the related table; narrow the parents by their own list
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

constexpr auto relation = books::loans.where(book_authors::position < 2);
