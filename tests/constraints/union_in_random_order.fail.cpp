// expect: forge_db: order_by() of a set operation requires columns that its first select gives; for another order
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/random_order.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/query/set_operation.hpp>

using namespace forge_db;
using namespace library;

constexpr auto some = select(books::title).from<Book>();
auto statement() { return union_(some, some).order_by(random_order()); }
