// SPDX-License-Identifier: MIT
#include "support/generated_row.hpp"

using namespace forge_db;
using namespace tests;

auto statement() { return update<Price>().set(prices::tax = std::int64_t{2}).where(prices::gross == 7); }
