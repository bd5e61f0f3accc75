// SPDX-License-Identifier: MIT
// A page of twenty items of one category with the country of their supplier, who may be unknown: a left join of two
// tables, read into a struct.

#include "harness/items.hpp"
#include "harness/scenario.hpp"

#include <bench/items.hpp>
#include <bench/suppliers.hpp>

#include <forge_db/forge_db.hpp>

namespace {

constexpr std::int64_t rows = 5'000;
constexpr std::size_t pages = 1'000;
constexpr std::int64_t per_page = 20;

std::int64_t category_of(std::size_t i) { return static_cast<std::int64_t>(i % 50); }

struct priced_item {
  std::int64_t id{};
  std::string name;
  double price{};
  std::optional<std::string> country;
  std::optional<std::int32_t> founded;
};

std::uint64_t checksum(priced_item const& row) {
  return static_cast<std::uint64_t>(row.id) + row.name.size() + static_cast<std::uint64_t>(row.price) +
         (row.country ? row.country->size() : 0) + static_cast<std::uint64_t>(row.founded.value_or(7));
}

void make_tables(bench::folder const& folder) {
  bench::c_api::make_items(folder / "items.db", rows);
  auto const db = bench::c_api::open(folder / "items.db");
  bench::c_api::execute(
      db.get(),
      "create table \"suppliers\" (\"id\" integer not null primary key, \"name\" text not null unique, "
      "\"country\" text, \"founded\" integer not null);"
      "insert into suppliers (name, country, founded) select distinct supplier, case when id % 3 then "
      "'country ' || id end, 1900 + id % 100 from items where id % 4 > 0 group by supplier");
}

struct c_api_join {
  bench::c_api::database db;
  bench::c_api::statement page;

  std::vector<priced_item> operator()(std::int64_t category) const {
    std::vector<priced_item> result;
    sqlite3_stmt* s = page.get();
    sqlite3_bind_int64(s, 1, category);
    sqlite3_bind_int64(s, 2, per_page);
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
      priced_item& row = result.emplace_back();
      row.id = sqlite3_column_int64(s, 0);
      bench::c_api::text(s, 1, row.name);
      row.price = sqlite3_column_double(s, 2);
      if (sqlite3_column_type(s, 3) != SQLITE_NULL) bench::c_api::text(s, 3, row.country.emplace());
      if (sqlite3_column_type(s, 4) != SQLITE_NULL) row.founded = sqlite3_column_int(s, 4);
    }
    bench::c_api::check(db.get(), step, SQLITE_DONE);
    sqlite3_reset(s);
    return result;
  }
};

bench::competitor on_c_api(bench::folder const& folder) {
  auto join = std::make_shared<c_api_join>();
  join->db = bench::c_api::open(folder / "items.db");
  join->page = bench::c_api::prepare(
      join->db.get(),
      R"(select "items"."id", "items"."name", "items"."price", "suppliers"."country", "suppliers"."founded" from "items" )"
      R"(left join "suppliers" on "items"."supplier" = "suppliers"."name" where "items"."category" = ? )"
      R"(order by "items"."price" desc, "items"."id" desc limit ?)");
  return {.name = "c_api", .run = [join] {
            std::uint64_t sum = 0;
            bench::c_api::execute(join->db.get(), "begin");
            for (std::size_t i = 0; i < pages; ++i) {
              for (priced_item const& row : (*join)(category_of(i))) sum += checksum(row);
            }
            bench::c_api::execute(join->db.get(), "commit");
            return sum;
          }};
}

bench::competitor on_forge_db(bench::folder const& folder) {
  namespace items = bench::items;
  namespace suppliers = bench::suppliers;
  auto db = std::make_shared<forge_db::sqlite::database>(forge_db::sqlite::open(folder / "items.db"));
  return {.name = "forge_db", .run = [db] {
            return db->read([](auto& session) {
              std::uint64_t sum = 0;
              for (std::size_t i = 0; i < pages; ++i) {
                auto const query =
                    forge_db::select(items::id, items::name, items::price, suppliers::country, suppliers::founded)
                        .into<priced_item>()
                        .from<bench::Item>()
                        .left_join<bench::Supplier>(items::supplier == suppliers::name)
                        .where(items::category == category_of(i))
                        .order_by(items::price.desc(), items::id.desc())
                        .limit(per_page);
                for (priced_item const& row : session.all(query)) sum += checksum(row);
              }
              return sum;
            });
          }};
}

bench::registered const scenario{{"join", pages, [](bench::folder const& folder) {
                                    make_tables(folder);
                                    return std::vector{on_c_api(folder), on_forge_db(folder)};
                                  }}};

}  // namespace
