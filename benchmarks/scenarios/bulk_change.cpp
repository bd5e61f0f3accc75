// SPDX-License-Identifier: MIT
// Ten thousand rows changed in one transaction: two columns of each updated, each inserted or added to what is there,
// and each removed by its key.
//
// As in bulk_insert, the yardstick is the loop over one prepared statement, and `c_api_span` the statement that ForgeDB
// sends, over a virtual table written by hand for this one struct.

#include "harness/item_span.hpp"
#include "harness/items.hpp"
#include "harness/scenario.hpp"

#include <bench/items.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/query/conflict_set.hpp>
#include <forge_db/query/update_each.hpp>

namespace {

namespace items = bench::items;
using bench::Item;
using bench::NewItem;
using rows_of_c_api = std::vector<bench::c_api::item>;

constexpr std::int64_t rows = 10'000;

/// What one of the scenarios does, by each of the competitors.
struct change {
  char const* loop;                                              // of one row
  void (*bind)(sqlite3_stmt* s, bench::c_api::item const& row);  // its values
  char const* span;                                              // of all rows, over item_span(?)
  std::int64_t first;                                            // the rows are those from this id on
};

constexpr char const* back_to_start =
    "delete from items; insert into items select * from kept where id <= 10000 order by id";

/// The items 1 to 10,000, and 15,000 in the table `kept`.
std::shared_ptr<bench::c_api::database> full_table(bench::folder const& file) {
  bench::c_api::make_items(file, rows + rows / 2);
  auto db = std::make_shared<bench::c_api::database>(bench::c_api::open(file));
  bench::c_api::execute(db->get(), "create table kept as select * from items");
  return db;
}

rows_of_c_api changed_rows(std::int64_t first) {
  rows_of_c_api all = bench::c_api::sample_items(rows + rows / 2);
  auto const begin = all.begin() + static_cast<std::ptrdiff_t>(first - 1);
  return {begin, begin + rows};
}

bench::competitor on_c_api(bench::folder const& folder, change const& work) {
  auto db = full_table(folder / "loop.db");
  auto changed = std::make_shared<rows_of_c_api>(changed_rows(work.first));
  auto loop = std::make_shared<bench::c_api::statement>(bench::c_api::prepare(db->get(), work.loop));
  return {.name = "c_api",
          .run =
              [db, changed, loop, bind = work.bind] {
                bench::c_api::execute(db->get(), "begin immediate");
                for (bench::c_api::item const& row : *changed) {
                  bind(loop->get(), row);
                  bench::c_api::check(db->get(), sqlite3_step(loop->get()), SQLITE_DONE);
                  sqlite3_reset(loop->get());
                }
                bench::c_api::execute(db->get(), "commit");
                return static_cast<std::uint64_t>(changed->size());
              },
          .before = [db] { bench::c_api::execute(db->get(), back_to_start); }};
}

bench::competitor on_c_api_span(bench::folder const& folder, change const& work) {
  auto db = full_table(folder / "c_span.db");
  bench::c_api::register_item_span(db->get());
  auto changed = std::make_shared<rows_of_c_api>(changed_rows(work.first));
  auto span = std::make_shared<bench::c_api::statement>(bench::c_api::prepare(db->get(), work.span));
  return {.name = "c_api_span",
          .run =
              [db, changed, span] {
                bench::c_api::execute(db->get(), "begin immediate");
                sqlite3_bind_pointer(span->get(), 1, changed.get(), bench::c_api::item_span_type, nullptr);
                bench::c_api::check(db->get(), sqlite3_step(span->get()), SQLITE_DONE);
                sqlite3_reset(span->get());
                bench::c_api::execute(db->get(), "commit");
                return static_cast<std::uint64_t>(sqlite3_changes64(db->get()));
              },
          .before = [db] { bench::c_api::execute(db->get(), back_to_start); }};
}

/// `make(row)` is what a row is to ForgeDB, `run(session, elements)` the statement.
template <class Make, class Run>
bench::competitor on_forge_db(bench::folder const& folder, change const& work, Make make, Run run) {
  auto cleaner = full_table(folder / "forge.db");
  auto db = std::make_shared<forge_db::sqlite::database>(forge_db::sqlite::open(folder / "forge.db"));
  using element = decltype(make(bench::c_api::item{}));
  auto elements = std::make_shared<std::vector<element>>();
  for (bench::c_api::item const& row : changed_rows(work.first)) elements->push_back(make(row));
  return {.name = "forge_db",
          .run =
              [db, elements, run] {
                return db->write([&](auto& session) { return static_cast<std::uint64_t>(run(session, *elements)); });
              },
          .before = [cleaner] { bench::c_api::execute(cleaner->get(), back_to_start); }};
}

struct repriced {
  std::int64_t id;
  double price;
  std::int64_t quantity;
};

constexpr change updated{
    "update \"items\" set \"price\" = ?1, \"quantity\" = ?2 where \"id\" = ?3",
    [](sqlite3_stmt* s, bench::c_api::item const& row) {
      sqlite3_bind_double(s, 1, row.price);
      sqlite3_bind_int64(s, 2, row.quantity);
      sqlite3_bind_int64(s, 3, row.id);
    },
    "update \"items\" set \"price\" = new_rows.c3, \"quantity\" = new_rows.c4 from item_span(?) as new_rows where "
    "\"items\".\"id\" = new_rows.c0",
    1};

constexpr change upserted{
    "insert into \"items\" (\"id\", \"name\", \"category\", \"price\", \"quantity\", \"active\", \"description\", "
    "\"weight\", \"supplier\", \"rating\", \"stock\", \"updated_us\") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "on conflict (\"id\") do update set \"price\" = excluded.\"price\", "
    "\"quantity\" = \"items\".\"quantity\" + excluded.\"quantity\"",
    [](sqlite3_stmt* s, bench::c_api::item const& row) { bench::c_api::bind(s, row); },
    "insert into \"items\" (\"id\", \"name\", \"category\", \"price\", \"quantity\", \"active\", \"description\", "
    "\"weight\", \"supplier\", \"rating\", \"stock\", \"updated_us\") "
    "select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 from item_span(?) where true "
    "on conflict (\"id\") do update set \"price\" = excluded.\"price\", "
    "\"quantity\" = \"items\".\"quantity\" + excluded.\"quantity\"",
    rows / 2 + 1};

constexpr change removed{"delete from \"items\" where \"id\" = ?",
                         [](sqlite3_stmt* s, bench::c_api::item const& row) { sqlite3_bind_int64(s, 1, row.id); },
                         "delete from \"items\" where \"id\" in (select c0 from item_span(?))", 1};

Item whole_row(bench::c_api::item const& row) {
  return {.id = row.id,
          .name = row.name,
          .category = row.category,
          .price = row.price,
          .quantity = row.quantity,
          .active = row.active,
          .description = row.description,
          .weight = row.weight,
          .supplier = row.supplier,
          .rating = row.rating,
          .stock = row.stock,
          .updated_us = row.updated_us};
}

bench::registered const bulk_update{
    {"bulk_update", static_cast<std::size_t>(rows), [](bench::folder const& folder) {
       return std::vector{on_c_api(folder, updated), on_c_api_span(folder, updated),
                          on_forge_db(
                              folder, updated,
                              [](bench::c_api::item const& row) {
                                return repriced{row.id, row.price, row.quantity};
                              },
                              [](auto& session, std::vector<repriced> const& elements) {
                                return session.execute(
                                    forge_db::update_each(elements).by(items::id).set(items::price, items::quantity));
                              })};
     }}};

bench::registered const bulk_upsert{
    {"bulk_upsert", static_cast<std::size_t>(rows), [](bench::folder const& folder) {
       return std::vector{
           on_c_api(folder, upserted), on_c_api_span(folder, upserted),
           on_forge_db(folder, upserted, whole_row, [](auto& session, std::vector<Item> const& elements) {
             return session.execute(forge_db::insert(elements).on_conflict(items::id).set(
                 items::price = forge_db::excluded(items::price),
                 items::quantity = items::quantity + forge_db::excluded(items::quantity)));
           })};
     }}};

bench::registered const bulk_remove{
    {"bulk_remove", static_cast<std::size_t>(rows), [](bench::folder const& folder) {
       return std::vector{on_c_api(folder, removed), on_c_api_span(folder, removed),
                          on_forge_db(
                              folder, removed, [](bench::c_api::item const& row) { return row.id; },
                              [](auto& session, std::vector<std::int64_t> const& keys) {
                                return session.execute(forge_db::remove<Item>().where(items::id.in(keys)));
                              })};
     }}};

}  // namespace
