// SPDX-License-Identifier: MIT

// Every core type can be a field of a row that Boost.PFR walks.

#include <forge_db/core/core.hpp>

#include <boost/pfr/core.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace {

struct Thing;
enum class colour { red, green };

struct Thing {
  forge_db::typed_id<Thing, std::int64_t> id{};
  forge_db::typed_id<Thing, std::string> code{};
  forge_db::uuid token{};
  std::optional<forge_db::uuid> other_token{};
  forge_db::timestamp created_at{};
  forge_db::date day{};
  forge_db::json document{};
  std::optional<forge_db::json> notes{};
  forge_db::decimal<10, 2> price{};
  forge_db::bytes data{};
  colour shade{};
  std::vector<std::string> tags{};
};

struct NewThing {
  std::optional<forge_db::typed_id<Thing, std::int64_t>> id{};
  forge_db::required<forge_db::typed_id<Thing, std::string>> code;
  forge_db::required<forge_db::uuid> token;
  forge_db::patch<forge_db::uuid> other_token{};
  forge_db::required<forge_db::timestamp> created_at;
  forge_db::patch<forge_db::date> day{};
  forge_db::required<forge_db::json> document;
  forge_db::patch<forge_db::json> notes{};
  forge_db::required<forge_db::decimal<10, 2>> price;
  forge_db::patch<std::vector<std::string>> tags{};
  forge_db::required<bool> open;
  forge_db::patch<bool> seen{};
  forge_db::required<std::string> title;
  forge_db::patch<double> score{};
};

struct ThingFilter {
  std::optional<bool> open{};
  forge_db::range<double> score{};
  forge_db::range<forge_db::timestamp> created_at{};
};

static_assert(boost::pfr::tuple_size_v<Thing> == 12);
static_assert(boost::pfr::tuple_size_v<NewThing> == 14);
static_assert(boost::pfr::tuple_size_v<ThingFilter> == 3);
static_assert(std::is_same_v<boost::pfr::tuple_element_t<2, Thing>, forge_db::uuid>);
static_assert(std::is_same_v<boost::pfr::tuple_element_t<13, NewThing>, forge_db::patch<double>>);

}  // namespace

TEST_CASE("PFR reaches each field of a row and of what an insert needs") {
  Thing const row{.price = forge_db::decimal<10, 2>::parse("9.50"), .tags = {"a", "b"}};
  CHECK(boost::pfr::get<8>(row).text() == "9.50");
  CHECK(boost::pfr::get<11>(row).size() == 2);

  NewThing const fresh{.code = forge_db::typed_id<Thing, std::string>{"x"},
                       .token = forge_db::uuid{},
                       .created_at = forge_db::timestamp::min(),
                       .document = forge_db::json{},
                       .price = forge_db::decimal<10, 2>{},
                       .open = true,
                       .title = "Emma",
                       .score = forge_db::null};
  CHECK(boost::pfr::get<12>(fresh).value() == "Emma");
  CHECK(boost::pfr::get<13>(fresh).is_null());
}
