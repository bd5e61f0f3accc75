// SPDX-License-Identifier: MIT
// Percentiles and distances of vectors: the functions that SQLite gets from us.
#include "runtime/functions/measures_database.hpp"
#include "support/catch.hpp"

#include <forge_db/driver/sqlite/sqlite_functions.hpp>
#include <forge_db/query/functions/percentile.hpp>
#include <forge_db/query/functions/vector_distance.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace forge_db;
using measures::Sample;
namespace columns = measures::samples;
using measures::Note;
namespace notes = measures::notes;

namespace {

/// percentile_cont by sorting.
double between(std::vector<double> numbers, double fraction) {
  std::sort(numbers.begin(), numbers.end());
  double const place = fraction * static_cast<double>(numbers.size() - 1);
  auto const below = static_cast<std::size_t>(place);
  double const high = numbers[std::min(below + 1, numbers.size() - 1)];
  return numbers[below] + (place - static_cast<double>(below)) * (high - numbers[below]);
}
/// percentile_disc: the first that enough are not greater than.
template <class Number>
Number one_of(std::vector<Number> numbers, double fraction) {
  std::sort(numbers.begin(), numbers.end());
  std::size_t i = 0;
  while (static_cast<double>(i + 1) < fraction * static_cast<double>(numbers.size())) ++i;
  return numbers[i];
}

sqlite::database notes_database() {
  auto db = sqlite::open(":memory:");
  db.write([](auto& session) {
    session.connection().execute_script("create table notes (id integer primary key, embedding blob, wide blob)");
  });
  return db;
}

}  // namespace

TEST_CASE("percentiles are those of the sorted numbers, whatever their order and number") {
  std::mt19937 random(11);
  for (std::size_t const count : {1U, 2U, 3U, 10U, 101U}) {
    std::vector<Sample> rows(count);
    std::vector<double> reals;
    std::vector<double> known;
    std::vector<std::int64_t> wholes;
    std::vector<std::int64_t> prices;
    for (std::size_t i = 0; i < count; ++i) {
      rows[i].id = measures::SampleId{static_cast<std::int64_t>(i)};
      rows[i].real = std::uniform_real_distribution<>(-50, 50)(random);
      rows[i].whole = std::uniform_int_distribution<>(-3, 3)(random) + (std::int64_t{1} << 53);
      rows[i].price = decimal<12, 2>::from_scaled(std::uniform_int_distribution<>(-300, 300)(random));
      if (i % 3 == 1) rows[i].maybe = rows[i].real;
      reals.push_back(rows[i].real);
      if (rows[i].maybe) known.push_back(*rows[i].maybe);
      wholes.push_back(rows[i].whole);
      prices.push_back(rows[i].price.scaled());
    }
    auto db = tests::measures_database();
    db.write([&](auto& session) {
      session.execute(insert(rows));
      for (double const fraction : {0.0, 0.1, 0.5, 0.95, 1.0}) {
        CAPTURE(count, fraction);
        auto const [mid, real, some, whole, price, filtered] =
            session.one(select(median(columns::real), percentile_cont(fraction, columns::real),
                               percentile_cont(fraction, columns::maybe), percentile_disc(fraction, columns::whole),
                               percentile_disc(fraction, columns::price),
                               percentile_disc(fraction, columns::real).filter(columns::whole < 0))
                            .template from<Sample>());
        CHECK(mid == Approx(between(reals, 0.5)).epsilon(1e-14));
        CHECK(real == Approx(between(reals, fraction)).epsilon(1e-14));
        REQUIRE(some.has_value() == !known.empty());
        if (some) CHECK(*some == Approx(between(known, fraction)).epsilon(1e-14));
        CHECK(whole == one_of(wholes, fraction));  // beyond what a double holds
        CHECK(price->scaled() == one_of(prices, fraction));
        CHECK(filtered == std::nullopt);
      }
    });
  }
  CHECK_THROWS_AS(percentile_cont(1.5, columns::real), invalid_value);
  CHECK_THROWS_AS(percentile_cont(std::numeric_limits<double>::quiet_NaN(), columns::real), invalid_value);
}

TEST_CASE("the nearest vectors come first, by each distance") {
  auto db = notes_database();
  db.write([](auto& session) {
    std::mt19937 random(3);
    std::uniform_real_distribution<float> any(-1, 1);
    std::vector<Note> rows(60);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i].id = static_cast<std::int64_t>(i);
      for (auto& x : rows[i].embedding.values) x = any(random);
      if (i % 2 == 0) rows[i].wide.emplace();
      if (i % 2 == 0)
        std::generate(rows[i].wide->values.begin(), rows[i].wide->values.end(), [&] { return any(random); });
    }
    session.execute(insert(rows));
    vector<3> const wanted{{0.5F, -0.25F, 1.0F}};
    auto const found =
        session.all(select(notes::id, l2_distance(notes::embedding, wanted), cosine_distance(notes::embedding, wanted),
                           negative_inner_product(notes::embedding, wanted), l2_distance(notes::wide, *rows[0].wide))
                        .template from<Note>()
                        .order_by(l2_distance(notes::embedding, wanted).asc())
                        .limit(60));
    double last = -1;
    for (auto const& [id, l2, cosine, inner, wide] : found) {
      double squares = 0;
      double product = 0;
      double left = 0;
      double right = 0;
      auto const& row = rows[static_cast<std::size_t>(id)];
      for (std::size_t i = 0; i < 3; ++i) {
        double const a = static_cast<double>(row.embedding[i]);
        double const b = static_cast<double>(wanted[i]);
        squares += (a - b) * (a - b);
        product += a * b;
        left += a * a;
        right += b * b;
      }
      CHECK(l2 == Approx(std::sqrt(squares)).epsilon(1e-6));
      CHECK(inner == Approx(-product).margin(1e-6));
      REQUIRE(cosine);
      CHECK(*cosine == Approx(1 - product / std::sqrt(left * right)).margin(1e-6));
      CHECK(l2 >= last);
      last = l2;
      REQUIRE(wide.has_value() == row.wide.has_value());
      if (!wide) continue;
      double wide_squares = 0;
      for (std::size_t i = 0; i < row.wide->values.size(); ++i) {
        double const apart = static_cast<double>((*row.wide)[i]) - static_cast<double>((*rows[0].wide)[i]);
        wide_squares += apart * apart;
      }
      CHECK(*wide == Approx(std::sqrt(wide_squares)).epsilon(1e-5).margin(1e-6));
    }
    CHECK(session.value(select(notes::embedding).template from<Note>().where(notes::id == 7)) == rows[7].embedding);
  });
}

TEST_CASE("a vector of zeros has no direction, and one of other dimensions is no vector of the column") {
  auto db = notes_database();
  db.write([](auto& session) {
    session.execute(insert(std::vector<Note>{{.id = 1, .embedding = {}, .wide = {}}}));
    auto const distance = cosine_distance(notes::embedding, vector<3>{{1, 0, 0}});
    CHECK(session.value(select(distance).template from<Note>()) == std::nullopt);
    session.connection().execute_script("update notes set embedding = x'00000000'");
    CHECK_THROWS_AS(session.value(select(distance).template from<Note>()), sql_error);
    CHECK_THROWS_AS(session.all(select<Note>()), decode_error);
  });
}

TEST_CASE("views cannot hold functions that only we have") {
  auto db = notes_database();
  db.write([](auto& session) {
    session.connection().execute_script("create view near as select forge_l2(embedding, embedding) from notes");
    CHECK_THROWS_AS(session.connection().execute_script("select * from near"), sql_error);
  });
}

TEST_CASE("neither percentiles nor distances can come into a stored schema") {
  sqlite::options settings;
  settings.trusted_schema = true;  // otherwise SQLite refuses them whatever they say of themselves
  for (std::string const call : {"forge_percentile_cont(0.5, a)", "forge_percentile_disc(0.5, a)", "forge_l2(a, a)",
                                 "forge_cosine(a, a)", "forge_inner(a, a)"}) {
    auto connection = sqlite::connection::open(":memory:", settings);
    connection.execute_script("create table t (a, b); create table u (a)");
    std::string const name = call.substr(0, call.find('('));
    auto const refused = [&](std::string const& script) {
      INFO(script);
      try {
        connection.execute_script(script);
        FAIL("accepted");
      } catch (sql_error const& failure) {
        CHECK_THAT(failure.what(), Catch::Matchers::ContainsSubstring("unsafe use of " + name + "()"));
      }
    };
    refused("create view v as select " + call + " as x from t; select * from v");
    refused("create trigger g after insert on t begin insert into u select " + call +
            " from t; end; insert into t values (1, 2)");
    if (name.find("percentile") != std::string::npos) continue;  // no group stands in the others
    refused("create index i on t (" + call + ")");
    refused("create table c (a, check (" + call + " > 0)); insert into c values (x'00000000')");
    refused("create table d (a, b as (" + call + ")); select b from d");
  }
}
