// SPDX-License-Identifier: MIT
// Ten thousand rows of twelve columns into an empty table with one index, in one transaction.
//
// The yardstick `c_api` is the loop over one prepared statement; `c_api_span` is a virtual table written by hand for
// this one struct, the fastest way that the C API offers.

#include "harness/item_span.hpp"
#include "harness/items.hpp"
#include "harness/scenario.hpp"

#include <bench/items_repository.hpp>

#include <forge_db/forge_db.hpp>

namespace {

constexpr std::int64_t rows = 10'000;

std::shared_ptr<bench::c_api::database> empty_table(bench::folder const& file) {
  bench::c_api::make_items(file, 0);
  return std::make_shared<bench::c_api::database>(bench::c_api::open(file));
}

bench::competitor on_c_api(bench::folder const& folder) {
  auto db = empty_table(folder / "loop.db");
  auto items = std::make_shared<std::vector<bench::c_api::item>>(bench::c_api::sample_items(rows));
  auto insert = std::make_shared<bench::c_api::statement>(bench::c_api::prepare(db->get(), bench::c_api::insert_item));
  return {.name = "c_api",
          .run =
              [db, items, insert] {
                sqlite3_stmt* s = insert->get();
                bench::c_api::execute(db->get(), "begin immediate");
                for (bench::c_api::item const& row : *items) {
                  bench::c_api::bind(s, row);
                  bench::c_api::check(db->get(), sqlite3_step(s), SQLITE_DONE);
                  sqlite3_reset(s);
                }
                bench::c_api::execute(db->get(), "commit");
                return static_cast<std::uint64_t>(items->size());
              },
          .before = [db] { bench::c_api::execute(db->get(), "delete from items"); }};
}

bench::competitor on_c_api_span(bench::folder const& folder) {
  auto db = empty_table(folder / "c_span.db");
  bench::c_api::register_item_span(db->get());
  auto items = std::make_shared<std::vector<bench::c_api::item>>(bench::c_api::sample_items(rows));
  auto insert = std::make_shared<bench::c_api::statement>(bench::c_api::prepare(
      db->get(),
      "insert into \"items\" (\"id\", \"name\", \"category\", \"price\", \"quantity\", \"active\", \"description\", "
      "\"weight\", \"supplier\", \"rating\", \"stock\", \"updated_us\") "
      "select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 from item_span(?)"));
  return {.name = "c_api_span",
          .run =
              [db, items, insert] {
                sqlite3_stmt* s = insert->get();
                bench::c_api::execute(db->get(), "begin immediate");
                sqlite3_bind_pointer(s, 1, items.get(), bench::c_api::item_span_type, nullptr);
                bench::c_api::check(db->get(), sqlite3_step(s), SQLITE_DONE);
                sqlite3_reset(s);
                bench::c_api::execute(db->get(), "commit");
                return static_cast<std::uint64_t>(sqlite3_changes64(db->get()));
              },
          .before = [db] { bench::c_api::execute(db->get(), "delete from items"); }};
}

bench::NewItem new_item(bench::c_api::item const& row) {
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

bench::competitor on_forge_db(bench::folder const& folder) {
  auto cleaner = empty_table(folder / "forge.db");
  auto db = std::make_shared<forge_db::sqlite::database>(forge_db::sqlite::open(folder / "forge.db"));
  auto items = std::make_shared<std::vector<bench::NewItem>>();
  for (bench::c_api::item const& row : bench::c_api::sample_items(rows)) items->push_back(new_item(row));
  return {.name = "forge_db",
          .run =
              [db, items] {
                return db->write([&](auto& session) {
                  return static_cast<std::uint64_t>(bench::ItemRepository{session}.insert_many(*items));
                });
              },
          .before = [cleaner] { bench::c_api::execute(cleaner->get(), "delete from items"); }};
}

bench::registered const scenario{{"bulk_insert", static_cast<std::size_t>(rows), [](bench::folder const& folder) {
                                    return std::vector{on_c_api(folder), on_c_api_span(folder), on_forge_db(folder)};
                                  }}};

}  // namespace
