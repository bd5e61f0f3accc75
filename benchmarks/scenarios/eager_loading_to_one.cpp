// SPDX-License-Identifier: MIT
// Twenty orders with the item of each. The C API joins; c_api_span runs the two statements that ForgeDB runs. A
// statement of its own costs as much as a join, and leaves lists, pages and filters as they are.

#include "harness/orders.hpp"
#include "harness/scenario.hpp"

#include <bench/orders_relations.hpp>

#include <forge_db/forge_db.hpp>

namespace {

namespace c_api = bench::c_api;

constexpr std::int64_t rows = 5'000;
constexpr std::size_t pages = 500;
constexpr std::int64_t per_page = 20;

std::int64_t first_of(std::size_t i) { return static_cast<std::int64_t>(i * 37 % 20'000); }

struct order_with_item {
  c_api::order order;
  std::optional<c_api::item> item;
};

constexpr auto order_columns =
    R"("orders"."id", "orders"."item_id", "orders"."buyer", "orders"."quantity", "orders"."note", "orders"."placed_us")";
constexpr auto item_columns =
    R"("items"."id", "items"."name", "items"."category", "items"."price", "items"."quantity", "items"."active", )"
    R"("items"."description", "items"."weight", "items"."supplier", "items"."rating", "items"."stock", )"
    R"("items"."updated_us")";

struct c_api_orders {
  c_api::database db;
  c_api::statement orders;
  c_api::statement items;

  c_api_orders(bench::folder const& folder, std::string const& orders_text, std::string const& items_text) {
    db = c_api::open(folder / "items.db");
    c_api::register_key_span(db.get());
    orders = c_api::prepare(db.get(), orders_text.c_str());
    if (!items_text.empty()) items = c_api::prepare(db.get(), items_text.c_str());
  }

  /// `read(s, row)` reads what the statement of orders gives.
  template <class Read>
  std::vector<order_with_item> page(std::int64_t first, Read read) const {
    std::vector<order_with_item> result;
    sqlite3_stmt* s = orders.get();
    sqlite3_bind_int64(s, 1, first);
    sqlite3_bind_int64(s, 2, per_page);
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) read(s, result.emplace_back());
    c_api::check(db.get(), step, SQLITE_DONE);
    sqlite3_reset(s);
    return result;
  }
};

template <class Page>
std::uint64_t run_pages(c_api_orders const& made, Page page) {
  std::uint64_t sum = 0;
  c_api::execute(made.db.get(), "begin");
  for (std::size_t i = 0; i < pages; ++i) {
    for (order_with_item const& row : page(made, first_of(i))) {
      sum += c_api::checksum_of_order(row.order) + c_api::checksum(*row.item);
    }
  }
  c_api::execute(made.db.get(), "commit");
  return sum;
}

void read_item_behind_order(sqlite3_stmt* s, c_api::item& out) {
  out.id = sqlite3_column_int64(s, 6);
  c_api::text(s, 7, out.name);
  out.category = sqlite3_column_int64(s, 8);
  out.price = sqlite3_column_double(s, 9);
  out.quantity = sqlite3_column_int64(s, 10);
  out.active = sqlite3_column_int(s, 11) != 0;
  if (sqlite3_column_type(s, 12) != SQLITE_NULL) c_api::text(s, 12, out.description.emplace());
  if (sqlite3_column_type(s, 13) != SQLITE_NULL) out.weight = sqlite3_column_double(s, 13);
  c_api::text(s, 14, out.supplier);
  out.rating = sqlite3_column_int(s, 15);
  out.stock = sqlite3_column_int64(s, 16);
  out.updated_us = sqlite3_column_int64(s, 17);
}

bench::competitor on_c_api(bench::folder const& folder) {
  auto made = std::make_shared<c_api_orders>(
      folder,
      std::string("select ") + order_columns + ", " + item_columns +
          R"( from "orders" left join "items" on "items"."id" = "orders"."item_id" where "orders"."id" > ? )"
          R"(order by "orders"."id" limit ?)",
      "");
  return {.name = "c_api", .run = [made] {
            return run_pages(*made, [](c_api_orders const& with, std::int64_t first) {
              return with.page(first, [](sqlite3_stmt* s, order_with_item& row) {
                c_api::read(s, row.order);
                if (sqlite3_column_type(s, 6) != SQLITE_NULL) read_item_behind_order(s, row.item.emplace());
              });
            });
          }};
}

bench::competitor on_c_api_span(bench::folder const& folder) {
  auto made = std::make_shared<c_api_orders>(
      folder,
      R"(select "id", "item_id", "buyer", "quantity", "note", "placed_us" from "orders" where "id" > ? order by "id" )"
      R"(limit ?)",
      std::string("select ") + item_columns +
          R"(, _parents.rowid from key_span(?) as _parents cross join "items" on "items"."id" = _parents.c0)");
  return {.name = "c_api_span", .run = [made] {
            return run_pages(*made, [](c_api_orders const& with, std::int64_t first) {
              auto page = with.page(first, [](sqlite3_stmt* s, order_with_item& row) { c_api::read(s, row.order); });
              std::vector<std::int64_t> keys;
              keys.reserve(page.size());
              for (order_with_item const& row : page) keys.push_back(row.order.item_id);
              sqlite3_stmt* s = with.items.get();
              sqlite3_bind_pointer(s, 1, &keys, c_api::key_span_type, nullptr);
              int step = SQLITE_ROW;
              while ((step = sqlite3_step(s)) == SQLITE_ROW) {
                c_api::read(s, page[static_cast<std::size_t>(sqlite3_column_int64(s, 12))].item.emplace());
              }
              c_api::check(with.db.get(), step, SQLITE_DONE);
              sqlite3_reset(s);
              sqlite3_clear_bindings(s);
              return page;
            });
          }};
}

bench::competitor on_forge_db(bench::folder const& folder) {
  auto db = std::make_shared<forge_db::sqlite::database>(forge_db::sqlite::open(folder / "items.db"));
  return {.name = "forge_db", .run = [db] {
            return db->read([](auto& session) {
              namespace orders = bench::orders;
              std::uint64_t sum = 0;
              for (std::size_t i = 0; i < pages; ++i) {
                auto rows_of_page = session.all(forge_db::select<bench::Order>()
                                                    .where(orders::id > first_of(i))
                                                    .order_by(orders::id.asc())
                                                    .limit(per_page));
                for (auto const& row : forge_db::load(session, std::move(rows_of_page), orders::item)) {
                  sum += c_api::checksum_of_order(row) + c_api::checksum(*row[orders::item]);
                }
              }
              return sum;
            });
          }};
}

bench::registered const scenario{{"eager_loading_to_one", pages, [](bench::folder const& folder) {
                                    c_api::make_items(folder / "items.db", rows);
                                    c_api::make_orders(folder / "items.db", 5);
                                    return std::vector{on_c_api(folder), on_c_api_span(folder), on_forge_db(folder)};
                                  }}};

}  // namespace
