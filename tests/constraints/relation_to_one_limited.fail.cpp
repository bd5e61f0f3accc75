// expect: forge_db: limit() requires a relation to many rows; leave it out
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

constexpr auto relation = books::shelf.limit(1);
