// SPDX-License-Identifier: MIT
// Window functions, compared with loops over the same rows.
#include "runtime/functions/measures_database.hpp"
#include "support/catch.hpp"

#include <forge_db/query/functions/window.hpp>

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

using namespace forge_db;
using measures::Sample;
namespace columns = measures::samples;

namespace {

/// Twelve rows of three grades with repeated numbers, in the order of their ids.
std::vector<Sample> ranked_rows() {
  std::vector<Sample> rows;
  for (std::int64_t i = 0; i < 12; ++i) {
    Sample row{};
    row.id = measures::SampleId{i};
    row.whole = (i * 5) % 7;
    row.grade = static_cast<measures::grade>(i % 3);
    if (i % 4 != 0) row.maybe = static_cast<double>(i);
    rows.push_back(row);
  }
  return rows;
}

template <class... Items>
auto selected(std::vector<Sample> const& rows, Items... items) {
  auto db = tests::measures_database();
  return db.write([&](auto& session) {
    session.execute(insert(rows));
    return session.all(select(items...).template from<Sample>().order_by(columns::id.asc()));
  });
}

}  // namespace

TEST_CASE("places in a partition's order are what counting the rows before gives") {
  auto const rows = ranked_rows();
  auto const by_grade = partition_by(columns::grade);
  auto const in_order = order_by(columns::whole.desc(), columns::id.asc());
  auto const found = selected(
      rows, row_number().over(by_grade, in_order), rank().over(order_by(columns::whole.asc())),
      dense_rank().over(order_by(columns::whole.asc())), lag(columns::maybe).over(order_by(columns::id.asc())),
      lead(columns::whole, 2, -1).over(order_by(columns::id.asc())), ntile(5).over(order_by(columns::id.asc())));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i);
    std::int64_t before = 0;
    std::int64_t less = 0;
    std::vector<std::int64_t> different;
    for (auto const& other : rows) {
      if (other.grade == rows[i].grade && std::pair(-other.whole, other.id) < std::pair(-rows[i].whole, rows[i].id))
        ++before;
      if (other.whole >= rows[i].whole) continue;
      ++less;
      if (std::find(different.begin(), different.end(), other.whole) == different.end())
        different.push_back(other.whole);
    }
    CHECK(std::get<0>(found[i]) == before + 1);
    CHECK(std::get<1>(found[i]) == less + 1);
    CHECK(std::get<2>(found[i]) == static_cast<std::int64_t>(different.size()) + 1);
    CHECK(std::get<3>(found[i]) == (i == 0 ? std::nullopt : rows[i - 1].maybe));
    CHECK(std::get<4>(found[i]) == (i + 2 < rows.size() ? rows[i + 2].whole : -1));
    CHECK(std::get<5>(found[i]) == (i < 3 ? 1 : i < 6 ? 2 : static_cast<std::int64_t>(i - 6) / 2 + 3));
  }
}

TEST_CASE("aggregates of windows look at the rows of their frames") {
  auto const rows = ranked_rows();
  auto const by_id = order_by(columns::id.asc());
  auto const found = selected(rows, sum(columns::whole).over(by_id, rows_between(preceding<2>, current_row)),
                              max(columns::whole).over(by_id, rows_between(following<1>, following<3>)),
                              count(columns::maybe).filter(columns::whole > 2).over(partition_by(columns::grade)),
                              sum(columns::whole).over(by_id),
                              first_value(columns::whole).over(by_id, rows_between(preceding<1>, following<1>)),
                              last_value(columns::whole).over(by_id, rows_between(preceding<1>, following<1>)),
                              nth_value(columns::whole, 2).over(by_id));
  std::int64_t running = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i);
    running += rows[i].whole;
    std::int64_t last_three = 0;
    std::optional<std::int64_t> next_greatest;
    std::int64_t in_grade = 0;
    for (std::size_t j = 0; j < rows.size(); ++j) {
      if (j <= i && j + 2 >= i) last_three += rows[j].whole;
      if (j > i && j <= i + 3) next_greatest = std::max(next_greatest.value_or(0), rows[j].whole);
      if (rows[j].grade == rows[i].grade && rows[j].whole > 2 && rows[j].maybe) ++in_grade;
    }
    CHECK(std::get<0>(found[i]) == last_three);
    CHECK(std::get<1>(found[i]) == next_greatest);
    CHECK(std::get<2>(found[i]) == in_grade);
    CHECK(std::get<3>(found[i]) == running);
    CHECK(std::get<4>(found[i]) == rows[i == 0 ? 0 : i - 1].whole);
    CHECK(std::get<5>(found[i]) == rows[std::min(i + 1, rows.size() - 1)].whole);
    CHECK(std::get<6>(found[i]) == (i == 0 ? std::nullopt : std::optional(rows[1].whole)));
  }
  CHECK_THROWS_AS(ntile(0), invalid_value);
  CHECK_THROWS_AS(lag(columns::whole, -1), invalid_value);
}
