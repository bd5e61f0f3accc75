// SPDX-License-Identifier: MIT
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"

#include <library/repositories.hpp>

using namespace forge_db;
using namespace library;

TEST_CASE("insert gives the row as the database has it, with its key and its defaults") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    BookRepository books{session};
    timestamp const before = timestamp::now();
    Book const book = books.insert({.isbn = "1", .title = "Emma"});
    CHECK(book.id == BookId{1});
    CHECK(book.title == "Emma");
    CHECK_FALSE(book.shelf_id.has_value());
    CHECK(book.tags.empty());
    CHECK(book.score == 5.0);
    CHECK(book.status == loan_status::open);
    CHECK(book.created_at >= before);
    CHECK(book.updated_at >= book.created_at);
    CHECK(books.find(book.id)->isbn == "1");

    Book const other = books.insert({.id = BookId{9},
                                     .isbn = "2",
                                     .title = "",
                                     .tags = std::vector<std::string>{"a", "ü"},
                                     .score = null,
                                     .status = loan_status::lost});
    CHECK(other.id == BookId{9});
    CHECK(other.title.empty());
    CHECK(other.tags == std::vector<std::string>{"a", "ü"});
    CHECK_FALSE(other.score.has_value());
    CHECK(other.status == loan_status::lost);
  });
}

TEST_CASE("find, get and exists") {
  auto db = tests::library_database();
  db.write([](auto& session) { ShelfRepository{session}.insert({.code = "A", .name = "a"}); });
  db.read([](auto& session) {
    ShelfRepository shelves{session};
    CHECK(shelves.find(ShelfId{1})->code == "A");
    CHECK(shelves.get(ShelfId{1}).depth == 0);
    CHECK(shelves.exists(ShelfId{1}));
    CHECK_FALSE(shelves.find(ShelfId{2}).has_value());
    CHECK_FALSE(shelves.exists(ShelfId{2}));
    try {
      static_cast<void>(shelves.get(ShelfId{2}));
      FAIL("not_found expected");
    } catch (not_found const& missing) {
      CHECK(missing.context().table == "shelves");
    }
  });
}

TEST_CASE("update writes what is set, sets nulls, and refreshes") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    BookRepository books{session};
    Book const book = books.insert({.isbn = "1",
                                    .title = "Emma",
                                    .created_at = timestamp::from_unix_us(1),
                                    .updated_at = timestamp::from_unix_us(1)});
    CHECK(books.update(book.id, {.title = "Persuasion", .score = null}));
    Book const changed = books.get(book.id);
    CHECK(changed.title == "Persuasion");
    CHECK(changed.isbn == "1");
    CHECK_FALSE(changed.score.has_value());
    CHECK(changed.created_at == timestamp::from_unix_us(1));
    CHECK(changed.updated_at > timestamp::from_unix_us(1));

    CHECK(books.update(book.id, {.updated_at = timestamp::from_unix_us(2)}));
    CHECK(books.get(book.id).updated_at == timestamp::from_unix_us(2));
    CHECK(books.update(book.id, {}));
    CHECK(books.get(book.id).updated_at == timestamp::from_unix_us(2));
    CHECK_FALSE(books.update(BookId{77}, {.title = "x"}));
    CHECK_FALSE(books.update(BookId{77}, {}));
  });
}

TEST_CASE("upsert leaves unset fields of a row that is there as they are") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    BookRepository repository{session};
    Book const first =
        repository.insert({.isbn = "1", .title = "Emma", .score = 9, .created_at = timestamp::from_unix_us(1)});
    Book const again = repository.upsert({.isbn = "1", .title = "Emma, again"}, books::isbn);
    CHECK(again.id == first.id);
    CHECK(again.title == "Emma, again");
    CHECK(again.score == 9.0);
    CHECK(again.created_at == timestamp::from_unix_us(1));
    CHECK(again.updated_at >= first.updated_at);

    Book const fresh = repository.upsert({.isbn = "2", .title = "New"}, books::isbn);
    CHECK(fresh.score == 5.0);
    CHECK(repository.upsert({.id = fresh.id, .isbn = "3", .title = "By key"}).isbn == "3");
    CHECK(repository.count() == 2);
  });
}

TEST_CASE("composite keys are tuples") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    BookId const book = BookRepository{session}.insert({.isbn = "1", .title = "Emma"}).id;
    AuthorId const author = AuthorRepository{session}.insert({.name = "Jane"}).id;
    BookAuthorRepository authors{session};
    authors.insert({.book_id = book, .author_id = author, .role = "writer"});
    CHECK(authors.get({book, author}).role == "writer");
    CHECK(authors.update({book, author}, {.position = 3}));
    CHECK(authors.get({book, author}).position == 3);
    CHECK(authors.upsert({.book_id = book, .author_id = author}).position == 3);
    CHECK_FALSE(authors.exists({author.value() == 1 ? BookId{2} : BookId{1}, author}));
    CHECK(authors.remove({book, author}));
    CHECK_FALSE(authors.remove({book, author}));
  });
}

TEST_CASE("every type of value comes back as it went in") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    MemberRepository members{session};
    NewMember given{.email = std::string("a\0b", 3),
                    .name = "Ada",
                    .active = false,
                    .joined_on = *parse_date("1999-12-31"),
                    .balance = decimal<12, 2>::parse("-12.34"),
                    .settings = json::parse(R"({"a": [1]})"),
                    .photo = bytes{},
                    .card = *parse_uuid("0123456789abcdef0123456789abcdef")};
    Member const member = members.insert(given);
    CHECK(members.get(member.id).email == given.email.value());
    CHECK_FALSE(member.active);
    CHECK(member.joined_on == given.joined_on.value());
    CHECK(member.balance == decimal<12, 2>::parse("-12.34"));
    CHECK(member.settings.text() == R"({"a": [1]})");
    REQUIRE(member.photo.has_value());
    CHECK(member.photo->empty());
    CHECK(member.card == parse_uuid("0123456789abcdef0123456789abcdef"));
    auto raw = session.connection().prepare_once("select id, card, joined_on, balance, typeof(photo) from members");
    REQUIRE(raw.step());
    CHECK(raw.text(0) == uuid_text(member.id.value()));
    CHECK(raw.text(1) == "0123456789abcdef0123456789abcdef");
    CHECK(raw.text(2) == "1999-12-31");
    CHECK(raw.int64(3) == -1234);
    CHECK(raw.text(4) == "blob");
  });
}

TEST_CASE("what does not fit its field is a decode_error that names the column") {
  auto db = tests::library_database();
  db.write([](auto& session) {
    session.connection().execute_script(
        "insert into books values (1, '1', 't', null, 'no list', 1.0, 'open', '2024-01-02 03:04:05', "
        "'2024-01-02T03:04:05Z'),"
        " (2, '2', 't', null, '[]', 'high', 'open', '2024-01-02 03:04:05', '2024-01-02T03:04:05Z'),"
        " (3, '3', 't', null, '[]', 3, 'gone', '2024-01-02 03:04:05', '2024-01-02T03:04:05Z'),"
        " (4, '4', 't', null, '[]', 3, 'open', '2024-01-02 03:04:05', '2024-01-02T03:04:05Z')");
    BookRepository books{session};
    auto const failing_column = [&](std::int64_t id) {
      try {
        static_cast<void>(books.get(BookId{id}));
      } catch (decode_error const& failure) {
        return failure.context().table + '.' + failure.context().column;
      }
      return std::string("none");
    };
    CHECK(failing_column(1) == "books.tags");
    CHECK(failing_column(2) == "books.score");
    CHECK(failing_column(3) == "books.status");
    CHECK(failing_column(4) == "none");
    CHECK(books.get(BookId{4}).created_at == books.get(BookId{4}).updated_at);
  });
}
