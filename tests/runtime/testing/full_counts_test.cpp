// SPDX-License-Identifier: MIT
#include "support/full_counts.hpp"
#include "support/catch.hpp"

TEST_CASE("full counts are asked for by FORGE_DB_FULL=1, and not by FORGE_DB_FULL=0") {
  CHECK(tests::is_full("1"));
  CHECK_FALSE(tests::is_full("0"));
  CHECK_FALSE(tests::is_full(""));
  CHECK_FALSE(tests::is_full(nullptr));
}
