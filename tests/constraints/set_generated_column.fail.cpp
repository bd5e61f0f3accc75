// expect: forge_db: assignment requires a column that is not generated; the database computes it, leave it out
// SPDX-License-Identifier: MIT
#include "support/generated_row.hpp"

using namespace forge_db;
using namespace tests;

auto statement() { return update<Price>().set(prices::gross = std::int64_t{7}).where(prices::net == 5); }
