// expect: forge_db: with() requires relations of the table whose rows it loads; nest those of related tables
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

constexpr auto relation = books::loans.with(books::shelf);
