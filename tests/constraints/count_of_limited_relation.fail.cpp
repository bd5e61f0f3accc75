// expect: forge_db: count_of() requires a relation that only where() narrows; leave the order, limit and with() out
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

constexpr auto number = count_of(books::loans.limit(3));
