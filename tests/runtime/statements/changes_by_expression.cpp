// SPDX-License-Identifier: MIT
#include "runtime/statements/lent_books.hpp"
#include "support/catch.hpp"

#include <forge_db/query/conflict_set.hpp>
#include <forge_db/query/derived.hpp>
#include <forge_db/query/partial_index.hpp>
#include <forge_db/query/returning.hpp>
#include <forge_db/query/subquery.hpp>
#include <forge_db/query/update_from.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace forge_db;
using namespace forge_db::literals;
using namespace library;
using tests::rows_of;
using tests::texts;
using tests::values_of;

namespace {

using scores = std::vector<std::optional<double>>;

scores scores_of(sqlite::database& db) {
  return values_of(db, select(books::score).from<Book>().order_by(books::isbn.asc()));
}

constexpr alias<Book, "neighbour"> neighbour;

}  // namespace

TEST_CASE("columns are set to expressions; what is NULL stays so") {
  auto db = tests::lent_books();
  db.write([](auto& session) {
    CHECK(session.execute(update<Book>().set(books::score = books::score * 2 + 1).where(books::title < "d")) == 3);
    CHECK(session.execute(update<Shelf>().set(shelves::depth = shelves::depth + 10).all_rows()) == 4);
  });
  CHECK(scores_of(db) == scores{5.0, 9.0, std::nullopt, 9.0});
  CHECK(values_of(db, select(max(shelves::depth)).from<Shelf>()) == std::vector<std::optional<std::int32_t>>{12});

  auto const highest_of_shelf =
      select(max(neighbour[books::score])).from(neighbour).where(neighbour[books::shelf_id] == outer(books::shelf_id));
  db.write([&](auto& session) {
    session.execute(update<Book>().set(books::score = scalar(highest_of_shelf)).where(books::title == "a"));
  });
  CHECK(scores_of(db).front() == 9.0);
}

TEST_CASE("rows change by what rows of other tables say") {
  auto db = tests::lent_books();
  auto const lent = derived<"lent">(select(loans::book_id, as<"n">(count()))
                                        .from<Loan>()
                                        .where(loans::status != loan_status::lost)
                                        .group_by(loans::book_id));
  db.write([&](auto& session) {
    auto const rows = session.all(update<Book>()
                                      .from(lent, lent[loans::book_id] == books::id)
                                      .set(books::score = lent["n"_c] * 1.5, books::title = "lent")
                                      .where(lent["n"_c] < 2 || books::score > 1)
                                      .returning());
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].title == "lent");
    CHECK(rows[0].updated_at > rows[0].created_at);
  });
  CHECK(scores_of(db) == scores{3.0, 4.0, 1.5, 9.0});

  db.write([&](auto& session) {
    auto const names = session.all(update<Book>()
                                       .from<Loan>(loans::book_id == books::id)
                                       .join<Member>(members::id == loans::member_id)
                                       .set(books::title = members::name, books::score = null)
                                       .where(loans::status == loan_status::open)
                                       .returning(books::isbn, books::title));
    CHECK(names == std::vector<std::tuple<std::string, std::string>>{{"1", "M"}});
    CHECK(session.execute(update<Shelf>()
                              .from(alias<Shelf, "above">{}, shelves::parent_id == alias<Shelf, "above">{}[shelves::id])
                              .set(shelves::name = alias<Shelf, "above">{}[shelves::name])) == 3);
  });
  CHECK(values_of(db, select(shelves::name).from<Shelf>().order_by(shelves::id.asc())) ==
        texts{"Top", "Top", "Middle", "Top"});
}

TEST_CASE("statements return expressions; values behind those of the statement") {
  auto db = tests::lent_books();
  db.write([](auto& session) {
    auto const twice = session.all(update<Book>()
                                       .set(BookPatch{.score = 3.0})
                                       .where(books::title == "a")
                                       .returning(books::isbn, as<"twice">(books::score * 2)));
    static_assert(std::same_as<decltype(twice), std::vector<std::tuple<std::string, std::optional<double>>> const>);
    CHECK(twice == std::vector<std::tuple<std::string, std::optional<double>>>{{"1", 6.0}});
    CHECK(session.value(insert(NewShelf{.code = "n", .name = "New", .depth = 4}).returning(shelves::depth + 3)) == 7);
    CHECK(session.value(remove<Shelf>().where(shelves::code == "n").returning(shelves::depth - 1)) == 3);
  });
}

TEST_CASE("an upsert changes what is there by assignments, if it satisfies a condition") {
  auto db = tests::lent_books();
  auto const better = [](double score) {
    return insert(NewBook{.isbn = "2", .title = "new", .score = score})
        .on_conflict(books::isbn)
        .set(books::score = books::score + excluded(books::score) * 10, books::title = excluded(books::title))
        .where(books::score < excluded(books::score) && books::score < 100);
  };
  db.write([&](auto& session) {
    CHECK(session.all(better(3).returning(books::id)).empty());
    auto const changed = session.one(better(5).returning());
    CHECK(changed.id == BookId{2});
    CHECK(changed.score == 54.0);
    CHECK(changed.title == "new");
    CHECK(changed.updated_at > changed.created_at);
    CHECK(session.value(better(60).returning(books::score / 2)) == 327.0);
    std::vector<NewBook> const more{{.isbn = "1", .title = "x", .score = 1.0}, {.isbn = "9", .title = "nine"}};
    CHECK(session.execute(insert(more).on_conflict(books::isbn).set(books::score = excluded(books::score) + 0.5)) == 2);
  });
  CHECK(scores_of(db) == scores{1.5, 654.0, std::nullopt, 9.0, 5.0});
}

TEST_CASE("an upsert names a partial unique index by its condition") {
  auto db = tests::lent_books();
  auto const card = uuid_v4();
  auto const with_card = [&](std::string email) {
    return insert(NewMember{.email = std::move(email),
                            .name = "N",
                            .joined_on = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1},
                            .card = card});
  };
  auto const index = index_on(members::card).where(members::card.is_not_null());
  db.write([&](auto& session) {
    CHECK_THROWS_AS(session.execute(with_card("a").on_conflict(index).do_nothing()), sql_error);  // there is none
    session.connection().execute_script("create unique index uq on members (card) where card is not null");
    CHECK(session.execute(with_card("a").on_conflict(index).do_nothing()) == 1);
    CHECK(session.execute(with_card("b").on_conflict(index).do_nothing()) == 0);
    CHECK(session.one(with_card("c").on_conflict(index).update(members::email).returning(members::email)) ==
          std::tuple<std::string>("c"));
    CHECK(session.execute(with_card("d").on_conflict(index).set(members::name = excluded(members::email))) == 1);
  });
  CHECK(values_of(db, select(members::name).from<Member>().where(members::email == "c")) == texts{"d"});
}
