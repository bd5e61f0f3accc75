// SPDX-License-Identifier: MIT
// A page of twenty items with the orders of each: two statements and the total, whatever the number of items. The C API
// writes twenty placeholders and finds the item of an order by its key; c_api_span runs ForgeDB's own statements, with
// a table of keys written by hand.

#include "harness/orders.hpp"
#include "harness/scenario.hpp"

#include <bench/items_relations.hpp>
#include <bench/items_repository.hpp>

#include <forge_db/forge_db.hpp>

#include <unordered_map>

namespace {

namespace c_api = bench::c_api;

constexpr std::int64_t rows = 5'000;
constexpr int orders_each = 5;
constexpr std::size_t pages = 500;
constexpr std::int64_t per_page = 20;

std::int64_t category_of(std::size_t i) { return static_cast<std::int64_t>(i % 50); }

struct item_with_orders {
  c_api::item item;
  std::vector<c_api::order> orders;
};

std::uint64_t checksum(std::vector<item_with_orders> const& page) {
  std::uint64_t sum = 0;
  for (item_with_orders const& row : page) {
    sum += c_api::checksum(row.item);
    for (c_api::order const& order : row.orders) sum += c_api::checksum_of_order(order);
  }
  return sum;
}

constexpr auto order_columns =
    R"("orders"."id", "orders"."item_id", "orders"."buyer", "orders"."quantity", "orders"."note", "orders"."placed_us")";

struct c_api_pages {
  c_api::database db;
  c_api::statement count;
  c_api::statement page;
  c_api::statement orders;

  explicit c_api_pages(bench::folder const& folder, std::string const& orders_text) {
    db = c_api::open(folder / "items.db");
    c_api::register_key_span(db.get());
    count = c_api::prepare(db.get(), R"(select count(*) from "items" where "category" = ?)");
    page = c_api::prepare(
        db.get(),
        "select \"id\", \"name\", \"category\", \"price\", \"quantity\", \"active\", \"description\", \"weight\", "
        "\"supplier\", \"rating\", \"stock\", \"updated_us\" from \"items\" where \"category\" = ? "
        "order by \"price\" desc, \"id\" desc limit ? offset ?");
    orders = c_api::prepare(db.get(), orders_text.c_str());
  }

  std::int64_t total(std::int64_t category) const {
    sqlite3_stmt* s = count.get();
    sqlite3_bind_int64(s, 1, category);
    c_api::check(db.get(), sqlite3_step(s), SQLITE_ROW);
    std::int64_t const found = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return found;
  }

  std::vector<item_with_orders> items(std::int64_t category) const {
    std::vector<item_with_orders> result;
    sqlite3_stmt* s = page.get();
    sqlite3_bind_int64(s, 1, category);
    sqlite3_bind_int64(s, 2, per_page);
    sqlite3_bind_int64(s, 3, 0);
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) c_api::read(s, result.emplace_back().item);
    c_api::check(db.get(), step, SQLITE_DONE);
    sqlite3_reset(s);
    return result;
  }
};

/// `load(pages, items)` reads the orders of a page.
template <class Load>
std::uint64_t run_pages(c_api_pages const& made, Load load) {
  std::uint64_t sum = 0;
  c_api::execute(made.db.get(), "begin");
  for (std::size_t i = 0; i < pages; ++i) {
    sum += static_cast<std::uint64_t>(made.total(category_of(i)));
    std::vector<item_with_orders> page = made.items(category_of(i));
    load(made, page);
    sum += checksum(page);
  }
  c_api::execute(made.db.get(), "commit");
  return sum;
}

bench::competitor on_c_api(bench::folder const& folder) {
  std::string text = std::string("select ") + order_columns + R"( from "orders" where "item_id" in (?)";
  for (std::int64_t i = 1; i < per_page; ++i) text += ", ?";
  auto made = std::make_shared<c_api_pages>(folder, text + R"() order by "id")");
  return {.name = "c_api", .run = [made] {
            return run_pages(*made, [](c_api_pages const& with, std::vector<item_with_orders>& page) {
              sqlite3_stmt* s = with.orders.get();
              std::unordered_map<std::int64_t, item_with_orders*> by_id;
              by_id.reserve(page.size());
              int index = 0;
              for (item_with_orders& row : page) {
                by_id.emplace(row.item.id, &row);
                sqlite3_bind_int64(s, ++index, row.item.id);
              }
              int step = SQLITE_ROW;
              while ((step = sqlite3_step(s)) == SQLITE_ROW) {
                c_api::read(s, by_id.at(sqlite3_column_int64(s, 1))->orders.emplace_back());
              }
              c_api::check(with.db.get(), step, SQLITE_DONE);
              sqlite3_reset(s);
            });
          }};
}

bench::competitor on_c_api_span(bench::folder const& folder) {
  auto made = std::make_shared<c_api_pages>(
      folder, std::string("select ") + order_columns +
                  R"(, _parents.rowid from key_span(?) as _parents cross join "orders" on "orders"."item_id" = )"
                  R"(_parents.c0 order by "orders"."id")");
  return {.name = "c_api_span", .run = [made] {
            return run_pages(*made, [](c_api_pages const& with, std::vector<item_with_orders>& page) {
              sqlite3_stmt* s = with.orders.get();
              std::vector<std::int64_t> keys;
              keys.reserve(page.size());
              for (item_with_orders const& row : page) keys.push_back(row.item.id);
              sqlite3_bind_pointer(s, 1, &keys, c_api::key_span_type, nullptr);
              int step = SQLITE_ROW;
              while ((step = sqlite3_step(s)) == SQLITE_ROW) {
                c_api::read(s, page[static_cast<std::size_t>(sqlite3_column_int64(s, 6))].orders.emplace_back());
              }
              c_api::check(with.db.get(), step, SQLITE_DONE);
              sqlite3_reset(s);
              sqlite3_clear_bindings(s);
            });
          }};
}

bench::competitor on_forge_db(bench::folder const& folder) {
  auto db = std::make_shared<forge_db::sqlite::database>(forge_db::sqlite::open(folder / "items.db"));
  return {.name = "forge_db", .run = [db] {
            return db->read([](auto& session) {
              bench::ItemRepository items{session};
              std::uint64_t sum = 0;
              for (std::size_t i = 0; i < pages; ++i) {
                auto const page =
                    items.with(bench::items::orders)
                        .list({.category = category_of(i)}, bench::ItemSort::price, forge_db::direction::descending,
                              {.page = 1, .per_page = static_cast<std::size_t>(per_page)});
                sum += static_cast<std::uint64_t>(page.total);
                for (auto const& row : page.rows) {
                  sum += c_api::checksum(row);
                  for (bench::Order const& order : row[bench::items::orders]) sum += c_api::checksum_of_order(order);
                }
              }
              return sum;
            });
          }};
}

bench::registered const scenario{{"eager_loading", pages, [](bench::folder const& folder) {
                                    c_api::make_items(folder / "items.db", rows);
                                    c_api::make_orders(folder / "items.db", orders_each);
                                    return std::vector{on_c_api(folder), on_c_api_span(folder), on_forge_db(folder)};
                                  }}};

}  // namespace
