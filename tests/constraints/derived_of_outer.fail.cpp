// expect: forge_db: derived() requires a select without outer(); join on a condition instead
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/derived.hpp>
#include <forge_db/query/outer.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return derived<"lent">(select<Loan>().where(loans::book_id == outer(books::id))); }
