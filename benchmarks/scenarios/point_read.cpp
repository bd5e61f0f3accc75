// SPDX-License-Identifier: MIT
// One row by its integer key into a struct of twelve fields, many times within one read transaction.

#include "harness/items.hpp"
#include "harness/scenario.hpp"

#include <bench/items_repository.hpp>

#include <forge_db/forge_db.hpp>

namespace {

constexpr std::int64_t rows = 5'000;
constexpr std::size_t reads = 10'000;

std::int64_t key_of(std::size_t i) { return static_cast<std::int64_t>(i * 7919 % rows) + 1; }

bench::competitor on_c_api(bench::folder const& folder) {
  auto db = std::make_shared<bench::c_api::database>(bench::c_api::open(folder / "items.db"));
  auto find = std::make_shared<bench::c_api::statement>(bench::c_api::prepare(
      db->get(),
      "select \"id\", \"name\", \"category\", \"price\", \"quantity\", \"active\", \"description\", \"weight\", "
      "\"supplier\", \"rating\", \"stock\", \"updated_us\" from \"items\" where \"id\" = ?"));
  return {.name = "c_api", .run = [db, find] {
            sqlite3_stmt* s = find->get();
            std::uint64_t sum = 0;
            bench::c_api::execute(db->get(), "begin");
            for (std::size_t i = 0; i < reads; ++i) {
              std::optional<bench::c_api::item> row;
              sqlite3_bind_int64(s, 1, key_of(i));
              int const result = sqlite3_step(s);
              if (result == SQLITE_ROW) {
                bench::c_api::read(s, row.emplace());
              } else {
                bench::c_api::check(db->get(), result, SQLITE_DONE);
              }
              sqlite3_reset(s);
              sum += bench::c_api::checksum(*row);
            }
            bench::c_api::execute(db->get(), "commit");
            return sum;
          }};
}

bench::competitor on_forge_db(bench::folder const& folder) {
  auto db = std::make_shared<forge_db::sqlite::database>(forge_db::sqlite::open(folder / "items.db"));
  return {.name = "forge_db", .run = [db] {
            return db->read([](auto& session) {
              bench::ItemRepository items{session};
              std::uint64_t sum = 0;
              for (std::size_t i = 0; i < reads; ++i) sum += bench::c_api::checksum(*items.find(key_of(i)));
              return sum;
            });
          }};
}

bench::registered const scenario{{"point_read", reads, [](bench::folder const& folder) {
                                    bench::c_api::make_items(folder / "items.db", rows);
                                    return std::vector{on_c_api(folder), on_forge_db(folder)};
                                  }}};

}  // namespace
