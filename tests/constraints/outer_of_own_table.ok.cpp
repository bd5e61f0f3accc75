// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

constexpr alias<Book, "other"> other;
auto statement() { return select(other[books::id]).from(other).where(other[books::title] == outer(books::title)); }
