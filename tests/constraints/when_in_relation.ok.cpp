// SPDX-License-Identifier: MIT
#include <library/books_relations.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto open() { return books::loans.where(loans::status == loan_status::open); }
