// SPDX-License-Identifier: MIT
// The first part of docs/gallery.md: conditions, joins and groups.
#include "docs/gallery/gallery.hpp"

using namespace forge_db;
using namespace library;

TEST_CASE("gallery: conditions, orders and limits") {
  // [conditions]
  SHOW(R"(select id, code, name, parent_id, depth from shelves
where code = 'B')",
       select<Shelf>().where(shelves::code == "B"));
  SHOW(R"(select title, score from books)", select(books::title, books::score).from<Book>());
  SHOW(R"(select distinct shelf_id from books)", select(books::shelf_id).from<Book>().distinct());
  SHOW(R"(select title from books
where score > 7.5 and status <> 'lost')",
       select(books::title).from<Book>().where(books::score > 7.5 && books::status != loan_status::lost));
  SHOW(R"(select title from books
where shelf_id is null or not (score >= 6))",
       select(books::title).from<Book>().where(books::shelf_id.is_null() || !(books::score >= 6)));
  SHOW(R"(select title from books where id in (1, 3, 5))",
       select(books::title).from<Book>().where(books::id.in({BookId{1}, BookId{3}, BookId{5}})));
  SHOW(R"(select title from books where score between 5 and 9)",
       select(books::title).from<Book>().where(books::score.between(5, 9)));
  SHOW(R"(select title from books
where instr(lower(title), lower('SEA')) > 0)",
       select(books::title).from<Book>().where(books::title.contains("SEA")));
  SHOW(R"(select title from books where title glob 'S*')",
       select(books::title).from<Book>().where(books::title.starts_with("S")));
  SHOW(R"(select title from books
where exists (select 1 from json_each(tags) where value = 'sky'))",
       select(books::title).from<Book>().where(books::tags.has("sky")));
  SHOW(R"(select title from books
order by score desc nulls last, title limit 2 offset 1)",
       select(books::title).from<Book>().order_by(books::score.desc(), books::title.asc()).limit(2).offset(1));
  SHOW(R"(select code, depth * 10 + 1 from shelves
where depth % 2 = 1)",
       select(shelves::code, shelves::depth * 10 + 1).from<Shelf>().where(shelves::depth % 2 == 1));
  // [/conditions]
}

TEST_CASE("gallery: joins") {
  constexpr alias<Shelf, "parent"> parent;
  // [joins]
  SHOW(R"(select b.title, s.name from books b
join shelves s on b.shelf_id = s.id)",
       select(books::title, shelves::name).from<Book>().join<Shelf>(books::shelf_id == shelves::id));
  SHOW(R"(select b.title, s.name from books b
left join shelves s on b.shelf_id = s.id and s.depth > 0
order by s.name nulls first, b.title)",
       select(books::title, shelves::name)
           .from<Book>()
           .left_join<Shelf>(books::shelf_id == shelves::id && shelves::depth > 0)
           .order_by(shelves::name.asc(), books::title.asc()));
  SHOW(R"(select b.title, s.id, s.code, s.name, s.parent_id, s.depth
from books b left join shelves s on b.shelf_id = s.id)",
       select(books::title, row_of<Shelf>()).from<Book>().left_join<Shelf>(books::shelf_id == shelves::id));
  SHOW(R"(select s.name from shelves s
left join books b on b.shelf_id = s.id where b.id is null)",
       select(shelves::name).from<Shelf>().left_join<Book>(books::shelf_id == shelves::id).where(is_missing<Book>()));
  SHOW(R"(select b.title, s.code from books b
right join shelves s on b.shelf_id = s.id)",
       select(books::title, shelves::code).from<Book>().right_join<Shelf>(books::shelf_id == shelves::id));
  SHOW(R"(select b.title, s.code from books b
full join shelves s on b.shelf_id = s.id)",
       select(books::title, shelves::code).from<Book>().full_join<Shelf>(books::shelf_id == shelves::id));
  SHOW(R"(select s.name, parent.name from shelves s
join shelves parent on s.parent_id = parent.id)",
       select(shelves::name, parent[shelves::name])
           .from<Shelf>()
           .join(parent, shelves::parent_id == parent[shelves::id]));
  SHOW(R"(select m.name, b.title from loans l
join members m on l.member_id = m.id
join books b on l.book_id = b.id
where l.status = 'open')",
       select(members::name, books::title)
           .from<Loan>()
           .join<Member>(loans::member_id == members::id)
           .join<Book>(loans::book_id == books::id)
           .where(loans::status == loan_status::open));
  SHOW(R"(select a.code, b.code from shelves a
cross join shelves b where a.depth < b.depth)",
       select(parent[shelves::code], shelves::code)
           .from(parent)
           .cross_join<Shelf>()
           .where(parent[shelves::depth] < shelves::depth));
  // [/joins]
}

TEST_CASE("gallery: groups") {
  // [groups]
  SHOW(R"(select count(*), count(score), count(distinct shelf_id)
from books)",
       select(count(), count(books::score), count_distinct(books::shelf_id)).from<Book>());
  SHOW(R"(select shelf_id, count(*), avg(score), max(title) from books
group by shelf_id)",
       select(books::shelf_id, count(), avg(books::score), max(books::title)).from<Book>().group_by(books::shelf_id));
  SHOW(R"(select shelf_id, sum(score) as total from books
group by shelf_id having count(*) > 1 order by sum(score) desc)",
       select(books::shelf_id, as<"total">(sum(books::score)))
           .from<Book>()
           .group_by(books::shelf_id)
           .having(count() > 1)
           .order_by(sum(books::score).desc()));
  SHOW(R"(select count(*) filter (where status = 'open') from books)",
       select(count().filter(books::status == loan_status::open)).from<Book>());
  SHOW(R"(select depth % 2, group_concat(code, '+') from shelves
group by depth % 2)",
       select(shelves::depth % 2, string_agg(shelves::code, "+")).from<Shelf>().group_by(shelves::depth % 2));
  SHOW(R"(select m.name, count(l.id) from members m
left join loans l on l.member_id = m.id
group by m.id order by count(l.id) desc, m.name)",
       select(members::name, count(loans::id))
           .from<Member>()
           .left_join<Loan>(loans::member_id == members::id)
           .group_by(members::id)
           .order_by(count(loans::id).desc(), members::name.asc()));
  // [/groups]
}

TEST_CASE("gallery: changes") {
  // [changes]
  SHOW(R"(insert into shelves (code, name) values ('E', 'Echoes')
returning id, code)",
       insert(NewShelf{.code = "E", .name = "Echoes"}).returning(shelves::id, shelves::code));
  SHOW(R"(insert into shelves (code, name) values ('A', 'Almanacs')
on conflict (code) do update set name = excluded.name)",
       insert(NewShelf{.code = "A", .name = "Almanacs"}).on_conflict(shelves::code).update(shelves::name));
  SHOW(R"(insert into shelves (code, name) values ('A', 'Almanacs')
on conflict do nothing)",
       insert(NewShelf{.code = "A", .name = "Almanacs"}).on_conflict().do_nothing());
  SHOW(R"(update books set score = null, status = 'lost' where id = 2)",
       update<Book>().set(books::score = null, books::status = loan_status::lost).where(books::id == BookId{2}));
  SHOW(R"(update shelves set depth = 0 returning id)",
       update<Shelf>().set(shelves::depth = 0).all_rows().returning(shelves::id));
  SHOW(R"(delete from loans where status = 'lost' returning id)",
       remove<Loan>().where(loans::status == loan_status::lost).returning(loans::id));
  // [/changes]
}
