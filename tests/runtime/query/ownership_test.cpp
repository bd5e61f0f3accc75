// SPDX-License-Identifier: MIT
// What a node of a query owns: every rvalue, and no lvalue. A view of a temporary would dangle without a warning, and
// without a word of the address sanitizer; so each value is overwritten after the node was made, which shows a view.
#include "support/catch.hpp"

#include <library/models.hpp>

#include <forge_db/query/functions/condition_value.hpp>
#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/functions/text.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>
#include <forge_db/query/update_each.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace forge_db;
using namespace library;

namespace {

std::string const long_text(60, 'a');
std::string const overwritten(60, '!');

/// Keeps what is bound, as text.
struct kept_values {
  std::vector<std::string> texts{};
  std::vector<std::string> buffers{};

  void null(int) { texts.emplace_back("null"); }
  void int64(int, std::int64_t value) { texts.push_back(std::to_string(value)); }
  void float64(int, double value) { texts.push_back(std::to_string(value)); }
  void text(int, std::string_view value) { texts.emplace_back(value); }
  void blob(int, std::span<std::byte const> value) { texts.push_back(std::to_string(std::to_integer<int>(value[0]))); }
  std::span<char> scratch(std::size_t size) { return buffers.emplace_back(size, ' '); }
  void span(int, span_source const& source) {
    cell_sink cell;
    for (std::size_t i = 0; i < source.count; ++i) {
      source.cell(static_cast<std::byte const*>(source.data) + i * source.stride, 0, cell);
      if (cell.kind() == value_kind::integer)
        texts.push_back(std::to_string(cell.as_int64()));
      else
        texts.emplace_back(static_cast<char const*>(cell.data()), cell.size());
    }
  }
};

template <class Condition>
std::string bound_text(Condition const& condition) {
  kept_values kept;
  auto const query = select<Book>().where(condition);
  query.bind(kept);
  return kept.texts.at(0);
}

template <class Statement>
std::vector<std::string> all_bound_texts(Statement const& statement) {
  kept_values kept;
  statement.bind(kept);
  return kept.texts;
}

}  // namespace

// NOLINTBEGIN(bugprone-use-after-move): that a node does not see what becomes of what was moved into it is the test

TEST_CASE("nodes own rvalues: text in every kind of condition") {
  std::string word = long_text;
  auto const check = [&](auto const& condition, std::string const& expected) {
    word.assign(overwritten);
    CHECK(bound_text(condition) == expected);
    word = long_text;
  };
  check(books::title == std::move(word), long_text);
  check(std::move(word) == books::title, long_text);
  check(books::title < std::move(word), long_text);
  check(books::title.contains(std::move(word)), long_text);
  check(books::title.starts_with(std::move(word)), long_text);
  check(books::title.between(std::move(word), "z"), long_text);
  check(books::tags.has(std::move(word)), long_text);
  check(contains(lower(books::title), std::move(word)), long_text);
  check(replace(books::title, std::move(word), "") == books::isbn, long_text);
  check(case_when(books::score.is_null(), std::move(word)).otherwise(books::title) == books::isbn, long_text);
  check(val(books::title == std::move(word)) == true, long_text);
  check(books::title.in(select(shelves::name).from<Shelf>().where(shelves::code == std::move(word))), long_text);
}

TEST_CASE("nodes own rvalues: short text, sequences and rows") {
  {
    std::string word = "abc";  // in the object itself, no allocation
    auto const condition = books::title == std::move(word);
    word.assign("!!!");
    CHECK(bound_text(condition) == "abc");
  }
  {
    std::vector<BookId> keys{BookId{7}};
    auto const condition = books::id.in(std::move(keys));
    CHECK(keys.empty());
    CHECK(bound_text(condition) == "7");
  }
  {
    std::vector<std::tuple<std::string, std::string>> rows{{long_text, "title"}};
    auto const statement = update_each(std::move(rows)).by(books::isbn).set(books::title);
    CHECK(rows.empty());
    CHECK(all_bound_texts(statement).back() == long_text);
  }
  {
    NewShelf row{.code = long_text, .name = "n"};
    auto const statement = insert(std::move(row));
    row.code = overwritten;
    CHECK(all_bound_texts(statement).at(1) == long_text);
  }
  {
    BookPatch patch{.title = long_text};
    auto const statement = update<Book>().set(std::move(patch)).where(books::id == BookId{1});
    patch.title = overwritten;
    CHECK(all_bound_texts(statement).at(0) == long_text);
  }
  {
    std::string word = long_text;
    auto const statement = update<Book>().set(books::title = std::move(word)).where(books::id == BookId{1});
    word.assign(overwritten);
    CHECK(all_bound_texts(statement).at(0) == long_text);
  }
  {
    bytes photo(60, std::byte{7});
    auto const statement =
        update<Member>().set(members::photo = std::move(photo)).where(members::email == std::string("x"));
    photo.assign(60, std::byte{9});
    CHECK(all_bound_texts(statement).at(0) == "7");
  }
}

// NOLINTEND(bugprone-use-after-move)

TEST_CASE("nodes borrow lvalues: they are read when the statement runs") {
  std::string word = long_text;
  auto const same = books::title == word;
  auto const within = books::title.contains(word);
  std::string_view const view = word;
  auto const viewed = books::title == view;
  word.assign(overwritten);
  CHECK(bound_text(same) == overwritten);
  CHECK(bound_text(within) == overwritten);
  CHECK(bound_text(viewed) == overwritten);

  std::vector<BookId> keys{BookId{1}};
  auto const listed = books::id.in(keys);
  keys[0] = BookId{2};
  CHECK(bound_text(listed) == "2");

  word = "w";
  auto const looked = contains(lower(books::title), word);
  auto const chosen = case_when(books::score.is_null(), word).otherwise(books::title) == books::isbn;
  std::vector<std::tuple<std::string, std::string>> changes{{"1", "a"}};
  auto const changing = update_each(changes).by(books::isbn).set(books::title);
  word = "x";
  std::get<0>(changes[0]) = "2";
  CHECK(bound_text(looked) == "x");
  CHECK(bound_text(chosen) == "x");
  CHECK(all_bound_texts(changing).back() == "2");

  NewShelf row{.code = "a", .name = "n"};
  auto const statement = insert(row);
  row.code = std::string("b");
  CHECK(all_bound_texts(statement).at(1) == "b");
}
