// SPDX-License-Identifier: MIT
// The gallery of docs/statements.md.
#include "docs/gallery/gallery.hpp"

#include <forge_db/query/functions/condition_value.hpp>
#include <forge_db/query/more_statements.hpp>
#include <forge_db/repository/many.hpp>

#include <library/repositories.hpp>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace forge_db;
using namespace forge_db::literals;
using namespace library;

namespace {

constexpr alias<Book, "other"> other;

// [names]
// A derived table: from (select book_id, count(*) as n from loans group by book_id) as lent
auto const lent = derived<"lent">(select(loans::book_id, as<"n">(count())).from<Loan>().group_by(loans::book_id));

// A select for with: with good as (select id, title, shelf_id from books where score >= 6)
auto const good = cte<"good">(select(books::id, books::title, books::shelf_id).from<Book>().where(books::score >= 6));

// A recursive one: the shelf and what is below it, at most nine levels
auto const tree = recursive<"tree">(
    select(shelves::id, shelves::name, as<"level">(val(0))).from<Shelf>().where(shelves::id == ShelfId{1}),
    [](auto below) {
      return select(shelves::id, shelves::name, below["level"_c] + 1)
          .template from<Shelf>()
          .join(below, shelves::parent_id == below[shelves::id])
          .where(below["level"_c] < 9);
    });
// [/names]

}  // namespace

TEST_CASE("gallery: subqueries") {
  // [subqueries]
  SHOW(R"(select title from books
where score > (select avg(score) from books))",
       select(books::title).from<Book>().where(books::score > scalar(select(avg(books::score)).from<Book>())));
  SHOW(R"(select title, (select count(*) from loans
  where loans.book_id = books.id)
from books)",
       select(books::title, scalar(select(count()).from<Loan>().where(loans::book_id == outer(books::id))))
           .from<Book>());
  SHOW(R"(select title from books where exists (
  select 1 from loans where loans.book_id = books.id
    and loans.status = 'open'))",
       select(books::title)
           .from<Book>()
           .where(
               exists(select<Loan>().where(loans::book_id == outer(books::id) && loans::status == loan_status::open))));
  SHOW(R"(select title from books where not exists (
  select 1 from loans where loans.book_id = books.id))",
       select(books::title).from<Book>().where(!exists(select<Loan>().where(loans::book_id == outer(books::id)))));
  SHOW(R"(select title from books
where id in (select book_id from loans))",
       select(books::title).from<Book>().where(books::id.in(select(loans::book_id).from<Loan>())));
  SHOW(R"(select b.title from books b where b.score = (
  select max(o.score) from books o where o.shelf_id = b.shelf_id))",
       select(books::title)
           .from<Book>()
           .where(books::score == scalar(select(max(other[books::score]))
                                             .from(other)
                                             .where(other[books::shelf_id] == outer(books::shelf_id)))));
  SHOW(R"(select role from book_authors
where (book_id, author_id) in (values (1, 2), (2, 1)))",
       select(book_authors::role)
           .from<BookAuthor>()
           .where(
               row_value(book_authors::book_id, book_authors::author_id)
                   .in(std::vector<std::tuple<BookId, AuthorId>>{{BookId{1}, AuthorId{2}}, {BookId{2}, AuthorId{1}}})));
  SHOW(R"(select exists (select 1 from loans
  where status = 'lost'), 7)",
       select(val(exists(select<Loan>().where(loans::status == loan_status::lost))), val(7)).from(no_table));
  // [/subqueries]
}

TEST_CASE("gallery: derived tables, with, recursion") {
  // [tables]
  SHOW(R"(select b.title, lent.n from books b
left join (select book_id, count(*) as n from loans
  group by book_id) as lent on lent.book_id = b.id)",
       select(books::title, lent["n"_c]).from<Book>().left_join(lent, lent[loans::book_id] == books::id));
  SHOW(R"(select avg(n) from (select count(*) as n from loans
  group by book_id))",
       select(avg(lent["n"_c])).from(lent));
  SHOW(R"(with good as (select id, title, shelf_id from books
  where score >= 6)
select good.title, s.name from good
join shelves s on s.id = good.shelf_id)",
       with(good,
            select(good[books::title], shelves::name).from(good).join<Shelf>(shelves::id == good[books::shelf_id])));
  SHOW(R"(with recursive tree as (
  select id, name, 0 as level from shelves where id = 1
  union all
  select s.id, s.name, tree.level + 1 from shelves s
  join tree on s.parent_id = tree.id where tree.level < 9)
select name, level from tree order by level, name)",
       with(tree, select(tree[shelves::name], tree["level"_c])
                      .from(tree)
                      .order_by(tree["level"_c].asc(), tree[shelves::name].asc())));
  SHOW(R"(with good as (select id from books where score >= 6)
update books set title = 'Good' where id in (select id from good))",
       with(good, update<Book>().set(books::title = "Good").where(books::id.in(select(good[books::id]).from(good)))));
  // [/tables]
}

TEST_CASE("gallery: set operations") {
  // [sets]
  SHOW(R"(select title from books
union all select name from shelves)",
       union_all(select(books::title).from<Book>(), select(shelves::name).from<Shelf>()));
  SHOW(R"(select title from books
union select name from shelves
order by 1 desc limit 3)",
       union_(select(books::title).from<Book>(), select(shelves::name).from<Shelf>())
           .order_by(books::title.desc())
           .limit(3));
  SHOW(R"(select shelf_id from books where score > 6
intersect select shelf_id from books where status = 'open')",
       intersect(select(books::shelf_id).from<Book>().where(books::score > 6),
                 select(books::shelf_id).from<Book>().where(books::status == loan_status::open)));
  SHOW(R"(select id from books
except select book_id from loans)",
       except(select(books::id).from<Book>(), select(loans::book_id).from<Loan>()));
  // [/sets]
}

TEST_CASE("gallery: changes by expressions and selects") {
  // [changes]
  SHOW(R"(update books set score = score / 2 + 1
where score > 6 returning title, score * 10)",
       update<Book>()
           .set(books::score = books::score / 2 + 1)
           .where(books::score > 6)
           .returning(books::title, books::score * 10));
  SHOW(R"(update books set score = lent.n * 1.0
from (select book_id, count(*) as n from loans
  group by book_id) as lent
where lent.book_id = books.id)",
       update<Book>().from(lent, lent[loans::book_id] == books::id).set(books::score = lent["n"_c] * 1.0));
  SHOW(R"(update books set title = s.name from shelves s
where books.shelf_id = s.id and s.depth > 0)",
       update<Book>()
           .from<Shelf>(books::shelf_id == shelves::id)
           .set(books::title = shelves::name)
           .where(shelves::depth > 0));
  SHOW(R"(insert into shelves (code, name)
select isbn, title from books where score > 6)",
       insert_into<Shelf>(shelves::code, shelves::name)
           .from(select(books::isbn, books::title).from<Book>().where(books::score > 6)));
  SHOW(R"(insert into shelves (code, name, depth) values ('B', 'New', 5)
on conflict (code) do update
set depth = shelves.depth + excluded.depth, name = excluded.name
where shelves.depth < excluded.depth)",
       insert(NewShelf{.code = "B", .name = "New", .depth = 5})
           .on_conflict(shelves::code)
           .set(shelves::depth = shelves::depth + excluded(shelves::depth), shelves::name = excluded(shelves::name))
           .where(shelves::depth < excluded(shelves::depth)));
  SHOW(R"(delete from books where not exists (
  select 1 from loans where loans.book_id = books.id)
returning title)",
       remove<Book>().where(!exists(select<Loan>().where(loans::book_id == outer(books::id)))).returning(books::title));
  SHOW(R"(insert into shelves (code, name) select 'E', 'Echoes'
where not exists (select 1 from shelves where code = 'E'))",
       insert_into<Shelf>(shelves::code, shelves::name)
           .from(select(val("E"), val("Echoes"))
                     .from(no_table)
                     .where(!exists(select<Shelf>().where(shelves::code == "E")))));
  // [/changes]
}

TEST_CASE("docs: many rows at once") {
  auto db = gallery::filled_library();
  db.write([](auto& session) {
    // [many]
    struct scored {
      BookId id;
      double score;
    };
    std::vector<scored> const scores{{BookId{1}, 7.0}, {BookId{2}, 8.0}};
    std::int64_t changed = session.execute(update_each(scores).by(books::id).set(books::score));

    std::vector<std::tuple<BookId, AuthorId>> const keys{{BookId{1}, AuthorId{1}}, {BookId{1}, AuthorId{2}}};
    auto removed = session.all(remove<BookAuthor>().where(key_in<BookAuthor>(keys)).returning());

    std::vector<NewShelf> const wanted{{.code = "A", .name = "Almanacs"}, {.code = "Z", .name = "Zoology"}};
    session.execute(insert(wanted).on_conflict(shelves::code).set(shelves::name = excluded(shelves::name)));

    BookRepository repository{session};
    std::vector<Book> found = find_many(repository, std::vector<BookId>{BookId{1}, BookId{2}, BookId{99}});
    std::vector<std::pair<BookId, BookPatch>> const patches{{BookId{1}, {.title = "Sea"}},
                                                            {BookId{2}, {.score = null}}};
    std::int64_t patched = update_many(repository, patches);
    // [/many]
    CHECK(changed == 2);
    CHECK(removed.size() == 2);
    CHECK(found.size() == 2);
    CHECK(found[0].score == 7.0);
    CHECK(patched == 2);
    CHECK(session.value(select(books::title).from<Book>().where(books::score.is_null() && books::id == BookId{2})) ==
          "The Deep Sea");
    CHECK(session.value(select(shelves::name).from<Shelf>().where(shelves::code == "A")) == "Almanacs");
  });
}

TEST_CASE("docs: locks and plans") {
  auto db = gallery::filled_library();
  // [lock]
  db.write([](auto& session) {
    auto next =
        session.first(for_update(select<Loan>().where(loans::status == loan_status::open).limit(1)).skip_locked());
    if (next) session.execute(update<Loan>().set(loans::status = loan_status::returned).where(loans::id == next->id));
  });
  // [/lock]
  CHECK(db.read([](auto& session) {
    return session.value(select(count()).from<Loan>().where(loans::status == loan_status::open));
  }) == 1);

  // [explain]
  std::vector<std::string> plan =
      db.read([](auto& session) { return session.all(explain(select<Book>().where(books::isbn == "1"))); });
  // [/explain]
  REQUIRE(plan.size() == 1);
  CHECK(plan[0].starts_with("SEARCH books USING INDEX"));
}
