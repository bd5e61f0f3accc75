// SPDX-License-Identifier: MIT

#include <forge_db/driver/sqlite/sqlite.hpp>

#include "runtime/driver/query_one.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace forge_db;
using Catch::Matchers::ContainsSubstring;

namespace {

struct pair {
  std::int64_t number;
  std::string word;
};

void pair_cell(void const* element, int column, cell_sink& sink) {
  auto const& value = *static_cast<pair const*>(element);
  column == 0 ? sink.int64(1, value.number) : sink.text(1, value.word);
}

span_source source_of(std::vector<pair> const& values) {
  return {values.data(), values.size(), sizeof(pair), 2, pair_cell};
}

sqlite::connection books() {
  auto connection = sqlite::connection::open(":memory:");
  connection.execute_script(
      "create table t(id integer primary key, word text);"
      "create table log(id); create trigger noted after insert on t begin insert into log values (new.id); end;"
      "insert into t values (1, 'one'), (2, 'two'), (3, 'three')");
  return connection;
}

std::string rows(sqlite::connection& connection) {
  return query_text(connection, "select group_concat(id || '=' || word, ' ') from (select * from t order by id)");
}

void run(sqlite::connection& connection, std::string_view sql, std::vector<pair> const& values) {
  auto const source = source_of(values);
  auto statement = connection.prepare_once(sql);
  statement.span(1, source);
  while (statement.step()) {
  }
}

}  // namespace

TEST_CASE("a span is the rows of an insert, with its triggers") {
  auto connection = books();
  run(connection, "insert into t select c0, c1 from forge_span(?)", {{7, "seven"}, {5, "five"}});
  CHECK(rows(connection) == "1=one 2=two 3=three 5=five 7=seven");
  CHECK(query_text(connection, "select group_concat(id) from log") == "1,2,3,7,5");
  CHECK(connection.changes() == 2);
}

TEST_CASE("returning answers the inserted rows in order") {
  auto connection = books();
  std::vector<pair> const values{{9, "nine"}, {4, "four"}};
  auto statement =
      connection.prepare_once("insert into t select c0, c1 from forge_span(?) where true returning id, word");
  statement.span(1, source_of(values));
  for (auto const& value : values) {
    REQUIRE(statement.step());
    CHECK(statement.int64(0) == value.number);
    CHECK(statement.text(1) == value.word);
  }
  CHECK_FALSE(statement.step());
}

TEST_CASE("a span feeds an upsert") {
  auto connection = books();
  run(connection,
      "insert into t select c0, c1 from forge_span(?) where true on conflict (id) do update set word = excluded.word",
      {{2, "zwei"}, {6, "sechs"}});
  CHECK(rows(connection) == "1=one 2=zwei 3=three 6=sechs");
}

TEST_CASE("a span feeds update from") {
  auto connection = books();
  run(connection, "update t set word = s.c1 from forge_span(?) as s where t.id = s.c0", {{3, "drei"}, {8, "acht"}});
  CHECK(rows(connection) == "1=one 2=two 3=drei");
  CHECK(connection.changes() == 1);
}

TEST_CASE("a span is a list for in, in select and delete") {
  auto connection = books();
  std::vector<pair> const values{{1, ""}, {3, ""}};
  auto statement = connection.prepare_once("select count(*) from t where id in (select c0 from forge_span(?))");
  statement.span(1, source_of(values));
  REQUIRE(statement.step());
  CHECK(statement.int64(0) == 2);
  run(connection, "delete from t where id in (select c0 from forge_span(?))", values);
  CHECK(rows(connection) == "2=two");
}

TEST_CASE("a list of keys is searched by the key's index") {
  auto connection = books();
  auto plan = connection.prepare_once("explain query plan select * from t where id in (select c0 from forge_span(?))");
  std::string text;
  while (plan.step()) text += std::string(plan.text(3)) + "; ";
  CHECK_THAT(text, ContainsSubstring("SEARCH t USING INTEGER PRIMARY KEY"));
  auto join =
      connection.prepare_once("explain query plan update t set word = s.c1 from forge_span(?) as s where t.id = s.c0");
  text.clear();
  while (join.step()) text += std::string(join.text(3)) + "; ";
  CHECK_THAT(text, ContainsSubstring("SEARCH t USING INTEGER PRIMARY KEY"));
}

TEST_CASE("a span may be empty, and large") {
  auto connection = books();
  run(connection, "insert into t select c0, c1 from forge_span(?)", {});
  CHECK(connection.changes() == 0);
  std::vector<pair> many;
  for (int i = 10; i < 100'010; ++i) many.push_back({i, std::to_string(i)});
  run(connection, "insert into t select c0, c1 from forge_span(?)", many);
  CHECK(connection.changes() == 100'000);
  CHECK(query_int(connection, "select count(*) from t where id >= 10 and word = cast(id as text)") == 100'000);
}

TEST_CASE("two spans and a value stand in one statement") {
  auto connection = books();
  std::vector<pair> const first{{1, ""}, {2, ""}};
  std::vector<pair> const second{{2, ""}, {3, ""}};
  auto statement = connection.prepare_once(
      "select group_concat(id) from t where id in (select c0 from forge_span(?)) and id in (select c0 from "
      "forge_span(?))"
      " and word = ?");
  statement.span(1, source_of(first));
  statement.span(2, source_of(second));
  statement.text(3, "two");
  REQUIRE(statement.step());
  CHECK(statement.text(0) == "2");
}

TEST_CASE("one hundred columns of every kind") {
  auto connection = sqlite::connection::open(":memory:");
  int const element = 0;
  span_source const source{&element, 1, sizeof element, 100, [](void const*, int column, cell_sink& sink) {
                             switch (column % 5) {
                               case 0:
                                 return sink.null(1);
                               case 1:
                                 return sink.int64(1, std::numeric_limits<std::int64_t>::min() + column);
                               case 2:
                                 return sink.float64(1, 0.1 * column);
                               case 3: {
                                 auto const memory = sink.scratch(3);
                                 memory[0] = 'a', memory[1] = '\0', memory[2] = static_cast<char>(column);
                                 return sink.text(1, {memory.data(), memory.size()});
                               }
                               default:
                                 return sink.blob(1, {});
                             }
                           }};
  auto statement = connection.prepare_once("select * from forge_span(?)");
  statement.span(1, source);
  REQUIRE(statement.step());
  REQUIRE(statement.column_count() == 100);
  CHECK(statement.column_name(99) == "c99");
  for (int i = 0; i < 100; i += 5) {
    CHECK(statement.is_null(i));
    CHECK(statement.int64(i + 1) == std::numeric_limits<std::int64_t>::min() + i + 1);
    CHECK(statement.float64(i + 2) == 0.1 * (i + 2));
    CHECK(statement.text(i + 3) == std::string{'a', '\0', static_cast<char>(i + 3)});
    CHECK(statement.kind(i + 4) == value_kind::blob);
  }
}

TEST_CASE("columns beyond the source's are NULL") {
  auto connection = books();
  std::vector<pair> const values{{1, "x"}};
  auto statement = connection.prepare_once("select c2 from forge_span(?)");
  statement.span(1, source_of(values));
  REQUIRE(statement.step());
  CHECK(statement.is_null(0));
}

TEST_CASE("what a cell throws comes out of step, and the statement's changes are undone") {
  auto connection = books();
  double const values[] = {1.0, std::numeric_limits<double>::quiet_NaN()};
  span_source const source{values, 2, sizeof(double), 1, [](void const* element, int, cell_sink& sink) {
                             sink.float64(1, *static_cast<double const*>(element));
                           }};
  auto statement = connection.prepare_once("insert into log select c0 from forge_span(?)");
  statement.span(1, source);
  CHECK_THROWS_AS(statement.step(), invalid_value);
  CHECK(query_int(connection, "select count(*) from log") == 3);
}

TEST_CASE("anything but a bound span is refused") {
  auto connection = books();
  auto const sql = GENERATE(as<std::string>(), "select * from forge_span(?)", "select * from forge_span(7)",
                            "select * from forge_span('text')", "select * from forge_span");
  auto statement = connection.prepare_once(sql);
  try {
    statement.step();
    FAIL("not refused");
  } catch (sql_error const& failure) {
    CHECK_THAT(failure.what(), ContainsSubstring("requires its argument to be a bound span"));
  }
}

TEST_CASE("a reset lets go of the span") {
  auto connection = books();
  auto statement = connection.prepare_once("select count(*) from forge_span(?)");
  {
    std::vector<pair> const values{{1, "x"}};
    statement.span(1, source_of(values));
    REQUIRE(statement.step());
    statement.reset();
  }
  CHECK_THROWS_AS(statement.step(), sql_error);
}

TEST_CASE("the stored schema cannot use the span table") {
  auto connection = books();
  connection.execute_script("create view v as select * from forge_span(1)");
  CHECK_THROWS_AS(connection.prepare_once("select * from v"), sql_error);
  CHECK_THROWS_AS(connection.execute_script("create virtual table other using forge_span"), sql_error);
}
