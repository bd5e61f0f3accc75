// SPDX-License-Identifier: MIT
// Values that break programs which paste, cut or guess: each is stored exactly, or refused by the column's name.
#include "runtime/repository/library_database.hpp"
#include "support/catch.hpp"
#include "support/hostile_texts.hpp"

#include <library/repositories.hpp>

#include <forge_db/query/query.hpp>

#include <array>
#include <bit>
#include <limits>
#include <string>
#include <vector>

using namespace forge_db;
using namespace library;
using tests::every_byte;
using tests::hostile_text;
using tests::hostile_texts;
using tests::refused;

namespace {

template <class Session, class Condition>
std::int64_t number_of_books(Session& session, Condition const& condition) {
  return session.value(select(count()).template from<Book>().where(condition));
}

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

}  // namespace

TEST_CASE("hostile text is stored and found as it is") {
  for (hostile_text const& hostile : hostile_texts(10'000'000)) {
    INFO(hostile.name);
    std::string const& text = hostile.text;
    auto db = tests::library_database();
    db.write([&](auto& session) {
      BookRepository repository{session};
      repository.insert({.isbn = "decoy", .title = "decoy"});
      Book const first = repository.insert({.isbn = text, .title = text});
      CHECK((first.isbn == text));
      CHECK((first.title == text));
      std::array const more{NewBook{.isbn = text + "#", .title = text}};
      CHECK(repository.insert_many(more) == 1);
      CHECK(repository.update(first.id, {.title = "other"}));
      CHECK(repository.update(first.id, {.title = text}));
      CHECK((repository.get(first.id).title == text));
      Book const again = repository.upsert({.isbn = text, .title = text}, books::isbn);
      CHECK(again.id == first.id);
      CHECK((again.title == text));

      std::int64_t const containing = text.empty() ? 3 : 2;  // the decoy, too, contains and starts with nothing
      CHECK(number_of_books(session, books::title == text) == 2);
      CHECK(number_of_books(session, books::isbn == text) == 1);
      CHECK(number_of_books(session, books::title.in(std::array{text})) == 2);
      CHECK(number_of_books(session, books::title.not_in(std::array{text})) == 1);
      CHECK(number_of_books(session, books::title.contains(text)) == containing);
      CHECK(number_of_books(session, books::title.starts_with(text)) == containing);
      CHECK(repository.count({.title = text}) == containing);
      CHECK(repository.count({.search = text}) == containing);
      auto const found = repository.list({.title = text}, BookSort::title);
      CHECK((found.rows.front().title == text || text.empty()));
      CHECK(session.execute(remove<Book>().where(books::title == text)) == 2);
      CHECK(repository.count() == 1);
    });
  }
}

TEST_CASE("an item of a list is stored as it is, or refused where JSON cannot express it") {
  for (hostile_text const& hostile : hostile_texts(10'000'000)) {
    INFO(hostile.name);
    auto db = tests::library_database();
    db.write([&](auto& session) {
      BookRepository repository{session};
      std::vector<std::string> const items{hostile.text, "other"};
      NewBook const given{.isbn = "1", .title = "", .tags = items};
      if (hostile.is_utf8) {
        CHECK((repository.insert(given).tags == items));
        CHECK((repository.get(BookId{1}).tags == items));
        if (!hostile.has_nul()) {
          CHECK(repository.count({.tags = hostile.text}) == 1);
          CHECK(number_of_books(session, books::tags.has(hostile.text)) == 1);
        } else {  // SQLite's JSON functions stop there
          refused("books.tags", [&] { static_cast<void>(repository.count({.tags = hostile.text})); });
          refused("books.tags", [&] { number_of_books(session, books::tags.has(hostile.text)); });
        }
      } else {
        repository.insert({.isbn = "2", .title = ""});
        refused("books.tags", [&] { repository.insert(given); });
        refused("books.tags", [&] { repository.insert_many(std::array{given}); });
        refused("books.tags", [&] { repository.upsert(given, books::isbn); });
        refused("books.tags", [&] { repository.update(BookId{1}, {.tags = items}); });
        CHECK(repository.count() == 1);
      }
    });
  }
}

TEST_CASE("every double comes back bit by bit, but a negative zero as zero") {
  using limits = std::numeric_limits<double>;
  double const value =
      GENERATE(limits::infinity(), -limits::infinity(), limits::denorm_min(), -limits::denorm_min(), limits::min() / 3,
               limits::max(), limits::lowest(), 0.1, 9007199254740993.0, 9.2233720368547758e18, 1e300, -0.0);
  auto const expected = bits(value == 0 ? 0.0 : value);
  CAPTURE(value);
  auto db = tests::library_database();
  db.write([&](auto& session) {
    BookRepository repository{session};
    CHECK(bits(repository.insert({.isbn = "1", .title = "", .score = value}).score.value()) == expected);
    repository.insert_many(std::array{NewBook{.isbn = "2", .title = "", .score = value}});
    CHECK(bits(repository.get(BookId{2}).score.value()) == expected);
    repository.insert({.isbn = "3", .title = "", .score = null});
    CHECK(repository.update(BookId{3}, {.score = value}));
    CHECK(bits(repository.get(BookId{3}).score.value()) == expected);
    repository.insert({.isbn = "4", .title = "", .score = null});
    CHECK(bits(repository.upsert({.isbn = "4", .title = "", .score = value}, books::isbn).score.value()) == expected);
    repository.insert({.isbn = "5", .title = "", .score = null});
    CHECK(number_of_books(session, books::score == value) == 4);
    CHECK(number_of_books(session, books::score.in(std::array{value})) == 4);
    CHECK(repository.count({.score = {.from = value, .to = value}}) == 4);
  });
}

TEST_CASE("NaN is refused by the name of its column, and nothing is stored") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  auto db = tests::library_database();
  db.write([&](auto& session) {
    BookRepository repository{session};
    Book const book = repository.insert({.isbn = "1", .title = "", .score = 1});
    NewBook const given{.isbn = "1", .title = "", .score = nan};
    refused("books.score", [&] { repository.insert(given); });
    refused("books.score", [&] { repository.insert_many(std::array{NewBook{.isbn = "2", .title = ""}, given}); });
    refused("books.score", [&] { repository.insert_many_returning(std::array{given}); });
    refused("books.score", [&] { repository.upsert(given, books::isbn); });
    refused("books.score", [&] { repository.update(book.id, {.score = nan}); });
    Book whole = book;
    whole.id = BookId{7};
    whole.score = nan;
    refused("books.score", [&] { session.execute(insert(whole)); });
    refused("books.score", [&] { session.execute(update<Book>().set(books::score = nan).all_rows()); });
    refused("books.score", [&] { number_of_books(session, books::score == nan); });
    refused("books.score", [&] { number_of_books(session, books::score.between(0.0, nan)); });
    refused("books.score", [&] { number_of_books(session, books::score.in(std::array{1.0, nan})); });
    refused("books.score", [&] { static_cast<void>(repository.count({.score = {.to = nan}})); });
    CHECK(repository.count() == 1);
    CHECK(repository.get(book.id).score == 1.0);
  });
}

TEST_CASE("every integer comes back, and what its column cannot hold is refused") {
  using limits = std::numeric_limits<std::int64_t>;
  auto db = tests::library_database();
  db.write([&](auto& session) {
    BookRepository repository{session};
    for (std::int64_t const value : {limits::min(), limits::min() + 1, std::int64_t{-1}, std::int64_t{0},
                                     (std::int64_t{1} << 53) + 1, limits::max()}) {
      CAPTURE(value);
      BookId const id{value};
      CHECK(repository.insert({.id = id, .isbn = std::to_string(value), .title = ""}).id == id);
      CHECK(repository.get(id).isbn == std::to_string(value));
      CHECK(number_of_books(session, books::id == id) == 1);
      CHECK(number_of_books(session, books::id.in(std::array{id})) == 1);
      CHECK(repository.update(id, {.title = "x"}));
      CHECK(repository.upsert({.id = id, .isbn = std::to_string(value), .title = "y"}).title == "y");
    }
    for (std::int32_t const depth :
         {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()})
      CHECK(ShelfRepository{session}.insert({.code = std::to_string(depth), .name = "", .depth = depth}).depth ==
            depth);
    refused("shelves.depth", [&] { static_cast<void>(shelves::depth == limits::max()); });
    refused("shelves.depth", [&] { session.all(select<Shelf>().where(shelves::depth.in(std::array{limits::min()}))); });
  });
}

TEST_CASE("the first and the last day and microsecond are stored, what lies beyond is refused") {
  auto db = tests::library_database();
  db.write([&](auto& session) {
    MemberRepository repository{session};
    for (auto const& [day, moment] : {std::pair{*parse_date("0001-01-01"), timestamp::min()},
                                      std::pair{*parse_date("9999-12-31"), timestamp::max()}}) {
      std::string const email = std::to_string(moment.unix_us());
      Member const member = repository.insert({.email = email, .name = "", .joined_on = day, .created_at = moment});
      CHECK(repository.get(member.id).joined_on == day);
      CHECK(repository.get(member.id).created_at == moment);
      CHECK(repository.update(member.id, {.joined_on = day, .created_at = moment}));
      CHECK(repository.upsert({.email = email, .name = "", .joined_on = day}, members::email).joined_on == day);
      CHECK(repository.count({.joined_on = {.from = day, .to = day}}) == 1);
      CHECK(session.all(select<Member>().where(members::created_at == moment)).size() == 1);

      bool const first = moment == timestamp::min();
      date const beyond = date::from_unix_days(day.unix_days() + (first ? -1 : 1));
      timestamp const later = timestamp::from_unix_us(moment.unix_us() + (first ? -1 : 1));
      NewMember const bad_day{.email = "a", .name = "", .joined_on = beyond};
      NewMember const bad_moment{.email = "a", .name = "", .joined_on = day, .created_at = later};
      refused("members.joined_on", [&] { repository.insert(bad_day); });
      refused("members.created_at", [&] { repository.insert(bad_moment); });
      refused("members.joined_on", [&] { repository.insert_many(std::array{bad_day}); });
      refused("members.created_at", [&] { repository.insert_many(std::array{bad_moment}); });
      refused("members.joined_on", [&] { repository.upsert(bad_day, members::email); });
      refused("members.created_at", [&] { repository.update(member.id, {.created_at = later}); });
      refused("members.joined_on", [&] { static_cast<void>(repository.count({.joined_on = {.from = beyond}})); });
      refused("members.created_at", [&] { session.all(select<Member>().where(members::created_at == later)); });
      refused("members.created_at",
              [&] { session.all(select<Member>().where(members::created_at.in(std::array{later}))); });
    }
    CHECK(repository.count() == 2);
  });
}

TEST_CASE("bytes come back as they are, empty as against NULL") {
  std::string const all = every_byte();
  auto const as_bytes = [](std::string const& text) {
    auto const* const data = reinterpret_cast<std::byte const*>(text.data());
    return bytes(data, data + text.size());
  };
  auto db = tests::library_database();
  db.write([&](auto& session) {
    MemberRepository repository{session};
    int n = 0;
    std::string const zeros(10'000'000, '\0');  // NOLINT(bugprone-string-constructor): large on purpose
    for (bytes const& photo : {bytes{}, as_bytes(all), as_bytes(zeros)}) {
      NewMember const given{
          .email = std::to_string(n++), .name = "", .joined_on = *parse_date("2024-01-01"), .photo = photo};
      Member const member = repository.insert(given);
      CHECK((member.photo == photo));
      CHECK(repository.update(member.id, {.photo = null}));
      CHECK_FALSE(repository.get(member.id).photo.has_value());
      CHECK(repository.update(member.id, {.photo = photo}));
      CHECK((repository.get(member.id).photo == photo));
      CHECK((repository.upsert(given, members::email).photo == photo));
      CHECK(session.value(select(count()).template from<Member>().where(members::photo == photo)) == 1);
    }
  });
}
