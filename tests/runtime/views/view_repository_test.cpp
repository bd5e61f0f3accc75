// SPDX-License-Identifier: MIT
// From a spec with views and triggers to rows of them: tests/codegen/cases/views_and_triggers, as it is generated.
#include "support/catch.hpp"

#include <depot/items_repository.hpp>
#include <depot/migrations.hpp>
#include <depot/movements_repository.hpp>
#include <depot/shortages_repository.hpp>
#include <depot/stock_repository.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace depot;

namespace {

auto upgrade(sqlite::database& db, migration::list const& list) { return migration::runner{db}.upgrade({&list}); }

migration::list first_migrations(std::size_t number) {
  migration::list list = migrations();
  list.migrations.resize(number);
  return list;
}

template <class Session>
ItemId add(Session& session, std::string const& name, std::int32_t received, std::int32_t sold = 0) {
  ItemId const id = ItemRepository{session}.insert({.name = name, .price = decimal<10, 2>::from_scaled(100)}).id;
  MovementRepository movements{session};
  movements.insert({.item_id = id, .kind = movement::received, .quantity = received});
  if (sold > 0) movements.insert({.item_id = id, .kind = movement::sold, .quantity = sold});
  return id;
}

/// Pears: 9, nuts: 3, apples: 3.
sqlite::database filled(migration::list const& list = migrations()) {
  auto db = sqlite::open(":memory:");
  upgrade(db, list);
  db.write([](auto& session) {
    add(session, "pears", 9);
    add(session, "nuts", 3);
    add(session, "apples", 4, 1);
  });
  return db;
}

std::vector<std::string> names(page<Stock> const& found) {
  std::vector<std::string> all;
  for (Stock const& row : found.rows) all.push_back(row.name);
  return all;
}
using texts = std::vector<std::string>;

template <class Session>
std::int64_t former_names(Session& session) {
  auto rows = session.connection().prepare_once("select count(*) from former_names");
  rows.step();
  return rows.int64(0);
}

}  // namespace

TEST_CASE("rows of a view are found by the key of its spec, with the types of its spec") {
  auto db = filled();
  db.read([](auto& session) {
    // [view]
    StockRepository const stock{session};
    Stock const apples = stock.get(ItemId{3});
    CHECK(apples.on_hand == 3);
    CHECK(stock.exists({.name = "pear"}));
    CHECK(stock.list({.on_hand = {.to = 3}}, StockSort::name).total == 2);
    // [/view]
    CHECK(apples.name == "apples");
    CHECK(apples.moves == 2);
    CHECK(apples.last_kind == movement::sold);
    CHECK(apples.tags.empty());
    CHECK_FALSE(apples.note.has_value());
    CHECK_FALSE(stock.find(ItemId{9}).has_value());
    CHECK_THROWS_AS(stock.get(ItemId{9}), not_found);
  });
}

TEST_CASE("lists of a view filter, sort, page and count") {
  auto db = filled();
  db.read([](auto& session) {
    StockRepository const stock{session};
    auto const first = stock.list();
    CHECK(names(first) == texts{"pears", "apples"});  // by number, then by key, both downwards
    CHECK(first.total == 3);
    CHECK(first.has_next());
    CHECK(names(stock.list({}, StockSort::on_hand, std::nullopt, {.page = 2})) == texts{"nuts"});
    CHECK(names(stock.list({}, StockSort::name)) == texts{"apples", "nuts"});
    CHECK(names(stock.list({.name = "EAR"})) == texts{"pears"});
    CHECK(names(stock.list({.last_kind_in = std::vector{movement::sold, movement::lost}})) == texts{"apples"});
    CHECK(stock.count({.on_hand = {.to = 3}}) == 2);
    CHECK(stock.exists({.search = "nut"}));
    CHECK_FALSE(stock.exists({.search = "plum"}));
    CHECK_THROWS_AS(stock.list({}, StockSort::name, std::nullopt, {.page = 1, .per_page = 11}), invalid_value);
  });
}

TEST_CASE("a view without a key lists rows that sort alike by its other sort columns") {
  auto db = filled();
  db.read([](auto& session) {
    auto const found = ToOrderRepository{session}.list({.on_hand = {.from = 1}});
    REQUIRE(found.rows.size() == 2);
    CHECK(found.rows[0].label == "apples:");
    CHECK(found.rows[1].label == "nuts:");
  });
}

TEST_CASE("triggers on tables and views fire") {
  auto db = filled();
  db.write([](auto& session) {
    ItemRepository{session}.update(ItemId{1}, {.name = "quinces"});
    CHECK(former_names(session) == 1);
    session.connection().execute_script("update stock set name = 'hazelnuts' where name = 'nuts'");
    CHECK(StockRepository{session}.get(ItemId{2}).name == "hazelnuts");
    CHECK(former_names(session) == 2);
  });
}

TEST_CASE("views and triggers outlive a rebuild of their table, and a changed view takes the place of the old one") {
  auto db = filled(first_migrations(2));
  CHECK(db.read([](auto& session) { return ToOrderRepository{session}.count(); }) == 0);  // under 3 before
  auto const report = upgrade(db, migrations());
  CHECK(report.schemas[0].migrations[0].operations[0].way == "table rebuild");
  CHECK(migration::runner{db}.verify({&migrations()}).schemas[0].drift.empty());
  db.write([](auto& session) {
    CHECK(ToOrderRepository{session}.count() == 2);
    CHECK(StockRepository{session}.get(ItemId{1}).on_hand == 9);
    ItemRepository{session}.update(ItemId{1}, {.name = "quinces"});
    CHECK(former_names(session) == 1);
  });
}

TEST_CASE("an upgrade of a database with its views and triggers does nothing") {
  auto db = filled();
  CHECK(upgrade(db, migrations()).schemas[0].up_to_date);
}

TEST_CASE("PostgreSQL's texts of views and triggers") {
  texts all;
  for (auto const& each : migrations().migrations)
    for (auto const& op : each.operations)
      for (std::string& text : migration::statements(op, dialect::postgres)) all.push_back(std::move(text));
  auto const holds = [&](std::string const& part) {
    return std::any_of(all.begin(), all.end(),
                       [&](std::string const& text) { return text.find(part) != std::string::npos; });
  };
  CHECK(holds("CREATE VIEW \"shortages\" AS select concat(name, ':') as label"));
  CHECK(holds("DROP VIEW \"shortages\""));
  CHECK(holds("CREATE FUNCTION \"items_renamed\"() RETURNS trigger LANGUAGE plpgsql AS $forge$begin\n  insert into"));
  CHECK(holds("CREATE TRIGGER \"items_renamed\" after update of name on items for each row when"));
  CHECK(
      holds("CREATE TRIGGER \"stock_renamed\" instead of update on stock for each row execute function rename_item()"));
}
