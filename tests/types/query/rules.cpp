// SPDX-License-Identifier: MIT
// The rules behind the messages, asked as questions.
#include <library/repositories.hpp>
#include <optional>

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

// What names a row.
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

// What an outer join may not find is optional, on the side that it may not find it on.
template <class S>
using row_of_statement = typename S::row_type;
constexpr auto on_shelf = books::shelf_id == shelves::id;
constexpr auto pairs_of_rows = select(row_of<Book>(), row_of<Shelf>()).from<Book>();
static_assert(std::same_as<row_of_statement<decltype(pairs_of_rows.join<Shelf>(on_shelf))>, std::tuple<Book, Shelf>>);
static_assert(std::same_as<row_of_statement<decltype(pairs_of_rows.left_join<Shelf>(on_shelf))>,
                           std::tuple<Book, std::optional<Shelf>>>);
static_assert(std::same_as<row_of_statement<decltype(pairs_of_rows.right_join<Shelf>(on_shelf))>,
                           std::tuple<std::optional<Book>, Shelf>>);
static_assert(std::same_as<row_of_statement<decltype(pairs_of_rows.full_join<Shelf>(on_shelf))>,
                           std::tuple<std::optional<Book>, std::optional<Shelf>>>);
static_assert(std::same_as<row_of_statement<decltype(select(shelves::name).from<Book>().left_join<Shelf>(on_shelf))>,
                           std::tuple<std::optional<std::string>>>);
static_assert(
    std::same_as<row_of_statement<decltype(select<Book>().right_join<Shelf>(on_shelf))>, std::optional<Book>>);
// A later join makes what an earlier one found optional too.
constexpr alias<Shelf, "above"> above;
static_assert(std::same_as<row_of_statement<decltype(select(shelves::name, above[shelves::name])
                                                         .from<Book>()
                                                         .join<Shelf>(on_shelf)
                                                         .right_join(above, shelves::parent_id == above[shelves::id]))>,
                           std::tuple<std::optional<std::string>, std::string>>);

// Aggregates: NULL without rows, and never so in a group; counts never at all.
static_assert(std::same_as<decltype(select(max(books::title), count(books::score), avg(shelves::depth))
                                        .from<Book>()
                                        .cross_join<Shelf>())::row_type,
                           std::tuple<std::optional<std::string>, std::int64_t, std::optional<double>>>);
static_assert(std::same_as<decltype(select(max(books::title), sum(books::score), books::shelf_id)
                                        .from<Book>()
                                        .group_by(books::shelf_id))::row_type,
                           std::tuple<std::string, std::optional<double>, std::optional<ShelfId>>>);
static_assert(
    std::same_as<
        decltype(select(max(books::title).filter(books::score > 1.0)).from<Book>().group_by(books::shelf_id))::row_type,
        std::tuple<std::optional<std::string>>>);

// A grouped key stands for all columns of its table.
static_assert(std::same_as<decltype(select(books::title, count(loans::id), row_of<Book>())
                                        .from<Book>()
                                        .left_join<Loan>(loans::book_id == books::id)
                                        .group_by(books::id)
                                        .order_by(books::title.asc()))::row_type,
                           std::tuple<std::string, std::int64_t, Book>>);

// Arithmetic keeps integers, and a division can be NULL.
static_assert(
    std::same_as<decltype(select(shelves::depth + 1, shelves::depth * 0.5, shelves::depth / 2).from<Shelf>())::row_type,
                 std::tuple<std::int64_t, double, std::optional<std::int64_t>>>);
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
