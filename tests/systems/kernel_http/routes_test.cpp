// SPDX-License-Identifier: MIT
#include "http/route.hpp"
#include "support/catch.hpp"

#include <string>
#include <variant>

using namespace kernel::http;

TEST_CASE("no GET and no HEAD is given a session that can write") {
  int reading = 0;
  int changing = 0;
  for (route const& each : all_routes()) {
    INFO(std::string(each.pattern));
    bool const writes = std::holds_alternative<write_handler>(each.work);
    CHECK_FALSE((each.method == verb::get && writes));
    CHECK_FALSE((each.method != verb::get && std::holds_alternative<read_handler>(each.work)));
    reading += each.method == verb::get;
    changing += writes;
  }
  CHECK(reading >= 20);
  CHECK(changing >= 15);
}
