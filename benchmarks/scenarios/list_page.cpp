// SPDX-License-Identifier: MIT
// A page of twenty rows of one category, sorted by price, with the total number of rows: what a list view asks for.

#include "harness/items.hpp"
#include "harness/scenario.hpp"

#include <bench/items_repository.hpp>

#include <forge_db/forge_db.hpp>

namespace {

constexpr std::int64_t rows = 5'000;
constexpr std::size_t pages = 1'000;
constexpr std::int64_t per_page = 20;

std::int64_t category_of(std::size_t i) { return static_cast<std::int64_t>(i % 50); }
std::int64_t page_of(std::size_t i) { return static_cast<std::int64_t>(i % 5) + 1; }

struct c_api_page {
  std::vector<bench::c_api::item> rows;
  std::int64_t total{};
};

struct c_api_list {
  bench::c_api::database db;
  bench::c_api::statement count;
  bench::c_api::statement page;

  c_api_page operator()(std::int64_t category, std::int64_t number) const {
    c_api_page result;
    sqlite3_stmt* s = count.get();
    sqlite3_bind_int64(s, 1, category);
    bench::c_api::check(db.get(), sqlite3_step(s), SQLITE_ROW);
    result.total = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);

    s = page.get();
    sqlite3_bind_int64(s, 1, category);
    sqlite3_bind_int64(s, 2, per_page);
    sqlite3_bind_int64(s, 3, (number - 1) * per_page);
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) bench::c_api::read(s, result.rows.emplace_back());
    bench::c_api::check(db.get(), step, SQLITE_DONE);
    sqlite3_reset(s);
    return result;
  }
};

bench::competitor on_c_api(bench::folder const& folder) {
  auto list = std::make_shared<c_api_list>();
  list->db = bench::c_api::open(folder / "items.db");
  list->count = bench::c_api::prepare(list->db.get(), R"(select count(*) from "items" where "category" = ?)");
  list->page = bench::c_api::prepare(
      list->db.get(),
      "select \"id\", \"name\", \"category\", \"price\", \"quantity\", \"active\", \"description\", \"weight\", "
      "\"supplier\", \"rating\", \"stock\", \"updated_us\" from \"items\" where \"category\" = ? "
      "order by \"price\" desc, \"id\" desc limit ? offset ?");
  return {.name = "c_api", .run = [list] {
            std::uint64_t sum = 0;
            bench::c_api::execute(list->db.get(), "begin");
            for (std::size_t i = 0; i < pages; ++i) {
              c_api_page const page = (*list)(category_of(i), page_of(i));
              sum += static_cast<std::uint64_t>(page.total);
              for (bench::c_api::item const& row : page.rows) sum += bench::c_api::checksum(row);
            }
            bench::c_api::execute(list->db.get(), "commit");
            return sum;
          }};
}

bench::competitor on_forge_db(bench::folder const& folder) {
  auto db = std::make_shared<forge_db::sqlite::database>(forge_db::sqlite::open(folder / "items.db"));
  return {.name = "forge_db", .run = [db] {
            return db->read([](auto& session) {
              bench::ItemRepository items{session};
              std::uint64_t sum = 0;
              for (std::size_t i = 0; i < pages; ++i) {
                forge_db::page<bench::Item> const page =
                    items.list({.category = category_of(i)}, bench::ItemSort::price, forge_db::direction::descending,
                               {.page = static_cast<std::size_t>(page_of(i)), .per_page = per_page});
                sum += static_cast<std::uint64_t>(page.total);
                for (bench::Item const& row : page.rows) sum += bench::c_api::checksum(row);
              }
              return sum;
            });
          }};
}

bench::registered const scenario{{"list_page", pages, [](bench::folder const& folder) {
                                    bench::c_api::make_items(folder / "items.db", rows);
                                    return std::vector{on_c_api(folder), on_forge_db(folder)};
                                  }}};

}  // namespace
