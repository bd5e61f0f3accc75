// expect: forge_db: when() is not supported yet in where() of a relation; write both relations
// SPDX-License-Identifier: MIT
#include <library/books_relations.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto open(bool on) { return books::loans.where(when(on, loans::status == loan_status::open)); }
