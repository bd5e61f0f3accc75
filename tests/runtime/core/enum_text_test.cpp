// SPDX-License-Identifier: MIT

#include <forge_db/core/enum_text.hpp>

#include "support/catch.hpp"

#include <array>
#include <string_view>

namespace {

enum class loan_status { open, returned, lost };
enum class small : signed char { none, default_ };
enum class unknown { a };

}  // namespace

template <>
struct forge_db::enum_traits<loan_status> {
  static constexpr std::array<std::string_view, 3> names{"open", "returned", "lost"};
};

template <>
struct forge_db::enum_traits<small> {
  static constexpr std::array<std::string_view, 2> names{"none", "default"};
};

static_assert(forge_db::enum_with_text<loan_status>);
static_assert(!forge_db::enum_with_text<unknown>);
static_assert(!forge_db::enum_with_text<int>);
static_assert(forge_db::to_text(loan_status::lost) == "lost");
static_assert(forge_db::from_text<loan_status>("returned") == loan_status::returned);

using namespace forge_db;

TEST_CASE("enumerators have their text, which may differ from their name") {
  CHECK(to_text(loan_status::open) == "open");
  CHECK(to_text(small::default_) == "default");
  for (auto const value : {loan_status::open, loan_status::returned, loan_status::lost}) {
    CHECK(from_text<loan_status>(to_text(value)) == value);
  }
}

TEST_CASE("text of no enumerator is not read") {
  char const* const text = GENERATE("", "Open", "OPEN", "open ", " open", "ope", "openx", "0", "default");
  CAPTURE(text);
  CHECK_FALSE(from_text<loan_status>(text));
}

TEST_CASE("a value that is no enumerator is refused") {
  CHECK_THROWS_AS(to_text(static_cast<loan_status>(3)), invalid_value);
  CHECK_THROWS_AS(to_text(static_cast<loan_status>(-1)), invalid_value);
  CHECK_THROWS_AS(to_text(static_cast<small>(-128)), invalid_value);
}
