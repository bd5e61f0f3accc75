// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return update<Book>().set(books::score = scalar(select(avg(books::score)).from<Book>())); }
