// SPDX-License-Identifier: MIT

#include <forge_db/core/bytes.hpp>
#include <forge_db/core/patch.hpp>
#include <forge_db/core/range.hpp>
#include <forge_db/core/required.hpp>

#include "support/catch.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace forge_db;

TEST_CASE("a patch is unset, null or a value, and one of them at a time") {
  patch<std::string> change;
  CHECK((change.is_unset() && !change.is_null() && !change.has_value()));

  change = null;
  CHECK((!change.is_unset() && change.is_null() && !change.has_value()));

  change = "Emma";
  CHECK((!change.is_unset() && !change.is_null() && change.has_value()));
  CHECK(change.value() == "Emma");

  change = null;
  CHECK(change.is_null());
  change = {};
  CHECK(change.is_unset());
}

TEST_CASE("the value of a patch that has none is refused") {
  CHECK_THROWS_AS(patch<int>{}.value(), std::bad_optional_access);
  CHECK_THROWS_AS(patch<int>{null}.value(), std::bad_optional_access);
}

TEST_CASE("patches compare by state and value") {
  CHECK(patch<int>{} == patch<int>{});
  CHECK(patch<int>{} != null);
  CHECK(patch<int>{null} == null);
  CHECK(patch<int>{3} == 3);
  CHECK(patch<int>{3} != patch<int>{4});
  CHECK(patch<std::string>{""} != patch<std::string>{});  // empty text is a value
}

TEST_CASE("patch and required move what they hold") {
  patch<std::unique_ptr<int>> change{std::make_unique<int>(3)};
  std::unique_ptr<int> const taken = std::move(change).value();
  CHECK(*taken == 3);
  auto const whole = or_null(std::optional(std::make_unique<int>(5)));
  CHECK(*whole.value() == 5);

  required<std::unique_ptr<int>> field{std::make_unique<int>(4)};
  std::unique_ptr<int> const other = std::move(field).value();
  CHECK(*other == 4);
}

TEST_CASE("required is written to like the value it holds") {
  required<std::string> field = "Emma";
  CHECK(field.value() == "Emma");
  field = std::string("Persuasion");
  CHECK(field == required<std::string>{"Persuasion"});
  field.value() += "!";
  CHECK(field.value() == "Persuasion!");
}

TEST_CASE("a range is unset until an end is") {
  range<int> score;
  CHECK(score.is_unset());
  score.from = 3;
  CHECK_FALSE(score.is_unset());
  CHECK(score == range<int>{.from = 3});
}

TEST_CASE("bytes and text are views of each other") {
  std::string const text("a\0\xff", 3);
  CHECK(as_bytes(text).size() == 3);
  CHECK(as_bytes(text)[2] == std::byte{0xff});
  bytes const copy = to_bytes(text);
  CHECK(as_text(copy) == text);
  CHECK(to_bytes(as_bytes(text)) == copy);
  CHECK(to_bytes("").empty());
}
