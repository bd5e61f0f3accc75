// SPDX-License-Identifier: MIT
// Rows with structs from CSV, on the tables of tests/codegen/cases/embedded_structs.
#include "support/catch.hpp"

#include <shop/orders.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/seed/seed.hpp>
#include <forge_db/session/session.hpp>

#include <optional>
#include <string>

using namespace forge_db;
using shop::Address;
using shop::Order;

namespace {

/// The row of the text, or what refuses it.
template <class Row = Order>
std::optional<Row> loaded(std::string text, std::string* refused = nullptr) {
  auto db = sqlite::open(":memory:");
  std::optional<Row> found;
  db.write([&](auto& session) {
    session.connection().execute_script(
        "create table orders (id integer primary key, label, owner, billing_street, billing_city, billing_country, "
        "billing_zip, ship_street, ship_city, ship_country, ship_zip, x, y, audit_seen, audit_verdict, audit_score, "
        "audit_token default 'x', created_at)");
    try {
      seed::load<Row>(session, {"a.csv", std::move(text), {}});
      found = session.one(select<Row>());
    } catch (invalid_value const& error) {
      if (refused != nullptr) *refused = error.what();
    }
  });
  return found;
}

std::string refusal(std::string text) {
  std::string found = "accepted";
  loaded(std::move(text), &found);
  return found;
}

}  // namespace

TEST_CASE("columns of structs are columns") {
  auto const order = loaded("label,billing_city,billing_street,x,y\na,Ulm,\"\",,\n");
  REQUIRE(order);
  CHECK(order->billing == Address{.street = "", .city = "Ulm", .country = {}, .zip = "00000"});
  CHECK_FALSE(order->shipping);
  CHECK_FALSE(order->spot);
  CHECK(order->audit.token == "x");
  CHECK(order->audit.score == 1);
}

TEST_CASE("a struct that may be missing is there when one of its columns has a value") {
  std::string const first = "label,billing_city,billing_street,ship_city,ship_street,ship_country";
  auto const order = loaded(first + "\na,Ulm,Elm,Graz,\"\",\n");
  REQUIRE(order);
  CHECK(order->shipping == Address{.street = "", .city = "Graz", .country = {}, .zip = "00000"});
  auto const none = loaded(first + "\na,Ulm,Elm,,,\n");
  REQUIRE(none);
  CHECK_FALSE(none->shipping);
}

TEST_CASE("half a struct is refused") {
  std::string const first = "label,billing_city,billing_street,ship_city,ship_street";
  CHECK(refusal(first + "\na,Ulm,Elm,Graz,Oak\nb,Ulm,Elm,Graz,\n") ==
        "forge_db: a.csv:3:1: expected a value beside the others of its struct [orders.ship_street]");
  CHECK(refusal(first + ",ship_zip\na,Ulm,Elm,Graz,Oak,\n").find("[orders.ship_zip]") != std::string::npos);
  CHECK(refusal("label,billing_city,billing_street,x\na,Ulm,Elm,1\n").find("[orders.y]") != std::string::npos);
  CHECK(refusal("label,billing_city\na,Ulm\n") ==
        "forge_db: a.csv:1:1: table 'orders' requires column 'billing_street', which the first line does not name; add "
        "it");
}
