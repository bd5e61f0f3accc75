// SPDX-License-Identifier: MIT
// The gallery of docs/functions.md.
#include "docs/gallery/gallery.hpp"

#include <forge_db/driver/sqlite/sqlite_functions.hpp>
#include <forge_db/query/functions/functions.hpp>
#include <forge_db/query/more_statements.hpp>

#include <string>
#include <vector>

using namespace forge_db;
using namespace forge_db::literals;
using namespace library;

namespace {

// [names]
// from (select title, rank() over (partition by shelf_id order by score desc) as place from books) as best
auto const best = derived<"best">(
    select(books::title, as<"place">(rank().over(partition_by(books::shelf_id), order_by(books::score.desc()))))
        .from<Book>());
// [/names]

}  // namespace

TEST_CASE("gallery: functions of conditions and types") {
  // [conditional]
  SHOW(R"(select title, case when score > 8 then 'good'
  when score > 5 then 'fair' else 'poor' end
from books)",
       select(books::title, case_when(books::score > 8.0, "good").when(books::score > 5.0, "fair").otherwise("poor"))
           .from<Book>());
  SHOW(R"(select coalesce(score, 0.0), nullif(title, 'a')
from books)",
       select(coalesce(books::score, 0), nullif(books::title, "a")).from<Book>());
  SHOW(R"(select title, score > 5 from books)", select(books::title, val(books::score > 5.0)).from<Book>());
  SHOW(R"(select max(depth, 1) from shelves)", select(greatest(shelves::depth, 1)).from<Shelf>());
  SHOW(R"(select cast(score as integer),
  balance / 100.0
from books, members)",
       select(cast<std::int64_t>(books::score), cast<double>(members::balance)).from<Book>().cross_join<Member>());
  SHOW(R"(select title from books
where shelf_id is not 1)",
       select(books::title).from<Book>().where(is_distinct_from(books::shelf_id, ShelfId{1})));
  SHOW(R"(select name, iif(active, 'yes', 'no') from members)",
       select(members::name, iif(members::active == true, "yes", "no")).from<Member>());
  // [/conditional]
}

TEST_CASE("gallery: functions of text and numbers") {
  // [text]
  SHOW(R"(select upper(title), length(title), substr(title, 1, 3)
from books)",
       select(upper(books::title), length(books::title), left(books::title, 3)).from<Book>());
  SHOW(R"(select code || ': ' || name from shelves)", select(concat(shelves::code, ": ", shelves::name)).from<Shelf>());
  SHOW(R"(select name from members
where email like '_@example.%')",
       select(members::name).from<Member>().where(like_pattern(members::email, "_@example.%")));
  SHOW(R"(select title from books
where substr(title, -1) = 's')",
       select(books::title).from<Book>().where(ends_with(books::title, "s")));
  SHOW(R"(select round(score), round(score * 10) / 10, abs(score - 6)
from books where score is not null)",
       select(round(books::score), round(books::score, 1), abs(books::score - 6))
           .from<Book>()
           .where(books::score.is_not_null()));
  SHOW(R"(select lower(title), trim(title, 'Ss'),
  replace(title, 'Sea', 'Lake'), instr(title, 'ea')
from books)",
       select(lower(books::title), trim(books::title, "Ss"), replace(books::title, "Sea", "Lake"),
              position(books::title, "ea"))
           .from<Book>());
  SHOW(R"(select -depth, sqrt(cast(depth as real)) from shelves)",
       select(-shelves::depth, sqrt(cast<double>(shelves::depth))).from<Shelf>());
  SHOW(R"(select floor(score), ceil(score), pow(score, 2) from books)",
       select(floor(books::score), ceil(books::score), power(books::score, 2)).from<Book>());
  // [/text]
}

TEST_CASE("gallery: functions of time") {
  // [time]
  SHOW(R"(select date(due_on, 'start of month'), count(*)
from loans group by 1 order by 1)",
       select(time_bucket<bucket::month>(loans::due_on), count())
           .from<Loan>()
           .group_by(time_bucket<bucket::month>(loans::due_on))
           .order_by(time_bucket<bucket::month>(loans::due_on).asc()));
  SHOW(R"(select cast(strftime('%Y', due_on) as integer),
  (strftime('%w', due_on) + 6) % 7 + 1
from loans)",
       select(extract<time_part::year>(loans::due_on), extract<time_part::iso_weekday>(loans::due_on)).from<Loan>());
  SHOW(R"(select date(due_on, '14 days'),
  julianday(due_on) - julianday(joined_on)
from loans join members on members.id = loans.member_id)",
       select(add_days(loans::due_on, 14), cast<double>(days_between(members::joined_on, loans::due_on)))
           .from<Loan>()
           .join<Member>(members::id == loans::member_id));
  SHOW(R"(select date(due_on, '1 months'),
  strftime('%s', due_on) - strftime('%s', joined_on)
from loans join members on members.id = loans.member_id)",
       select(add_months(loans::due_on, 1), seconds_between(members::joined_on, loans::due_on))
           .from<Loan>()
           .join<Member>(members::id == loans::member_id));
  SHOW(R"(select strftime('%Y-%m-%d 00:00:00.000000', created_at),
  cast(strftime('%H', created_at) as integer) from books)",
       select(time_bucket<bucket::day>(books::created_at), extract<time_part::hour>(books::created_at)).from<Book>());
  // [/time]
}

TEST_CASE("gallery: windows") {
  // [windows]
  SHOW(R"(select title, row_number() over (
  partition by shelf_id order by score desc, id)
from books)",
       select(books::title,
              row_number().over(partition_by(books::shelf_id), order_by(books::score.desc(), books::id.asc())))
           .from<Book>());
  SHOW(R"(select id, count(*) over (order by id
  rows between 2 preceding and current row),
  lag(book_id) over (order by id)
from loans)",
       select(loans::id, count().over(order_by(loans::id.asc()), rows_between(preceding<2>, current_row)),
              lag(loans::book_id).over(order_by(loans::id.asc())))
           .from<Loan>());
  SHOW(R"(select shelf_id, count(*),
  rank() over (order by count(*) desc)
from books group by shelf_id)",
       select(books::shelf_id, count(), rank().over(order_by(count().desc()))).from<Book>().group_by(books::shelf_id));
  SHOW(R"(select title from (select title, rank() over (
  partition by shelf_id order by score desc) as place from books)
where place = 1)",
       select(best["title"_c]).from(best).where(best["place"_c] == 1));
  SHOW(R"(select title, dense_rank() over (order by shelf_id),
  lead(title) over (order by id),
  first_value(title) over (partition by shelf_id order by id)
from books)",
       select(books::title, dense_rank().over(order_by(books::shelf_id.asc())),
              lead(books::title).over(order_by(books::id.asc())),
              first_value(books::title).over(partition_by(books::shelf_id), order_by(books::id.asc())))
           .from<Book>());
  // [/windows]
}

TEST_CASE("gallery: JSON") {
  // [json]
  SHOW(R"(select name, about ->> '$.home.town',
  about ->> '$.prizes' from authors)",
       select(authors::name, json_get<std::string, "$.home.town">(authors::about),
              json_get<std::int64_t, "$.prizes">(authors::about))
           .from<Author>());
  SHOW(R"(select title, json_array_length(tags) from books
where exists (select 1 from json_each(tags) where value = 'sky'))",
       select(books::title, json_length(books::tags)).from<Book>().where(json_contains(books::tags, "sky")));
  SHOW(R"(update members
set settings = json_set(settings, '$.theme', 'blue')
where name = 'Mia')",
       update<Member>()
           .set(members::settings = json_set<"$.theme">(members::settings, "blue"))
           .where(members::name == "Mia"));
  SHOW(R"(select books.title, tag.value
from books, json_each(books.tags) as tag)",
       select(books::title, each<"tag">(books::tags).value).from<Book>().cross_join(each<"tag">(books::tags)));
  SHOW(R"(select shelf_id, json_group_array(json_object('title', title))
from books group by shelf_id)",
       select(books::shelf_id, json_agg(json_object<"title">(books::title))).from<Book>().group_by(books::shelf_id));
  SHOW(R"(update members set settings = json_remove(settings, '$.theme')
where name = 'Mia')",
       update<Member>()
           .set(members::settings = json_remove<"$.theme">(members::settings))
           .where(members::name == "Mia"));
  SHOW(R"(select json_group_object(code, depth) from shelves)",
       select(json_object_agg(shelves::code, shelves::depth)).from<Shelf>());
  // [/json]
}

TEST_CASE("gallery: distinct sums, random orders, percentiles") {
  // [percentiles]
  SHOW(R"(select score from (select score, row_number() over (order by score) as n,
  count(*) over () as k from books where score is not null)
where n = (k + 1) / 2)",
       select(percentile_disc(0.5, books::score)).from<Book>());
  SHOW(R"(select avg(score) from (select score, row_number() over (order by score) as n,
  count(*) over () as k from books where score is not null)
where n in ((k + 1) / 2, (k + 2) / 2))",
       select(median(books::score)).from<Book>());
  SHOW(R"(select sum(distinct score), avg(distinct score) from books)",
       select(sum_distinct(books::score), avg_distinct(books::score)).from<Book>());
  SHOW(R"(select name from members where active
order by random() limit 1)",
       select(members::name).from<Member>().where(members::active == true).order_by(random_order()).limit(1));
  // [/percentiles]
}
