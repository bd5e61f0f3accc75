// SPDX-License-Identifier: MIT
// Every name that is a word of SQL is quoted: in the schema, in queries, in a rebuild, and for both dialects.
#include <words/group.hpp>
#include <words/index.hpp>
#include <words/migrations.hpp>
#include <words/order_repository.hpp>
#include <words/table.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <cstdio>
#include <string>

#define REQUIRE(condition) \
  if (!(condition)) return std::printf("line %d: %s\n", __LINE__, #condition), 1

namespace m = forge_db::migration;

/// The lists of columns that all statements of the table are made of.
template <class Row>
bool prepares(forge_db::sqlite::database& db) {
  using table = forge_db::table<Row>;
  std::string const name{table::quoted};
  return db.write([&](auto& session) {
    auto& connection = session.connection();
    auto select = connection.prepare_once("select " + std::string{table::select_list} + " from " + name);
    connection.prepare_once("insert into " + name + " (" + std::string{table::insert_columns} + ") select * from " +
                            name);
    return select.column_count() > 0;
  });
}

int main() {
  m::list const& all = words::migrations();
  auto db = forge_db::sqlite::open(":memory:");
  m::runner run{db};
  run.upgrade({&all});
  int const failed = db.write([](auto& session) {
    session.connection().execute_script(
        "insert into \"group\" (id, rowid, oid) values ('0190c42e-0000-7000-8000-000000000000', 5, 6);"
        "insert into \"index\" (key, \"between\") values (1, 'x'); insert into user values (1)");
    words::OrderRepository orders{session};
    words::GroupId const group{*forge_db::parse_uuid("0190c42e-0000-7000-8000-000000000000")};
    auto const order = orders.insert({.select = "a", .where = "here", .group = group});
    auto const page = orders.list({.select = "a", .from = {.from = 1, .to = 9}, .where = "HER", .search = "ere"},
                                  words::OrderSort::desc, forge_db::direction::descending);
    REQUIRE(page.rows.size() == 1 && page.rows[0].values == words::values::null && page.rows[0].from == 7);
    words::OrderPatch other;
    other.from = 8;
    REQUIRE(orders.update(order.primary, other));
    REQUIRE(orders.upsert({.select = "a", .from = 3}, words::order::select).from == 3);
    session.connection().execute_script("delete from \"group\"");
    REQUIRE(!orders.get(order.primary).group);
    return 0;
  });
  if (failed != 0) return failed;
  REQUIRE(prepares<words::Group>(db) && prepares<words::TableRow>(db) && prepares<words::Index>(db));

  // A rebuild of each table, in a second migration.
  m::list later = all;
  m::migration more{.version = 2, .title = "more", .hash = std::string(64, 'b')};
  for (m::table_def& table : later.tables) {
    m::table_def after = table;
    after.checks.push_back({"exists", "1 = 1"});
    more.operations.push_back(m::alter_table{table, after});
    table = after;
  }
  later.migrations.push_back(more);
  auto const report = run.upgrade({&later});
  REQUIRE(report.schemas.at(0).to == 2 && !report.has_drift() && run.verify({&later}).clean());
  return 0;
}
