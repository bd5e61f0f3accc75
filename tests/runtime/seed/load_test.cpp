// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/core/json.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/seed/seed.hpp>
#include <forge_db/session/session.hpp>
#include <forge_db/text/to_json.hpp>

#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"
#include "support/hostile_texts.hpp"

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

using namespace forge_db;
using library::Book;
using library::BookAuthor;
using library::Loan;
using library::Member;
using library::Shelf;
using seed::skip_existing;
using seed::table_report;
using seed::update_existing;
namespace books = library::books;
namespace shelves = library::shelves;

namespace {

seed::csv_text csv(std::string text) { return {"a.csv", std::move(text), {}}; }

/// What `work` throws, without the engine's text.
template <class Work>
std::string error_of(Work&& work) {
  try {
    work();
  } catch (error const& refused) {
    std::string const text = refused.what();
    return text.substr(0, text.find(" [engine"));
  }
  return "accepted";
}

template <class Row, class Existing = seed::refuse_existing>
std::string load_error(std::string const& text, Existing existing = {}) {
  auto db = tests::library_database();
  std::string found;
  db.write([&](auto& session) {
    session.connection().execute_script("insert into shelves (id, code, name) values (1, 'A', 'kept')");
    found = error_of([&] { seed::load<Row>(session, csv(text), existing); });
    // Nothing of it stays, and the session goes on.
    CHECK(session.value(select(count()).from<Row>()) == (std::is_same_v<Row, Shelf> ? 1 : 0));
    CHECK(session.one(select<Shelf>()).name == "kept");
  });
  return found;
}

std::string name_of(auto& session, std::string_view code) {
  return session.one(select<Shelf>().where(shelves::code == code)).name;
}

}  // namespace

TEST_CASE("values of every type are read as to_json() writes them") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    auto const report = seed::load<Member>(
        session, csv("photo,settings,balance,joined_on,active,name,email,id,card,created_at,updated_at\r\n"
                     "AP8/Pg==,\"{\"\"a\"\": [1, 1e400]}\",-9999999999.90,2024-02-29,false,\"\",\"x, \"\"y\"\"\r\n\","
                     "00112233-4455-6677-8899-aabbccddeeff,00112233445566778899AABBCCDDEEFF,2024-05-01T12:00:00+02:00,"
                     "0001-01-01 00:00:00.000001\r\n"));
    CHECK(report == table_report{"members", 1, 1, 0, 0});
    CHECK(to_json(session.one(select<Member>())) ==
          R"({"id": "00112233-4455-6677-8899-aabbccddeeff", "email": "x, \"y\"\r\n", "name": "", "active": false, )"
          R"("joined_on": "2024-02-29", "balance": "-9999999999.90", "settings": {"a": [1, 1e400]}, )"
          R"("photo": "AP8/Pg==", "card": "00112233-4455-6677-8899-aabbccddeeff", )"
          R"("created_at": "2024-05-01T10:00:00.000000Z", "updated_at": "0001-01-01T00:00:00.000001Z"})");
    seed::load<Book>(session, csv("id,isbn,title,tags,score,status,shelf_id\n"
                                  "9223372036854775807,1,a,\"[\"\"x\"\", \"\"y,\"\"]\",-1e999,lost,\n"
                                  "-1,2,b,[],0.1,open,\n"));
    auto const found = session.all(select<Book>().order_by(books::isbn.asc()));
    REQUIRE(found.size() == 2);
    CHECK(found[0].id == library::BookId{INT64_MAX});
    CHECK(found[0].tags == std::vector<std::string>{"x", "y,"});
    CHECK(found[0].score == -std::numeric_limits<double>::infinity());
    CHECK(found[0].status == library::loan_status::lost);
    CHECK(found[0].shelf_id == std::nullopt);
    CHECK(found[1].score == 0.1);
  });
}

TEST_CASE("any text of a CSV file is stored as it is, or refused by its place") {
  for (tests::hostile_text const& hostile : tests::hostile_texts()) {
    INFO(hostile.name);
    std::string quoted = "\"";
    for (char const c : hostile.text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    quoted += '"';
    auto db = tests::library_database();
    db.write([&](auto& session) {
      auto const load = [&] {
        return seed::load<Shelf>(session, csv("code,name\n" + quoted + "," + quoted + "\n"),
                                 update_existing(shelves::code));
      };
      if (hostile.is_utf8 && !hostile.has_nul()) {
        CHECK(load().inserted == 1);
        CHECK((session.one(select<Shelf>()).code == hostile.text));
        CHECK((name_of(session, hostile.text) == hostile.text));
        CHECK(load().skipped == 1);
      } else {
        CHECK(error_of(load).starts_with("forge_db: a.csv:2:"));
        CHECK(session.value(select(count()).from<Shelf>()) == 0);
      }
    });
  }
}

TEST_CASE("columns that the text does not name take their defaults; an empty field is NULL") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    seed::load<Book>(session, csv("title,isbn,score\nnone,1,\nfive,2,5\n"));
    seed::load<Book>(session, csv("title,isbn\ndefault,3\n"));
    auto const found = session.all(select<Book>().order_by(books::isbn.asc()));
    REQUIRE(found.size() == 3);
    CHECK(found[0].score == std::nullopt);
    CHECK(found[1].score == 5.0);
    CHECK(found[2].score == 5.0);  // the client's default
    CHECK(found[2].tags.empty());
    CHECK(found[2].created_at > timestamp{});
    CHECK(found[2].id == library::BookId{3});  // the database's
    session.connection().execute_script(
        "insert into members (id, email, name, joined_on, created_at, updated_at) "
        "values ('00112233-4455-6677-8899-aabbccddeeff', 'e', 'n', '2024-01-01', "
        "'2024-01-01 00:00:00.000000', '2024-01-01 00:00:00.000000')");
    seed::load<Loan>(session, csv("book_id,member_id,due_on\n1,00112233-4455-6677-8899-aabbccddeeff,2024-01-01\n"));
    CHECK(session.one(select<Loan>()).number == 1);  // `1 + 0`, which only the database can compute
  });
}

TEST_CASE("rows of one text may refer to each other in any order") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    seed::load<Shelf>(session, csv("id,code,name,parent_id\n1,A,a,2\n2,B,b,3\n3,C,c,\n"));
    CHECK(session.value(select(count()).from<Shelf>()) == 3);
  });
}

TEST_CASE("update_existing() touches the columns of the text, only where they differ") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    auto const load = [&](std::string text) {
      return seed::load<Book>(session, csv(std::move(text)), update_existing(books::isbn));
    };
    CHECK(load("isbn,title,score\n1,a,1\n2,b,\n") == table_report{"books", 2, 2, 0, 0});
    session.connection().execute_script("update books set status = 'lost', updated_at = '2000-01-01 00:00:00.000000'");
    CHECK(load("isbn,title,score\n1,a,1\n2,b,\n") == table_report{"books", 2, 0, 0, 2});
    auto const changes = [&] {
      std::vector<std::string> found;
      for (Book const& book : session.all(select<Book>().order_by(books::isbn.asc())))
        found.push_back(book.title + (book.updated_at > *parse_timestamp("2000-01-01 00:00:00.000000") ? " new" : ""));
      return found;
    };
    CHECK(changes() == std::vector<std::string>{"a", "b"});
    CHECK(load("title,isbn,score\na,1,\nb,2,\nc,3,\n") == table_report{"books", 3, 1, 1, 1});
    CHECK(changes() == std::vector<std::string>{"a new", "b", "c new"});
    CHECK(session.one(select<Book>().where(books::isbn == "1")).status == library::loan_status::lost);
    CHECK(session.one(select<Book>().where(books::isbn == "1")).score == std::nullopt);
    CHECK(load("isbn,title\n1,a\n") == table_report{"books", 1, 0, 0, 1});
    // The primary key of what is there stays, whatever the text says.
    CHECK(load("id,isbn,title\n77,1,z\n") == table_report{"books", 1, 0, 1, 0});
    CHECK(session.one(select<Book>().where(books::isbn == "1")).id == library::BookId{1});
  });
}

TEST_CASE("a text of the key's columns alone adds what is missing") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    session.connection().execute_script("insert into authors (id, name) values (1, 'a'), (2, 'b')");
    seed::load<Book>(session, csv("id,isbn,title\n1,1,a\n"));
    auto const load = [&](std::string text) {
      return seed::load<BookAuthor>(session, csv(std::move(text)),
                                    update_existing(library::book_authors::book_id, library::book_authors::author_id));
    };
    CHECK(load("book_id,author_id\n1,1\n") == table_report{"book_authors", 1, 1, 0, 0});
    CHECK(load("author_id,book_id\n1,1\n2,1\n") == table_report{"book_authors", 2, 1, 0, 1});
  });
}

TEST_CASE("skip_existing() leaves what is there, refuse_existing fails") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    seed::load<Shelf>(session, csv("code,name\nA,old\n"));
    CHECK(seed::load<Shelf>(session, csv("code,name\nA,new\nB,b\n"), skip_existing(shelves::code)) ==
          table_report{"shelves", 2, 1, 0, 1});
    CHECK(seed::load<Shelf>(session, csv("code,name\nA,new\nC,c\n"), skip_existing()) ==
          table_report{"shelves", 2, 1, 0, 1});
    CHECK(name_of(session, "A") == "old");
  });
  CHECK(load_error<Shelf>("code,name\nB,b\nA,a\n") ==
        "forge_db: a.csv:3:1: a statement would repeat a unique value [shelves.code]");
  CHECK(load_error<Shelf>("id,code,name\n2,A,b\n", skip_existing(shelves::id)) ==
        "forge_db: a.csv:2:3: a statement would repeat a unique value [shelves.code]");
}

TEST_CASE("a header only is no row, an empty text is an error") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    CHECK(seed::load<Shelf>(session, csv("code,name\n")) == table_report{"shelves", 0, 0, 0, 0});
    CHECK(seed::load<Shelf>(session, csv("\xef\xbb\xbf"
                                         "code,name")) == table_report{"shelves", 0, 0, 0, 0});
  });
  CHECK(load_error<Shelf>("") ==
        "forge_db: a.csv:1:1: the text is empty; its first line names columns of table 'shelves'");
}

TEST_CASE("a first line that does not fit the table") {
  CHECK(load_error<Shelf>("code,nmae\n") ==
        "forge_db: a.csv:1:6: table 'shelves' has no column 'nmae'; did you mean 'name'?");
  CHECK(load_error<Shelf>("x,code,name\n") ==
        "forge_db: a.csv:1:1: table 'shelves' has no column 'x'; it has id, code, name, parent_id, depth");
  CHECK(load_error<Shelf>("code;name\n") ==
        "forge_db: a.csv:1:1: table 'shelves' has no column 'code;name'; separate the columns by commas");
  CHECK(load_error<Shelf>("ann@example.org,name\n").find("ann") == std::string::npos);
  CHECK(load_error<Shelf>("code,name,code\n") == "forge_db: a.csv:1:11: column 'code' is named twice; keep one");
  CHECK(load_error<Shelf>("code,depth\n") ==
        "forge_db: a.csv:1:1: table 'shelves' requires column 'name', which the first line does not name; add it");
  CHECK(load_error<Shelf>("code,name\n", update_existing(shelves::id)) ==
        "forge_db: a.csv:1:1: existing rows of table 'shelves' are told by column 'id', which the first line does not "
        "name; add it");
}

TEST_CASE("rows that do not fit are refused with their place, and without their values") {
  CHECK(load_error<Shelf>("code,name\nB,b\nC\n") ==
        "forge_db: a.csv:3:1: a row of 1 field; the first line names 2 [shelves]");
  CHECK(load_error<Shelf>("code,name\nB,b,\n") ==
        "forge_db: a.csv:2:1: a row of 3 fields; the first line names 2 [shelves]");
  CHECK(load_error<Shelf>("code,name,depth\n\"B\n\",,1\n") ==
        "forge_db: a.csv:3:3: expected a value, an empty field is NULL; write \"\" for empty text, or leave the column "
        "out for its default [shelves.name]");
  CHECK(load_error<Shelf>("code,name,depth\nB,b,secret\n") ==
        "forge_db: a.csv:2:5: expected a whole number such as -12 [shelves.depth]");
  CHECK(load_error<Shelf>("code,name\nB,\"b\n") == "forge_db: a.csv:2:3: a quote that is never closed; close it");
  CHECK(load_error<Book>("isbn,title,status\n1,a,opne\n") ==
        "forge_db: a.csv:2:5: expected one of open, returned, lost [books.status]");
}

TEST_CASE("rows that a constraint refuses are found, and named as an insert names them") {
  CHECK(load_error<Shelf>("code,name\nB,b\nC,c\nB,d\n") ==
        "forge_db: a.csv:4:1: a statement would repeat a unique value [shelves.code]");
  CHECK(load_error<Shelf>("id,code,name\n5,C,b\n1,D,b\n") ==
        "forge_db: a.csv:3:1: a statement would repeat a primary key [shelves.id]");
  // The child before its parent is no error; the row without one is.
  CHECK(load_error<Shelf>("id,code,name,parent_id\n2,B,b,3\n3,C,c,\n4,D,d,99\n") ==
        "forge_db: a.csv:4:1: a statement would leave a foreign key without its row [shelves]");
  try {
    auto db = tests::library_database();
    db.write([](auto& session) { seed::load<Shelf>(session, csv("code,name\nB,b\nB,c\n")); });
    FAIL("accepted");
  } catch (constraint_violation const& refused) {
    CHECK(refused.code() == error_code::unique_violation);
    CHECK(refused.context().column == "code");
  }
}

TEST_CASE("a text that was made from another file names its lines") {
  auto db = tests::library_database();
  std::uint32_t const lines[] = {7, 12};
  seed::csv_text const text{"demo.yaml", "code,name\nA,a\nA,b\n", lines};
  CHECK(error_of([&] { db.write([&](auto& session) { seed::load<Shelf>(session, text); }); }) ==
        "forge_db: demo.yaml:12: a statement would repeat a unique value [shelves.code]");
}

TEST_CASE("an error that ends the transaction is not searched for outside of it") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    session.connection().execute_script(
        "create trigger no_c before insert on shelves when new.code = 'C' begin select raise(rollback, 'no'); end");
  });
  CHECK(error_of([&] { db.write([](auto& session) { seed::load<Shelf>(session, csv("code,name\nB,b\nC,c\n")); }); }) ==
        "forge_db: a.csv: a statement was refused by a constraint");
  db.read([](auto& session) { CHECK(session.value(select(count()).template from<Shelf>()) == 0); });
}

TEST_CASE("the search for a refused row leaves nothing behind when each row alone is accepted") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    auto const text = csv("id,code,name,parent_id\n1,A,a,2\n2,B,b,\n");
    auto const read = seed::detail::read_rows<Shelf, column_list<>>(text);
    seed::detail::find_refused<seed::refuse_existing>(session, text, read);
    CHECK(session.value(select(count()).from<Shelf>()) == 0);
  });
}

TEST_CASE("several tables are one transaction") {
  auto db = tests::library_database();
  CHECK_THROWS_AS(db.write([](auto& session) {
    seed::load<Shelf>(session, csv("code,name\nA,a\n"));
    seed::load<Book>(session, csv("isbn,title,shelf_id\n1,a,99\n"));
  }),
                  constraint_violation);
  db.read([](auto& session) { CHECK(session.value(select(count()).template from<Shelf>()) == 0); });
}

TEST_CASE("files") {
  CHECK(error_of([] {
          static_cast<void>(seed::csv_file("/nowhere/a.csv"));
        }).starts_with("forge_db: /nowhere/a.csv: the file cannot be opened"));
  CHECK(error_of([] { static_cast<void>(seed::csv_file("/")); }) == "forge_db: /: the file cannot be read");
  auto const read = seed::csv_file(FORGE_DB_SOURCE_DIR "/tests/runtime/seed/load_test.cpp");
  CHECK(read.name == FORGE_DB_SOURCE_DIR "/tests/runtime/seed/load_test.cpp");
  CHECK(read.text.starts_with("// SPDX-License-Identifier: MIT\n"));
  CHECK(read.text.ends_with("}\n"));
}
