// SPDX-License-Identifier: MIT
// Generated columns are read, and never written.
#include "sql/sql_of.hpp"
#include "support/catch.hpp"
#include "support/generated_row.hpp"

#include <forge_db/repository/insert_row_statement.hpp>
#include <forge_db/repository/upsert_statement.hpp>

#include <vector>

namespace {

using namespace forge_db;
using namespace tests;

static_assert(sqlite_of<decltype(select<Price>())> == R"(select "net", "tax", "gross" from "prices")");

using insert_new = decltype(insert(std::declval<NewPrice const&>()));
using insert_whole = decltype(insert(std::declval<Price const&>()));
static_assert(sqlite_of<insert_new> == R"(insert into "prices" ("net", "tax") values (?, ?))");
static_assert(sqlite_of<insert_whole> == R"(insert into "prices" ("net", "tax") values (?, ?))");
static_assert(sqlite_of<detail::insert_row_statement<Price>> ==
              R"(insert into "prices" ("net", "tax") values (?, ?) returning "net", "tax", "gross")");

using insert_rows = decltype(insert(std::declval<std::vector<Price> const&>()));
static_assert(sqlite_of<insert_rows> == R"(insert into "prices" ("net", "tax") select c0, c1 from forge_span(?))");
static_assert(postgres_of<insert_rows> ==
              "insert into \"prices\" (\"net\", \"tax\") select c0, c1 from unnest($1::bigint[], $2::bigint[]) as "
              "new_rows(c0, c1)");

// By a generated key, with nothing to change: the row is given back as it is.
TEST_CASE("an upsert by a generated column does not set it") {
  NewPrice const price{.net = 5};
  detail::upsert_statement<Price, column_list<prices::gross_t>> const upsert{price};
  shape_mask const none;
  CHECK(upsert.join(dialect::postgres, none) ==
        "insert into \"prices\" (\"net\", \"tax\") values ($1, $2) on conflict (\"gross\") do update set \"net\" = "
        "\"prices\".\"net\" returning \"net\", \"tax\", \"gross\"");
}

}  // namespace
