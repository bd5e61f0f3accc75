// expect: forge_db: page_after() requires an order_by() without secret columns; a cursor shows values
// SPDX-License-Identifier: MIT
#include <desk/accounts.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

auto made() { return forge_db::select<desk::Account>().order_by(desk::accounts::password.asc()).page_after({}, 10); }
