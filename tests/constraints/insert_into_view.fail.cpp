// expect: forge_db: insert() requires a table; the row is of a view, which is only read
// SPDX-License-Identifier: MIT
#include "support/view_row.hpp"

#include <library/models.hpp>

auto statement() { return forge_db::insert(tests::Stock{}); }
