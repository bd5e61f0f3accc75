// expect: forge_db: update() requires columns that are not generated; the database computes them, leave them out
// SPDX-License-Identifier: MIT
#include "support/generated_row.hpp"

using namespace forge_db;
using namespace tests;

auto statement(NewPrice const& price) { return insert(price).on_conflict(prices::net).update(prices::gross); }
