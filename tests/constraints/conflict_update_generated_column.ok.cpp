// SPDX-License-Identifier: MIT
#include "support/generated_row.hpp"

using namespace forge_db;
using namespace tests;

auto statement(NewPrice const& price) { return insert(price).on_conflict(prices::gross).update(prices::tax); }
