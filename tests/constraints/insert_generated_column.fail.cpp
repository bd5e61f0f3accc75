// expect: gross
// SPDX-License-Identifier: MIT
#include "support/generated_row.hpp"

using namespace forge_db;
using namespace tests;

auto statement() { return insert(NewPrice{.net = 5, .gross = 7}); }
