// SPDX-License-Identifier: MIT
// Any text through statements of many rows, statements made of others, streams and views of rows.
#include "support/hostile_texts.hpp"
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/repositories.hpp>

#include <forge_db/query/conflict_set.hpp>
#include <forge_db/query/cte.hpp>
#include <forge_db/query/insert_select.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/query/row_value.hpp>
#include <forge_db/query/set_operation.hpp>
#include <forge_db/query/subquery.hpp>
#include <forge_db/query/update_each.hpp>
#include <forge_db/repository/many.hpp>

#include <array>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace forge_db;
using namespace library;
using tests::hostile_text;
using tests::hostile_texts;
using tests::look_alike;

namespace {

/// Runs `work(session, text)` with each of them, beside a book whose ISBN looks alike.
template <class Work>
void with_each_text(Work work) {
  for (hostile_text const& hostile : hostile_texts()) {
    INFO(hostile.name);
    auto db = tests::library_database();
    db.write([&](auto& session) {
      session.execute(insert(NewBook{.isbn = look_alike(hostile.text), .title = "alike"}));
      work(session, hostile.text);
      CHECK(session.value(select(books::title).template from<Book>().where(books::id == BookId{1})) == "alike");
    });
  }
}

}  // namespace

TEST_CASE("many rows at once take any text, and are found by it") {
  with_each_text([](auto& session, std::string const& text) {
    BookRepository const repository{session};
    std::vector<NewBook> const rows{{.isbn = text, .title = "a"}, {.isbn = text + "2", .title = "b"}};
    CHECK(upsert_many(repository, rows, books::isbn) == 2);
    CHECK(upsert_many(repository, rows, books::isbn) == 2);
    std::vector<std::pair<BookId, BookPatch>> changes;
    for (auto const& book : session.all(select<Book>().where(books::title < "alike" || books::title == "b")))
      changes.push_back({book.id, {.title = text}});
    REQUIRE(changes.size() == 2);
    CHECK(update_many(repository, changes) == 2);
    CHECK((repository.get(changes[0].first).title == text));

    std::vector<std::tuple<std::string, std::string>> const by_isbn{{text, text + "!"}};
    auto const changed = session.all(update_each(by_isbn).by(books::isbn).set(books::title).returning());
    REQUIRE(changed.size() == 1);
    CHECK((changed[0].isbn == text));
    CHECK((changed[0].title == text + "!"));
    auto const pairs = select(books::isbn, books::title).template from<Book>().where(books::title == text + "!");
    CHECK(session.all(select<Book>().where(row_value(books::isbn, books::title).in(pairs))).size() == 1);
    CHECK(session.execute(remove<Book>().where(books::isbn.in(std::array{text, text + "2"}))) == 2);
  });
}

TEST_CASE("statements made of others pass any text on") {
  with_each_text([](auto& session, std::string const& text) {
    session.execute(insert(NewShelf{.code = text, .name = text}));
    session.execute(insert(NewShelf{.code = look_alike(text), .name = "alike"}));
    auto const named = select(shelves::code, shelves::name).template from<Shelf>().where(shelves::code == text);
    auto const made = session.all(insert_into<Book>(books::isbn, books::title).from(named).returning());
    REQUIRE(made.size() == 1);
    CHECK((made[0].isbn == text));
    CHECK((made[0].title == text));
    auto const again = insert(NewBook{.isbn = text, .title = text + "!"}).on_conflict(books::isbn);
    CHECK(session.execute(again.set(books::title = excluded(books::title)).where(books::title == text)) == 1);
    CHECK(session.execute(again.set(books::title = text).where(books::title == text)) == 0);

    auto const titles = select(books::title).template from<Book>().where(books::isbn == text);
    auto const codes = select(shelves::code).template from<Shelf>().where(shelves::name == text);
    auto const all = session.all(union_(titles, codes));
    REQUIRE(all.size() == 2);
    CHECK((std::get<0>(all[0]) == text || std::get<0>(all[1]) == text));
    CHECK(session.all(select<Shelf>().where(shelves::code.in(select(books::isbn).template from<Book>()))).size() == 2);
    auto const some = cte<"some">(select(books::isbn).template from<Book>().where(books::title == text + "!"));
    CHECK((session.value(with(some, select(some[books::isbn]).from(some))) == text));
  });
}

TEST_CASE("streams and views show any text as it is") {
  with_each_text([](auto& session, std::string const& text) {
    session.execute(insert(NewBook{.isbn = text, .title = text}));
    int seen = 0;
    auto const query = select<Book>().where(books::title == text);
    for (Book const& row : session.stream(query)) seen += row.isbn == text && row.title == text ? 1 : 0;
    for (auto const& view : session.views(query)) seen += view[books::isbn] == text ? 1 : 0;
    session.each(query, [&](Book const& row) { seen += row.title == text ? 1 : 0; });
    auto const pair = session.one(select(books::isbn, books::title).template from<Book>().where(books::isbn == text));
    seen += std::get<1>(pair) == text ? 1 : 0;
    CHECK(seen == 4);
  });
}
