// SPDX-License-Identifier: MIT

// What converts into the fields of New, Patch and Filter structs, and what does not.

#include <forge_db/core/patch.hpp>
#include <forge_db/core/range.hpp>
#include <forge_db/core/required.hpp>
#include <forge_db/core/typed_id.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace {

using forge_db::null_t;
using forge_db::patch;
using forge_db::required;
using BookId = forge_db::typed_id<struct Book, std::int64_t>;
using LoanId = forge_db::typed_id<struct Loan, std::int64_t>;

// patch: from what converts to the value, and from null.
static_assert(std::is_convertible_v<char const*, patch<std::string>>);
static_assert(std::is_convertible_v<int, patch<std::int64_t>>);
static_assert(std::is_convertible_v<null_t, patch<std::string>>);
static_assert(std::is_convertible_v<BookId, patch<BookId>>);
static_assert(!std::is_convertible_v<LoanId, patch<BookId>>);
static_assert(!std::is_constructible_v<patch<BookId>, std::int64_t>);           // explicit stays explicit
static_assert(!std::is_constructible_v<patch<std::string>, std::string_view>);  // as for std::string itself
static_assert(!std::is_constructible_v<patch<int>, std::nullopt_t>);
static_assert(!std::is_constructible_v<patch<std::string>, patch<char const*>>);
static_assert(!std::is_default_constructible_v<null_t>);  // `= {}` is unset, not null
static_assert(std::is_trivially_copyable_v<patch<double>>);

// required: is given, or the program does not compile. The default constructor exists only to say so in our words
// (tests/constraints holds the program that must not compile), hence std::is_default_constructible is of no use here.
static_assert(std::is_convertible_v<char const*, required<std::string>>);
static_assert(std::is_convertible_v<std::string, required<std::string>>);
static_assert(std::is_convertible_v<BookId, required<BookId>>);
static_assert(!std::is_convertible_v<LoanId, required<BookId>>);
static_assert(!std::is_constructible_v<required<BookId>, std::int64_t>);
static_assert(!std::is_constructible_v<required<std::string>, std::nullopt_t>);
static_assert(!std::is_constructible_v<required<std::string>, null_t>);
static_assert(!std::is_trivially_default_constructible_v<required<int>>);
static_assert(!std::is_nothrow_default_constructible_v<required<int>>);
static_assert(std::is_nothrow_move_constructible_v<required<std::string>>);

static_assert(patch<int>{}.is_unset());
static_assert(patch<int>{forge_db::null}.is_null());
static_assert(patch<int>{3}.value() == 3);
static_assert(forge_db::or_null(std::optional<int>{3}) == patch<int>{3});
static_assert(forge_db::or_null(std::optional<int>{}).is_null());  // and not unset
static_assert(std::is_same_v<decltype(forge_db::or_null(std::optional<BookId>{})), patch<BookId>>);
static_assert(required<int>{3}.value() == 3);
static_assert(forge_db::range<int>{}.is_unset());
static_assert(!forge_db::range<int>{.to = 3}.is_unset());
static_assert(forge_db::range<int>{.from = 3, .to = 4, .excludes_to = true}.to == 4);
static_assert(forge_db::range<int>{.from = 3} != forge_db::range<int>{.to = 3});
static_assert(std::is_aggregate_v<forge_db::range<int>>);
static_assert(sizeof(forge_db::range<int>) == 2 * sizeof(std::optional<int>) + 4);  // naming the ends takes no room

}  // namespace
