// expect: forge_db: remove() requires a table; the row is of a view, which is only read
// SPDX-License-Identifier: MIT
#include "support/view_row.hpp"

#include <library/models.hpp>

auto statement() { return forge_db::remove<tests::Stock>().all_rows(); }
