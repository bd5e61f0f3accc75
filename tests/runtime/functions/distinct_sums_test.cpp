// SPDX-License-Identifier: MIT
#include "runtime/functions/measures_database.hpp"
#include "support/catch.hpp"

#include <forge_db/query/functions/distinct_aggregate.hpp>

#include <optional>
#include <vector>

using namespace forge_db;
using measures::Sample;
namespace columns = measures::samples;

namespace {

std::vector<Sample> samples_with_repeats() {
  std::vector<Sample> rows(4);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].id = measures::SampleId{static_cast<std::int64_t>(i)};
  rows[0].whole = rows[1].whole = rows[2].whole = 2;
  rows[3].whole = 5;
  rows[0].price = rows[1].price = rows[2].price = decimal<12, 2>::from_scaled(10);
  rows[3].price = decimal<12, 2>::from_scaled(-30);
  rows[0].maybe = rows[1].maybe = 1.0;
  rows[2].maybe = 4.0;
  return rows;
}

}  // namespace

TEST_CASE("sum_distinct() and avg_distinct() take each different value once") {
  auto db = tests::measures_database();
  db.write([](auto& session) {
    session.execute(insert(samples_with_repeats()));
    auto const [whole, prices, mean, maybe, of_two] =
        session.one(select(sum_distinct(columns::whole), sum_distinct(columns::price), avg_distinct(columns::whole),
                           avg_distinct(columns::maybe), sum_distinct(columns::price).filter(columns::whole == 2))
                        .template from<Sample>());
    CHECK(whole == 7);
    CHECK(prices == decimal<12, 2>::from_scaled(-20));
    CHECK(mean == 3.5);
    CHECK(maybe == 2.5);
    CHECK(of_two == decimal<12, 2>::from_scaled(10));
  });
}

TEST_CASE("distinct sums of nothing are NULL") {
  auto db = tests::measures_database();
  db.read([](auto& session) {
    auto const [whole, mean] =
        session.one(select(sum_distinct(columns::whole), avg_distinct(columns::maybe)).template from<Sample>());
    CHECK_FALSE(whole);
    CHECK_FALSE(mean);
  });
}
