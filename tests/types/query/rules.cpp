// SPDX-License-Identifier: MIT
// The rules behind the messages, asked as questions.
#include <library/repositories.hpp>

#include <forge_db/query/query.hpp>

#include <string>
#include <tuple>
#include <vector>

namespace {

using namespace forge_db;
using namespace library;

// Which columns a condition may use.
using by_book = decltype(books::id == BookId{1});
using by_both = decltype(books::id == BookId{1} && loans::book_id == BookId{1});
static_assert(columns_belong_to<by_book, Book>());
static_assert(!columns_belong_to<by_book, Loan>());
static_assert(!columns_belong_to<by_both, Book>());
static_assert(columns_belong_to<by_both, Book, Loan>());

// What a column can be compared with.
static_assert(comparable_with<books::title_t, char const*>());
static_assert(comparable_with<books::title_t, std::string_view>());
static_assert(!comparable_with<books::title_t, int>());
static_assert(!comparable_with<books::title_t, std::optional<std::string>>());
static_assert(comparable_with<books::score_t, int>());
static_assert(!comparable_with<books::score_t, bool>());
static_assert(comparable_with<shelves::depth_t, std::int64_t>());
static_assert(!comparable_with<shelves::depth_t, double>());
static_assert(comparable_with<books::shelf_id_t, ShelfId>());
static_assert(!comparable_with<books::shelf_id_t, BookId>());
static_assert(comparable_with<books::created_at_t, std::chrono::system_clock::time_point>());
static_assert(comparable_with<loans::book_id_t, books::id_t>());
static_assert(!comparable_with<loans::book_id_t, loans::id_t>());

// What a column can be set to.
static_assert(assignable_from<books::score_t, null_t>());
static_assert(assignable_from<books::score_t, std::optional<double>>());
static_assert(!assignable_from<books::title_t, null_t>());
static_assert(!assignable_from<books::title_t, std::optional<std::string>>());
static_assert(!assignable_from<members::joined_on_t, authors::born_on_t>());

// What can stand in one select list, and what names a row.
static_assert(can_select_together<books::id_t, books::title_t>());
static_assert(can_select_together<count_all>());
static_assert(!can_select_together<count_all, books::title_t>());
static_assert(can_upsert_on<Book, books::id_t>());
static_assert(can_upsert_on<Book, books::isbn_t>());
static_assert(!can_upsert_on<Book, books::title_t>());
static_assert(can_upsert_on<BookAuthor, book_authors::author_id_t, book_authors::book_id_t>());
static_assert(!can_upsert_on<BookAuthor, book_authors::book_id_t>());

// Row types.
using pairs = decltype(select(books::title, books::score).from<Book>());
static_assert(std::same_as<pairs::row_type, std::tuple<std::string, std::optional<double>>>);
static_assert(std::same_as<decltype(select(count()).from<Book>())::row_type, std::tuple<std::int64_t>>);
static_assert(std::same_as<decltype(select<Book>())::row_type, Book>);
static_assert(std::same_as<decltype(remove<Book>().all_rows())::row_type, void>);
static_assert(std::same_as<decltype(remove<Book>().all_rows().returning())::row_type, Book>);
static_assert(std::same_as<key_of<Book>, BookId>);
static_assert(std::same_as<key_of<BookAuthor>, std::tuple<BookId, AuthorId>>);

// Which texts depend on values.
static_assert(!decltype(select<Book>())::is_dynamic);
static_assert(!decltype(insert(std::declval<NewBook>()))::is_dynamic);
static_assert(decltype(insert(std::declval<NewLoan>()))::is_dynamic);
static_assert(!decltype(insert(std::declval<Loan>()))::is_dynamic);
static_assert(decltype(update<Book>().set(BookPatch{}).all_rows())::is_dynamic);
static_assert(decltype(select<Book>())::kind == statement_kind::read);
static_assert(decltype(remove<Book>())::kind == statement_kind::write);

}  // namespace
