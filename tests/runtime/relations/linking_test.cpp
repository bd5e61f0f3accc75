// SPDX-License-Identifier: MIT
// Links of many_to_many relations, self references and keys of several columns.
#include "runtime/relations/club_database.hpp"
#include "support/catch.hpp"
#include "support/hostile_texts.hpp"

#include <club/authors_relations.hpp>
#include <club/authors_repository.hpp>
#include <club/books_relations.hpp>
#include <club/books_repository.hpp>
#include <club/categories_relations.hpp>
#include <club/categories_repository.hpp>
#include <club/covers_relations.hpp>
#include <club/covers_repository.hpp>
#include <club/members_relations.hpp>
#include <club/members_repository.hpp>
#include <club/rooms_relations.hpp>
#include <club/rooms_repository.hpp>
#include <club/seats_relations.hpp>
#include <club/seats_repository.hpp>
#include <club/tags_repository.hpp>

#include <forge_db/repository/many.hpp>

using namespace forge_db;
using namespace club;

namespace {

template <class Rows>
std::string names(Rows const& rows) {
  return tests::joined(rows, [](auto const& row) { return row.name; });
}

/// Books 1 and 2, authors 1 to 3.
struct club_of_authors : tests::club_database {
  club_of_authors() {
    db.write([](auto& session) {
      for (char const* const title : {"Good Omens", "Emma"}) BookRepository{session}.insert({.title = title});
      for (char const* const name : {"Pratchett", "Gaiman", "Austen"}) AuthorRepository{session}.insert({.name = name});
    });
  }
};

std::vector<AuthorId> authors_of(std::initializer_list<std::int64_t> numbers) {
  std::vector<AuthorId> ids;
  for (std::int64_t const number : numbers) ids.emplace_back(number);
  return ids;
}

}  // namespace

TEST_CASE("linking twice is linking once, and so is unlinking") {
  club_of_authors club;
  club.db.write([](auto& session) {
    BookRepository repository{session};
    CHECK(repository.link(BookId{1}, books::authors, AuthorId{2}));
    CHECK_FALSE(repository.link(BookId{1}, books::authors, AuthorId{2}));
    CHECK(repository.link(BookId{1}, books::authors, AuthorId{1}));
    CHECK(AuthorRepository{session}.link(AuthorId{3}, authors::books, BookId{2}));  // from the other side
    CHECK(names(repository.with(books::authors).get(BookId{1})[books::authors]) == "Pratchett Gaiman");
    CHECK(names(repository.with(books::authors).get(BookId{2})[books::authors]) == "Austen");
    CHECK(repository.unlink(BookId{1}, books::authors, AuthorId{2}));
    CHECK_FALSE(repository.unlink(BookId{1}, books::authors, AuthorId{2}));
    CHECK(names(repository.with(books::authors).get(BookId{1})[books::authors]) == "Pratchett");
  });
}

TEST_CASE("rows may stand for their keys in link()") {
  club_of_authors club;
  club.db.write([](auto& session) {
    BookRepository repository{session};
    auto const book = repository.with(books::authors).get(BookId{2});
    Author const author = AuthorRepository{session}.get(AuthorId{3});
    CHECK(repository.link(book, books::authors, author));
    CHECK(repository.with(count_of(books::authors)).get(BookId{2})[count_of(books::authors)] == 1);
  });
}

TEST_CASE("a foreign key in an embedded struct makes a relation, too") {
  club_of_authors club;
  club.db.write([](auto& session) {
    CoverRepository repository{session};
    repository.insert({.book_id = BookId{1}, .colour = "red", .made = Craft{.maker_id = AuthorId{2}, .year = 1990}});
    repository.insert({.book_id = BookId{2}, .colour = "blue"});
    auto const covers = repository.with(covers::made_maker, covers::book).list();
    REQUIRE(covers.rows.size() == 2);
    CHECK(covers.rows[0][covers::made_maker]->name == "Gaiman");
    CHECK(covers.rows[0].made->year == 1990);
    CHECK_FALSE(covers.rows[1][covers::made_maker].has_value());
    CHECK(BookRepository{session}.with(books::cover).get(BookId{1})[books::cover]->made->year == 1990);
  });
}

TEST_CASE("a link to a row that is not there is refused by the foreign key") {
  club_of_authors club;
  club.db.write([](auto& session) {
    CHECK_THROWS_AS(BookRepository{session}.link(BookId{1}, books::authors, AuthorId{99}), constraint_violation);
    CHECK_THROWS_AS(BookRepository{session}.link(BookId{99}, books::authors, AuthorId{1}), constraint_violation);
  });
}

TEST_CASE("set_links leaves what stays, and needs two statements") {
  club_of_authors club;
  club.db.write([&](auto& session) {
    BookRepository repository{session};
    repository.link(BookId{2}, books::authors, AuthorId{3});
    CHECK(repository.set_links(BookId{1}, books::authors, authors_of({1, 2})) == links_changed{0, 2});
    session.connection().execute_script("update book_authors set position = 1 where author_id = 2");
    club.log->clear();
    CHECK(repository.set_links(BookId{1}, books::authors, authors_of({3, 2, 3})) == links_changed{1, 1});
    CHECK(club.log->size() == 4);  // in a savepoint
    auto const book = repository.with(books::authors).get(BookId{1});
    CHECK(names(book[books::authors]) == "Gaiman Austen");
    CHECK(book[books::authors][0][link_row].position == 1);  // it was not written again
    CHECK(book[books::authors][1][link_row].position == 7);  // the spec's default
    CHECK(repository.set_links(BookId{1}, books::authors, std::vector<AuthorId>{}) == links_changed{2, 0});
    CHECK(names(repository.with(books::authors).get(BookId{2})[books::authors]) == "Austen");
  });
}

TEST_CASE("links are as they were where set_links fails, also if the program goes on") {
  club_of_authors club;
  club.db.write([](auto& session) {
    BookRepository repository{session};
    repository.set_links(BookId{1}, books::authors, authors_of({1, 2}));
    CHECK_THROWS_AS(repository.set_links(BookId{1}, books::authors, authors_of({3, 99})), constraint_violation);
    CHECK(names(repository.with(books::authors).get(BookId{1})[books::authors]) == "Pratchett Gaiman");
  });
}

TEST_CASE("links are loaded with their rows, narrowed and ordered by both") {
  club_of_authors club;
  club.db.write([](auto& session) {
    BookRepository repository{session};
    repository.set_links(BookId{1}, books::authors, authors_of({1, 2, 3}));
    session.connection().execute_script("update book_authors set position = 4 - author_id");
    auto const by_place = repository.with(books::authors.order_by(book_authors::position.asc())).get(BookId{1});
    CHECK(names(by_place[books::authors]) == "Austen Gaiman Pratchett");
    CHECK(by_place[books::authors][0][link_row].author_id == AuthorId{3});
    auto const some = repository.with(books::authors.where(book_authors::position < 3 && authors::name != "Austen"),
                                      count_of(books::authors.where(book_authors::position > 1)));
    CHECK(names(some.get(BookId{1})[books::authors]) == "Gaiman");
    CHECK(some.get(BookId{1})[count_of(books::authors)] == 2);
    auto const first = repository.with(books::authors.order_by(book_authors::position.desc()).limit(1)).list();
    CHECK(names(first.rows[0][books::authors]) == "Pratchett");
    CHECK(first.rows[1][books::authors].empty());

    auto const nested = repository.with(books::authors.with(authors::books)).get(BookId{1});
    CHECK(nested[books::authors][1][link_row].position == 2);
    CHECK(nested[books::authors][1][authors::books].front().title == "Good Omens");
    CHECK(nested[books::authors][1][authors::books].front()[link_row].author_id == AuthorId{2});
  });
}

TEST_CASE("a table is linked to itself, by two of its keys") {
  tests::club_database club;
  club.db.write([](auto& session) {
    MemberRepository repository{session};
    auto const ann = repository.insert({.name = "Ann"});
    auto const bob = repository.insert({.name = "Bob"});
    auto const eve = repository.insert({.name = "Eve"});
    CHECK(repository.set_links(ann, members::friends, std::vector{bob, eve}).added ==
          2);  // each with a code of its own
    CHECK(repository.link(eve, members::fans, bob));
    auto const all = repository.with(members::friends, members::fans).list();
    REQUIRE(all.rows.size() == 3);
    CHECK(names(all.rows[0][members::friends]) == "Bob Eve");
    CHECK(all.rows[0][members::fans].empty());
    CHECK(all.rows[0][members::friends][0][link_row].since == 2001);  // the database's default
    CHECK(names(all.rows[1][members::friends]) == "Eve");
    CHECK(names(all.rows[2][members::fans]) == "Ann Bob");
  });
}

TEST_CASE("trees are loaded up and down, as deep as is said") {
  tests::club_database club;
  club.db.write([](auto& session) {
    CategoryRepository repository{session};
    auto const root = repository.insert({.name = "root"}).id;
    auto const a = repository.insert({.name = "a", .parent_id = root}).id;
    repository.insert({.name = "b", .parent_id = root});
    auto const leaf = repository.insert({.name = "leaf", .parent_id = a}).id;
    repository.insert({.name = "other root"});

    auto const tree = repository.with(categories::children.with(categories::children, categories::parent)).get(root);
    CHECK(names(tree[categories::children]) == "a b");
    CHECK(names(tree[categories::children][0][categories::children]) == "leaf");
    CHECK(tree[categories::children][1][categories::parent]->name == "root");
    auto const up = repository.with(categories::parent.with(categories::parent)).list();
    REQUIRE(up.rows.size() == 5);
    CHECK_FALSE(up.rows[0][categories::parent].has_value());
    CHECK_FALSE((*up.rows[1][categories::parent])[categories::parent].has_value());
    CHECK(up.rows[3].id == leaf);
    CHECK((*up.rows[3][categories::parent])[categories::parent]->name == "root");
    CHECK_FALSE(up.rows[4][categories::parent].has_value());
  });
}

TEST_CASE("keys of several columns, in another order, and partly NULL") {
  tests::club_database club;
  club.db.write([](auto& session) {
    RoomRepository rooms_repository{session};
    rooms_repository.insert({.building = "east", .number = 1, .title = "hall"});
    rooms_repository.insert({.building = "west", .number = 1, .title = "attic"});
    SeatRepository seats_repository{session};
    seats_repository.insert({.room_number = 1, .building = "west", .label = "w"});
    seats_repository.insert({.room_number = 1, .building = "east", .label = "e"});
    seats_repository.insert({.room_number = 1, .label = "nowhere"});
    auto const found = rooms_repository.with(rooms::seats, count_of(rooms::seats)).list();
    REQUIRE(found.rows.size() == 2);
    CHECK(found.rows[0][rooms::seats].at(0).label == "e");
    CHECK(found.rows[1][rooms::seats].at(0).label == "w");
    CHECK(found.rows[1][count_of(rooms::seats)] == 1);
    auto const back = seats_repository.with(seats::room).list();
    CHECK(back.rows[0][seats::room]->title == "attic");
    CHECK_FALSE(back.rows[2][seats::room].has_value());

    for (char const* const word : {"big", "dry", "old"})
      TagRepository{session}.insert({.language = "en", .word = word});
    using tag_keys = std::vector<key_of<Tag>>;
    std::tuple<std::string, std::int32_t> const hall{"east", 1};
    CHECK(rooms_repository.set_links(hall, rooms::tags, tag_keys{{"en", "old"}, {"en", "big"}}) == links_changed{0, 2});
    CHECK(rooms_repository.link(key_of<Room>{"west", 1}, rooms::tags, key_of<Tag>{"en", "dry"}));
    CHECK(rooms_repository.set_links(hall, rooms::tags, tag_keys{{"en", "dry"}, {"en", "big"}}) == links_changed{1, 1});
    auto const tagged = rooms_repository.with(rooms::tags).list();
    CHECK(tests::joined(tagged.rows[0][rooms::tags], [](auto const& tag) { return tag.word; }) == "big dry");
    CHECK(tests::joined(tagged.rows[1][rooms::tags], [](auto const& tag) { return tag.word; }) == "dry");
    CHECK(rooms_repository.unlink(hall, rooms::tags, key_of<Tag>{"en", "dry"}));
    CHECK_FALSE(rooms_repository.unlink(hall, rooms::tags, key_of<Tag>{"en", "old"}));
  });
}

TEST_CASE("keys of any text are linked, loaded and told from what looks alike") {
  for (tests::hostile_text const& hostile : tests::hostile_texts()) {
    INFO(hostile.name);
    std::string const& text = hostile.text;
    std::string const alike = tests::look_alike(text);
    tests::club_database club;
    club.db.write([&](auto& session) {
      RoomRepository rooms_repository{session};
      SeatRepository seats_repository{session};
      TagRepository tags_repository{session};
      for (std::string const& name : {alike, text}) {
        rooms_repository.insert({.building = name, .number = 1, .title = name});
        seats_repository.insert({.room_number = 1, .building = name, .label = name});
        tags_repository.insert({.language = text, .word = name});
      }
      key_of<Room> const room{text, 1};
      key_of<Tag> const tag{text, text};
      CHECK(rooms_repository.link(room, rooms::tags, tag));
      CHECK_FALSE(rooms_repository.link(room, rooms::tags, tag));
      auto const loaded = rooms_repository.with(rooms::seats, rooms::tags, count_of(rooms::seats)).get(room);
      REQUIRE(loaded[rooms::seats].size() == 1);
      CHECK((loaded[rooms::seats][0].label == text));
      REQUIRE(loaded[rooms::tags].size() == 1);
      CHECK((loaded[rooms::tags][0].word == text));
      CHECK(loaded[count_of(rooms::seats)] == 1);
      for (auto const& seat : seats_repository.with(seats::room).list().rows)
        CHECK((seat[seats::room].value().title == seat.label));
      std::vector<key_of<Tag>> const other{{text, alike}};
      CHECK(rooms_repository.set_links(room, rooms::tags, other) == links_changed{1, 1});
      CHECK_FALSE(rooms_repository.unlink(room, rooms::tags, tag));
      auto const narrowed = rooms_repository.with(rooms::tags.where(tags::word == alike)).get(room);
      CHECK(narrowed[rooms::tags].size() == 1);
      CHECK(rooms_repository.with(rooms::tags).get(key_of<Room>{alike, 1})[rooms::tags].empty());
      CHECK(find_many(tags_repository, std::vector{tag, other[0], key_of<Tag>{alike, alike + "3"}}).size() == 2);
    });
  }
}
