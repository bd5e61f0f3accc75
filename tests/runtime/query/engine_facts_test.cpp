// SPDX-License-Identifier: MIT
// What was measured about SQLite's texts, held by the statements that ForgeDB makes.
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/models.hpp>
#include <library/repositories.hpp>

#include <forge_db/query/query.hpp>

#include <string>
#include <vector>

using namespace forge_db;
using namespace library;

namespace {

template <class Session, class Query>
std::string plan_of(Session& session, Query const& query) {
  std::string const text = "explain query plan " + std::string(sql<dialect::sqlite>(query));
  auto rows = session.connection().prepare_once(text);
  std::string plan;
  while (rows.step()) plan += std::string(rows.text(3)) + "; ";
  return plan;
}

template <class Session>
std::string one_text(Session& session, char const* text) {
  auto row = session.connection().prepare_once(text);
  return row.step() ? std::string(row.text(0)) : "no row";
}

}  // namespace

TEST_CASE("an upsert updates the row that is there: no delete trigger fires, children and rowid stay") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    session.connection().execute_script(
        "create table gone (what); create trigger on_delete after delete on books begin insert into gone values "
        "(old.title); end;");
    Book const book = BookRepository{session}.insert({.isbn = "1", .title = "a"});
    auto const author = AuthorRepository{session}.insert({.name = "x"});
    BookAuthorRepository{session}.insert({.book_id = book.id, .author_id = author.id});

    auto const kept = BookRepository{session}.upsert({.isbn = "1", .title = "b"}, books::isbn);
    CHECK(kept.id == book.id);
    std::vector<NewBook> const again{{.isbn = "1", .title = "c"}};
    session.execute(insert(again).on_conflict(books::isbn).update(books::title));
    session.execute(insert(again).on_conflict(books::isbn).do_nothing());
    CHECK(one_text(session, "select title from books") == "c");
    CHECK(one_text(session, "select count(*) from gone") == "0");
    CHECK(one_text(session, "select count(*) from book_authors") == "1");
  });
}

TEST_CASE("decimals are scaled integers, which sort and sum as numbers") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    using money = decimal<12, 2>;
    for (char const* amount : {"9.50", "10.00", "-0.05", "100.10"}) {
      MemberRepository{session}.insert(
          {.email = std::string(amount), .name = "n", .joined_on = date(), .balance = money::parse(amount)});
    }
    std::string order;
    for (auto const& row : session.all(select<Member>().order_by(members::balance.asc()))) order += row.email + ' ';
    CHECK(order == "-0.05 9.50 10.00 100.10 ");
    CHECK(one_text(session, "select sum(balance) from members") == "11955");
    CHECK(one_text(session, "select group_concat(distinct typeof(balance)) from members") == "integer");
    CHECK(session.all(select<Member>().where(members::balance > money::parse("9.99"))).size() == 2);
  });
}

TEST_CASE("equal moments are equal texts, whichever way they came about") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    auto const moment = [](char const* text) { return parse_timestamp_lenient(text).value(); };
    char const* const forms[] = {"2024-03-01T12:30:00Z", "2024-03-01 12:30:00", "2024-03-01T14:30:00+02:00",
                                 "2024-03-01 12:30:00.000000"};
    for (char const* form : forms) {
      BookRepository{session}.insert({.isbn = form, .title = "t", .created_at = moment(form)});
    }
    CHECK(one_text(session, "select count(distinct created_at) from books") == "1");
    CHECK(one_text(session, "select min(created_at) from books") == "2024-03-01 12:30:00.000000");
    CHECK(session.all(select<Book>().where(books::created_at == moment(forms[2]))).size() == 4);
  });
}

TEST_CASE("starts_with and what a partial index depends on are searched, not scanned") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    session.connection().execute_script(
        "create index by_title on books (title); create index scored on books (created_at) where score is not null");
    CHECK(plan_of(session, select<Book>().where(books::title.starts_with("a")))
              .find("SEARCH books USING INDEX by_title") != std::string::npos);
    CHECK(plan_of(session, select<Book>().where(books::score.is_not_null()).order_by(books::created_at.asc()))
              .find("USING INDEX scored") != std::string::npos);
  });
}

TEST_CASE("rows are returned only when asked for") {
  std::vector<NewBook> const rows{{.isbn = "1", .title = "a"}};
  auto const plain = insert(rows);
  CHECK(sql<dialect::sqlite>(plain).find("returning") == std::string_view::npos);
  CHECK(sql<dialect::sqlite>(plain.returning()).find("returning") != std::string_view::npos);
  auto db = tests::library_database();
  db.write([&](auto& session) {
    std::string seen;
    session.connection().set_trace([&](std::string_view text) { seen += text; });
    BookRepository{session}.insert_many(rows);
    CHECK(seen.find("insert into \"books\"") != std::string::npos);
    CHECK(seen.find("returning") == std::string::npos);
    session.connection().set_trace({});
  });
}

TEST_CASE("every statement of a repository keeps its plan whatever is bound") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    session.connection().execute_script("create index by_title on books (title) where score is not null");
    BookRepository repository{session};
    for (int round = 0; round < 20; ++round) {
      std::string const number = std::to_string(round);
      auto const book = repository.insert({.isbn = number, .title = "t" + number});
      repository.update(book.id, {.title = "%" + number});
      CHECK(repository.find(book.id));
      CHECK(repository.list({.score = {.from = round / 5.0}, .title = round % 2 == 0 ? "%" : ""}).total >= 1);
      repository.upsert({.isbn = number, .title = "u"}, books::isbn);
      CHECK(repository.exists(book.id));
    }
    int prepared = 0;
    auto* const connection = session.connection().native();
    for (auto* each = sqlite3_next_stmt(connection, nullptr); each != nullptr;
         each = sqlite3_next_stmt(connection, each)) {
      INFO(sqlite3_sql(each));
      CHECK(sqlite3_stmt_status(each, SQLITE_STMTSTATUS_REPREPARE, 0) == 0);
      ++prepared;
    }
    CHECK(prepared >= 6);
  });
}
