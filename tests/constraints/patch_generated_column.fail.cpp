// expect: gross
// SPDX-License-Identifier: MIT
#include "support/generated_row.hpp"

using namespace forge_db;
using namespace tests;

auto statement() { return update<Price>().set(PricePatch{.gross = 7}).where(prices::net == 5); }
