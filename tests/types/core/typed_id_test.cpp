// SPDX-License-Identifier: MIT

#include <forge_db/core/typed_id.hpp>
#include <forge_db/core/uuid.hpp>

#include "support/catch.hpp"

#include <compare>
#include <concepts>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <type_traits>
#include <unordered_set>

namespace {

struct Book;  // rows may be incomplete where their ids are named
struct Loan;

using BookId = forge_db::typed_id<Book, std::int64_t>;
using LoanId = forge_db::typed_id<Loan, std::int64_t>;
using PromptId = forge_db::typed_id<struct Prompt, std::string>;
using TokenId = forge_db::typed_id<struct Token, forge_db::uuid>;

// Ids of different rows never meet.
static_assert(!std::is_convertible_v<BookId, LoanId>);
static_assert(!std::is_constructible_v<LoanId, BookId>);
static_assert(!std::is_assignable_v<LoanId&, BookId>);
static_assert(!std::equality_comparable_with<BookId, LoanId>);
static_assert(!std::totally_ordered_with<BookId, LoanId>);

// An id is made on purpose, and is no number.
static_assert(std::is_constructible_v<BookId, std::int64_t>);
static_assert(!std::is_convertible_v<std::int64_t, BookId>);
static_assert(!std::is_convertible_v<BookId, std::int64_t>);
static_assert(!std::is_assignable_v<BookId&, std::int64_t>);

static_assert(std::is_trivially_copyable_v<BookId>);
static_assert(std::is_nothrow_default_constructible_v<BookId>);
static_assert(sizeof(BookId) == sizeof(std::int64_t));
static_assert(std::three_way_comparable<BookId, std::strong_ordering>);
static_assert(std::three_way_comparable<PromptId, std::strong_ordering>);
static_assert(std::three_way_comparable<TokenId, std::strong_ordering>);

static_assert(BookId{}.value() == 0);
static_assert(BookId{7} == BookId{7});
static_assert(BookId{7} < BookId{8});

}  // namespace

TEST_CASE("ids of every key type are ordered and hashed by their value") {
  CHECK(std::hash<BookId>{}(BookId{7}) == std::hash<std::int64_t>{}(7));
  CHECK(std::hash<PromptId>{}(PromptId{"a"}) == std::hash<std::string>{}("a"));

  CHECK(std::unordered_set<PromptId>{PromptId{"a"}, PromptId{"b"}, PromptId{"a"}}.size() == 2);

  auto const low = TokenId{*forge_db::parse_uuid("00000000-0000-4000-8000-000000000001")};
  auto const high = TokenId{*forge_db::parse_uuid("f0000000-0000-4000-8000-000000000000")};
  CHECK(low < high);
  CHECK(std::is_eq(low <=> low));
  CHECK(std::is_gt(high <=> low));
  CHECK(std::set<TokenId>{high, low, high}.size() == 2);
  CHECK(std::unordered_set<TokenId>{high, low, high}.size() == 2);
}
