// SPDX-License-Identifier: MIT
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/models.hpp>

#include <forge_db/query/query.hpp>

#include <array>
#include <string>
#include <tuple>
#include <vector>

using namespace forge_db;
using namespace library;

namespace {

sqlite::database with_titles(std::vector<std::string> const& titles) {
  auto db = tests::library_database();
  db.write([&](auto& session) {
    std::vector<NewBook> new_books;
    new_books.reserve(titles.size());
    for (std::string const& title : titles)
      new_books.push_back({.isbn = std::to_string(new_books.size()), .title = title});
    session.execute(insert(new_books));
  });
  return db;
}

template <class Condition>
std::vector<std::int64_t> ids(sqlite::database& db, Condition const& condition) {
  return db.read([&](auto& session) {
    std::vector<std::int64_t> found;
    for (auto const& row :
         session.all(select(books::id).template from<Book>().where(condition).order_by(books::id.asc()))) {
      found.push_back(std::get<0>(row).value());
    }
    return found;
  });
}

using id_list = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("contains folds A-Z and nothing else") {
  auto db = with_titles({"Emma", "ÄRGER", "ärger", "100%", std::string("a\0Bc", 4)});
  CHECK(ids(db, books::title.contains("EM")) == id_list{1});
  CHECK(ids(db, books::title.contains("Ärg")) == id_list{2});
  CHECK(ids(db, books::title.contains("rGer")) == id_list{2, 3});
  CHECK(ids(db, books::title.contains("%")) == id_list{4});
  CHECK(ids(db, books::title.contains("")) == id_list{1, 2, 3, 4, 5});
  CHECK(ids(db, books::title.contains(std::string("\0b", 2))) == id_list{5});
}

TEST_CASE("starts_with is a range over bytes") {
  auto db = with_titles({"a", "ab", "aC", "b", "\U0010FFFF", "\U0010FFFFx", "", "a\x7f", "a\x7fz"});
  CHECK(ids(db, books::title.starts_with("a")) == id_list{1, 2, 3, 8, 9});
  CHECK(ids(db, books::title.starts_with("ab")) == id_list{2});
  CHECK(ids(db, books::title.starts_with("a\x7f")) == id_list{8, 9});
  CHECK(ids(db, books::title.starts_with("\U0010FFFF")) == id_list{5, 6});
  CHECK(ids(db, books::title.starts_with("")).size() == 9);
  CHECK(ids(db, !books::title.starts_with("a")) == id_list{4, 5, 6, 7});
}

TEST_CASE("a sequence is one parameter, borrowed or kept") {
  auto db = with_titles({"a", "b", "c", "d"});
  std::vector<BookId> const some{BookId{1}, BookId{3}, BookId{99}};
  CHECK(ids(db, books::id.in(some)) == id_list{1, 3});
  CHECK(ids(db, books::id.in(std::vector<BookId>{BookId{2}})) == id_list{2});
  CHECK(ids(db, books::id.not_in(std::array{BookId{2}, BookId{4}})) == id_list{1, 3});
  CHECK(ids(db, books::id.in({BookId{4}})) == id_list{4});
  CHECK(ids(db, books::id.in(std::vector<BookId>{})).empty());
  CHECK(ids(db, books::id.not_in(std::vector<BookId>{})).size() == 4);
  CHECK(ids(db, books::title.in({"a", "d"})) == id_list{1, 4});
  CHECK(ids(db, books::title.in(std::vector<std::string>{"b", "bb"}) || books::id == BookId{4}) == id_list{2, 4});
  CHECK(ids(db, books::status.in({loan_status::lost})).empty());
}

TEST_CASE("has finds items of lists, and nothing in what is no list") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    int n = 0;
    for (char const* tags : {R"(["x", "y"])", R"(["xx"])", R"({"k": "x"})", R"("x")", "x", "", R"(["\u0078"])"}) {
      auto insert_raw = session.connection().prepare_once(
          "insert into books (isbn, title, tags, created_at, updated_at) values (?, 't', ?, '', '')");
      std::string const isbn = std::to_string(n++);
      insert_raw.text(1, isbn);
      insert_raw.text(2, tags);
      insert_raw.step();
    }
  });
  CHECK(ids(db, books::tags.has("x")) == id_list{1, 7});
  CHECK(ids(db, books::tags.has("y") && books::id == BookId{1}) == id_list{1});
}

TEST_CASE("statements own temporaries, and see lvalues as they are when they run") {
  auto db = with_titles({"a title that is longer than any small buffer", "b"});
  auto const made = [] { return books::title == std::string("a title that is longer than any ") + "small buffer"; };
  CHECK(ids(db, made()) == id_list{1});
  auto const short_one = [] { return books::title == std::string("b"); };
  CHECK(ids(db, short_one()) == id_list{2});
  std::string word = "x";
  auto const by_word = books::title == word;
  word = "b";
  CHECK(ids(db, by_word) == id_list{2});
}

TEST_CASE("conditions on NULL, ranges and columns") {
  auto db = with_titles({"a", "b", "c"});
  db.write([](auto& session) {
    CHECK(session.execute(update<Book>().set(books::score = null).where(books::id == BookId{2})) == 1);
    CHECK(session.execute(update<Book>().set(books::score = std::optional<double>(8)).where(books::title == "c")) == 1);
  });
  CHECK(ids(db, books::score.is_null()) == id_list{2});
  CHECK(ids(db, books::score.is_not_null()) == id_list{1, 3});
  CHECK(ids(db, books::score.between(5, 7.5)) == id_list{1});
  CHECK(ids(db, !(books::score > 6)) == id_list{1});
  CHECK(ids(db, 6 < books::score) == id_list{3});
  CHECK(ids(db, books::updated_at >= books::created_at).size() == 3);
}

TEST_CASE("rows as tuples, structs, one value, one reused row and views") {
  struct titled {
    std::string title;
    std::optional<double> score;
  };
  auto db = with_titles({"a", "b"});
  db.read([](auto& session) {
    auto const pairs = session.all(select(books::title, books::score).template from<Book>());
    static_assert(std::same_as<typename decltype(pairs)::value_type, std::tuple<std::string, std::optional<double>>>);
    CHECK(std::get<0>(pairs.at(1)) == "b");
    auto const structs = session.all(select(books::title, books::score).template into<titled>().template from<Book>());
    CHECK(structs.at(0).title == "a");
    CHECK(structs.at(0).score == 5.0);
    CHECK(session.value(select(count()).template from<Book>()) == 2);
    CHECK(session.value(select(books::title).template from<Book>().where(books::id == BookId{2})) == "b");

    std::string joined;
    for (Book const& book : session.stream(select<Book>())) joined += book.title;
    for (auto const& view : session.views(select<Book>())) {
      std::string_view const title = view[books::title];
      joined += title;
      CHECK(view[books::score] == 5.0);
      CHECK_FALSE(view[books::shelf_id].has_value());
      CHECK(view[books::status] == loan_status::open);
    }
    for (auto const& view : session.views(select(count(), count()).template from<Book>())) static_cast<void>(view);
    for (auto const& view : session.views(select(books::score, books::title).template from<Book>().limit(1))) {
      joined += view[books::title];
    }
    CHECK(joined == "ababa");
  });
}

TEST_CASE("limit and offset; a negative one is refused") {
  auto db = with_titles({"a", "b", "c"});
  db.read([](auto& session) {
    CHECK(session.all(select<Book>().limit(2)).size() == 2);
    CHECK(session.all(select<Book>().offset(1)).size() == 2);
    CHECK(session.all(select<Book>().limit(0)).empty());
    CHECK(session.first(select<Book>().order_by(books::title.desc()).limit(1).offset(1))->title == "b");
  });
  CHECK_THROWS_AS(select<Book>().limit(-1), invalid_value);
  CHECK_THROWS_AS(select<Book>().offset(-1), invalid_value);
}

TEST_CASE("writes give rows back, and conflicts are settled") {
  auto db = with_titles({"a", "b"});
  db.write([](auto& session) {
    NewBook const again{.isbn = "0", .title = "A"};
    CHECK(session.execute(insert(again).on_conflict().do_nothing()) == 0);
    auto const kept = session.one(insert(again).on_conflict(books::isbn).update(books::title).returning());
    CHECK(kept.id == BookId{1});
    CHECK(kept.title == "A");
    auto const removed = session.all(remove<Book>().where(books::id == BookId{2}).returning(books::title));
    CHECK(std::get<0>(removed.at(0)) == "b");
    std::vector<Book> rows{kept, kept};
    rows[0].title = "AA";
    rows[1].id = BookId{5};
    rows[1].isbn = "5";
    CHECK(session.execute(insert(rows).on_conflict(books::isbn).update(books::title)) == 2);
    CHECK(session.value(select(books::title).template from<Book>().where(books::id == BookId{1})) == "AA");
    CHECK(session.execute(update<Book>().set(BookPatch{.title = "z"}).all_rows()) == 2);
    CHECK(session.execute(remove<Book>().all_rows()) == 2);
  });
}

TEST_CASE("no parameter makes SQLite prepare again") {
  auto db = with_titles({"a", "b"});
  db.write([](auto& session) {
    auto& connection = session.connection();
    for (char const* word : {"a", "b", "%", ""}) {
      auto const q =
          select<Book>().where(books::title.contains(word) && books::title.starts_with(word) && books::score > 1);
      auto running = connection.prepare(q);
      q.bind(running);
      while (running.step()) {
      }
      CHECK(sqlite3_stmt_status(running.native(), SQLITE_STMTSTATUS_REPREPARE, 0) == 0);
    }
  });
}
