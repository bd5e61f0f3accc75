// SPDX-License-Identifier: MIT
#include "support/generated_row.hpp"

using namespace forge_db;
using namespace tests;

auto statement() { return update<Price>().set(PricePatch{.tax = 2}).where(prices::net == 5); }
