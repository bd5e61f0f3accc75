// SPDX-License-Identifier: MIT
// Structs in rows, on the tables of tests/codegen/cases/embedded_structs: everything that reads or writes a row.
#include "support/catch.hpp"

#include <shop/migrations.hpp>
#include <shop/repositories.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/migration/migration.hpp>
#include <forge_db/seed/seed.hpp>
#include <forge_db/text/row_text.hpp>
#include <forge_db/text/to_json.hpp>

#include <limits>
#include <string>
#include <vector>

using namespace forge_db;
using namespace shop;

namespace {

Address const home{.street = "Elm 1", .city = "Ulm", .country = CountryId{"DE"}, .zip = "89073"};
Address const office{.street = "Oak 2", .city = "Graz", .country = {}, .zip = "80100"};

/// Runs `work` with a session on an empty shop that knows Germany.
template <class Work>
void in_shop(Work work) {
  auto db = sqlite::open(":memory:");
  migration::runner{db}.upgrade({&shop::migrations()});
  db.write([&](auto& session) {
    CountryRepository{session}.insert({.code = CountryId{"DE"}, .name = "Germany"});
    work(session);
  });
}

NewOrder order_of(std::string label) { return {.label = std::move(label), .billing = home}; }

}  // namespace

TEST_CASE("embedded: a row comes back as it was inserted, with the defaults of the struct") {
  in_shop([](auto& session) {
    OrderRepository repo{session};
    Order const made = repo.insert({.label = "a", .billing = {.street = "Elm 1", .city = "Ulm"}});
    CHECK(made.billing == Address{.street = "Elm 1", .city = "Ulm", .country = {}, .zip = "00000"});
    CHECK_FALSE(made.shipping.has_value());
    CHECK(made.audit.verdict == verdict::open);
    CHECK(made.audit.score == 1);
    CHECK(made.audit.token == "x");  // the database's own default
    CHECK(made.audit.seen.unix_us() > 0);

    Order const whole = repo.insert({.label = "b",
                                     .billing = office,
                                     .shipping = home,
                                     .spot = GridPoint{.x = 1.5, .y = -2},
                                     .audit = {.score = null, .token = "t"}});
    CHECK(whole.billing == office);
    CHECK(whole.shipping == home);
    CHECK(whole.spot == GridPoint{.x = 1.5, .y = -2});
    CHECK_FALSE(whole.audit.score.has_value());
    CHECK(whole.audit.token == "t");
    // [copy]
    CHECK(repo.insert({.label = "c", .billing = *whole.shipping, .audit = whole.audit}).billing == home);
    // [/copy]
    PersonRepository persons{session};
    CHECK(persons.insert({.name = "Ann", .home = whole.billing}).home == office);
    CHECK(persons.get("Ann").seen.token == "x");
    CHECK_FALSE(persons.get("Ann").badge.has_value());
    // A struct of one column, which another table refers to.
    persons.insert({.name = "Bob", .home = home, .badge = Badge{"B1"}});
    CHECK(persons.get("Bob").badge == Badge{"B1"});
    CHECK(repo.insert({.label = "d", .owner = "B1", .billing = home}).owner == "B1");
    CHECK(to_json(persons.get("Bob")).ends_with(R"("badge": {"code": "B1"}})"));
  });
}

TEST_CASE("embedded: the table's defaults are those that inserts fill in") {
  in_shop([](auto& session) {
    session.connection().execute_script("insert into people (name, home_street, home_city) values ('Ann', 's', 'c')");
    PersonRepository persons{session};
    Person const theirs = persons.get("Ann");
    Person const ours = persons.insert({.name = "Bob", .home = {.street = "s", .city = "c"}});
    CHECK(theirs.home == ours.home);
    CHECK(theirs.seen.score == ours.seen.score);
    CHECK(theirs.seen.verdict == ours.seen.verdict);
    // A struct that may be missing has no defaults in the table: they would fill half of it.
    session.connection().execute_script(
        "insert into orders (label, billing_street, billing_city) values ('a', 's', 'c')");
    CHECK_FALSE(OrderRepository{session}.list().rows.at(0).shipping.has_value());
    CHECK(OrderRepository{session}.insert({.label = "b", .billing = home, .shipping = NewAddress{"s", "c"}}).shipping ==
          Address{.street = "s", .city = "c", .country = {}, .zip = "00000"});
  });
}

TEST_CASE("embedded: whole rows, views, streams and bulk inserts") {
  in_shop([](auto& session) {
    OrderRepository repo{session};
    std::vector<NewOrder> fresh(3, order_of("one"));
    fresh[1] = {.label = "two", .billing = office, .shipping = home, .spot = GridPoint{1, 2}};
    fresh[2].label = "three";
    fresh[2].audit.token = "own";  // the others leave it to the database
    CHECK(repo.insert_many(fresh) == 3);
    auto const rows = session.all(select<Order>().order_by(orders::id.asc()));
    REQUIRE(rows.size() == 3);
    CHECK(rows[1].shipping == home);
    CHECK(rows[2].audit.token == "own");
    CHECK(repo.insert_many_returning(std::vector{order_of("four")}).at(0).billing == home);

    std::size_t seen = 0;
    for (Order const& row : session.stream(select<Order>().order_by(orders::id.asc()).limit(3))) {
      CHECK(row.shipping == rows[seen].shipping);  // the one struct is filled and emptied again
      CHECK(row.billing == rows[seen++].billing);
    }
    CHECK(seen == 3);
    for (auto const& view : session.views(select<Order>().where(orders::label == "two"))) {
      CHECK(view[orders::billing_city] == "Graz");
      CHECK(view[orders::ship_city] == std::optional<std::string_view>{"Ulm"});
      CHECK_FALSE(view[orders::billing_country].has_value());
    }

    // Rows as they are, one and many.
    Person const ann{.name = "Ann", .home = home, .seen = rows[2].audit};
    session.execute(insert(ann));
    std::vector<Person> const others{{.name = "Bob", .home = office, .seen = ann.seen}};
    session.execute(insert(others));
    CHECK(PersonRepository{session}.get("Ann").seen == ann.seen);
    CHECK(PersonRepository{session}.get("Bob").home == office);
    Order moved = rows[1];
    moved.id = OrderId{77};
    moved.label = "moved";
    session.execute(insert(moved));
    CHECK(repo.get(moved.id).shipping == home);
    CHECK(repo.get(moved.id).spot == GridPoint{1, 2});
    moved.shipping.reset();
    moved.id = OrderId{78};
    moved.label = "stayed";
    session.execute(insert(moved));
    CHECK_FALSE(repo.get(moved.id).shipping.has_value());
  });
}

TEST_CASE("embedded: patches, upserts and assignments") {
  in_shop([](auto& session) {
    OrderRepository repo{session};
    auto const id = repo.insert({.label = "a", .billing = home, .audit = {.seen = timestamp::from_unix_us(1)}}).id;
    // [patch]
    repo.update(id, {.billing = {.city = "Neu-Ulm"}});  // one column
    repo.update(id, {.shipping = office});              // there as a whole, or missing
    // [/patch]
    Order now = repo.get(id);
    CHECK(now.billing == Address{.street = "Elm 1", .city = "Neu-Ulm", .country = CountryId{"DE"}, .zip = "89073"});
    CHECK(now.shipping == office);
    CHECK(now.audit.seen.unix_us() > 1);  // on_update
    repo.update(id, {.billing = office, .shipping = null});
    CHECK(repo.get(id).billing == office);
    CHECK_FALSE(repo.get(id).shipping.has_value());
    CHECK(repo.update(id, {}));

    session.execute(update<Order>().set(orders::billing_city = "Wien").where(orders::id == id));
    CHECK(repo.get(id).billing.city == "Wien");
    auto const changed = session.one(
        update<Order>().set(OrderPatch{.spot = GridPoint{3, 4}}).where(orders::billing_city == "Wien").returning());
    CHECK(changed.spot == GridPoint{3, 4});

    // Unset fields keep what is there, also within a struct.
    Order const kept = repo.upsert({.id = id, .label = "b", .billing = {.street = "Fir 3", .city = "Linz"}});
    CHECK(kept.billing == Address{.street = "Fir 3", .city = "Linz", .country = {}, .zip = "80100"});
    CHECK(kept.spot == GridPoint{3, 4});
    Order const there = repo.upsert({.id = id, .label = "b", .billing = home, .shipping = home});
    CHECK(there.shipping == home);
    CHECK(repo.upsert({.id = id, .label = "b", .billing = home, .shipping = NewAddress{"Ash", "Bonn"}}).shipping ==
          Address{.street = "Ash", .city = "Bonn", .country = CountryId{"DE"}, .zip = "89073"});
    CHECK(repo.upsert({.label = "b", .billing = home}, orders::label, orders::billing_zip).id == id);
  });
}

TEST_CASE("embedded: conditions, filters and sorts") {
  in_shop([](auto& session) {
    OrderRepository repo{session};
    repo.insert({.label = "a", .billing = home, .spot = GridPoint{5, 0}});
    repo.insert({.label = "b", .billing = office, .shipping = home, .spot = GridPoint{7, 0}});
    // [where]
    auto const in_graz =
        session.all(select<Order>().where(orders::billing_city == "Graz" && orders::ship_city != "Rom"));
    // [/where]
    REQUIRE(in_graz.size() == 1);
    CHECK(in_graz[0].label == "b");
    CHECK(repo.count({.billing_city = "Ulm"}) == 1);
    CHECK(repo.count({.ship_city_is_null = true}) == 1);
    CHECK(repo.count({.billing_street = "OAK"}) == 1);
    CHECK(repo.count({.audit_verdict = verdict::open}) == 2);
    CHECK(repo.count({.x = {.from = 6, .to = {}}}) == 1);
    CHECK(repo.count({.search = "elm"}) == 2);
    CHECK(repo.list({}, OrderSort::billing_city).rows.at(0).label == "b");
    CHECK(repo.list({}, OrderSort::x, direction::descending).rows.at(0).label == "b");
    auto const some = session.all(select(orders::billing_city, orders::x).from<Order>().order_by(orders::id.asc()));
    CHECK(std::get<0>(some.at(0)) == "Ulm");
  });
}

TEST_CASE("embedded: a struct that is there in part, and values that are refused, are told by column") {
  in_shop([](auto& session) {
    OrderRepository repo{session};
    auto const id = repo.insert(order_of("a")).id;
    auto const missing = [&](char const* change) {
      session.connection().execute_script(change);
      try {
        static_cast<void>(repo.get(id));
      } catch (decode_error const& failure) {
        return failure.context().table + "." + failure.context().column;
      }
      return std::string("nothing");
    };
    CHECK(missing("update orders set ship_zip = '1'") == "orders.ship_street");
    CHECK(missing("update orders set ship_street = 'Elm'") == "orders.ship_city");
    session.connection().execute_script("update orders set ship_city = 'Ulm'");
    CHECK_FALSE(repo.get(id).shipping->country.has_value());  // nullable in the struct

    double const nan = std::numeric_limits<double>::quiet_NaN();
    auto const column_of = [&](auto work) {
      try {
        work();
      } catch (invalid_value const& refused) {
        return refused.context().column;
      }
      return std::string("none");
    };
    CHECK(column_of([&] { repo.insert({.label = "b", .billing = home, .spot = GridPoint{1, nan}}); }) == "y");
    CHECK(column_of([&] { repo.update(id, {.spot = GridPoint{nan, 1}}); }) == "x");
    std::vector const bad{NewOrder{.label = "b", .billing = home, .spot = GridPoint{1, nan}}};
    CHECK(column_of([&] { repo.insert_many(bad); }) == "y");
  });
}

TEST_CASE("embedded: rows from a CSV text, and members that cannot be read") {
  in_shop([](auto& session) {
    seed::load<Place>(session, {"places.csv", "gauge_level,id,spot_y,spot_x\n4,1,2.5,1.5\n", {}});
    PlaceRepository repo{session};
    Place const loaded = repo.get(1);
    CHECK(loaded.spot == GridPoint{1.5, 2.5});
    CHECK(loaded.gauge == Gauge{4, 7});
    session.connection().execute_script("update places set gauge_level = 'high', gauge_spare = 'low'");
    CHECK(repo.get(1).gauge == Gauge{});
    // What cannot be read cannot be given to another row.
    CHECK_THROWS_AS(NewGauge(repo.get(1).gauge), std::bad_optional_access);
    CHECK(NewGauge(loaded.gauge).spare.value() == 7);
  });
}

TEST_CASE("embedded: JSON nests, text does not") {
  Order order{.id = OrderId{7}, .label = "a", .billing = home, .spot = GridPoint{1, 2}};
  order.audit.token = "t";
  std::string const tail =
      R"(, "spot": {"x": 1.0, "y": 2.0}, "audit": {"seen": "1970-01-01T00:00:00.000000Z", "verdict": "open", )"
      R"("score": null, "token": "t"}, "created_at": "1970-01-01T00:00:00.000000Z"})";
  std::string const head =
      R"({"id": 7, "label": "a", "owner": null, "billing": {"street": "Elm 1", "city": "Ulm", "country": "DE", "zip": "89073"})";
  CHECK(to_json(order) == head + R"(, "shipping": null)" + tail);
  order.shipping = office;
  CHECK(to_json(order) ==
        head + R"(, "shipping": {"street": "Oak 2", "city": "Graz", "country": null, "zip": "80100"})" + tail);
  order.shipping.reset();
  order.spot.reset();
  CHECK(to_json(order, {.skip_null = true}).find("shipping") == std::string::npos);
  std::string const text = row_text(order);
  CHECK(text.find("billing_city: Ulm, billing_country: DE, billing_zip: 89073, ship_street: null") !=
        std::string::npos);
  CHECK(rows_table(std::vector{order}).text().find("billing_city") != std::string::npos);
}
