// SPDX-License-Identifier: MIT
// Functions of JSON on documents of every kind.
#include "runtime/functions/measures_database.hpp"
#include "support/catch.hpp"

#include <forge_db/query/functions/cast.hpp>
#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/functions/json_functions.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace forge_db;
using measures::Sample;
namespace columns = measures::samples;

namespace {

std::vector<std::string> const documents{
    R"({"n": 7, "x": 1.5, "s": "text", "on": true, "list": [1, 2.0, "two", true, null], "a": {"b c": ["é"]}})",
    R"({"n": "7", "x": 3, "s": null, "on": "true", "list": {}, "a": {}})", R"([1, "two", false])", R"("lone")",
    R"({})"};

std::vector<Sample> document_rows() {
  std::vector<Sample> rows;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    Sample row{};
    row.id = measures::SampleId{static_cast<std::int64_t>(i)};
    row.word = "w" + std::to_string(i);
    row.whole = static_cast<std::int64_t>(i) * 10;
    row.flag = i == 1;
    row.price = decimal<12, 2>::from_scaled(1250);
    row.data = json::parse(documents[i]);
    rows.push_back(row);
  }
  rows[0].tags = {"red", "it's \"q\"", "red"};
  rows[2].tags = {"blue"};
  return rows;
}

template <class... Items>
auto selected(Items... items) {
  auto db = tests::measures_database();
  return db.write([&](auto& session) {
    session.execute(insert(document_rows()));
    return session.all(select(items...).template from<Sample>().order_by(columns::id.asc()));
  });
}

using maybe_text = std::optional<std::string>;
using maybe_int = std::optional<std::int64_t>;

}  // namespace

TEST_CASE("what is at a path is read as its type, and is NULL as any other") {
  auto const found = selected(
      json_get<std::int64_t, "$.n">(columns::data), json_get<double, "$.x">(columns::data),
      json_get<std::string, "$.s">(columns::data), json_get<bool, "$.on">(columns::data),
      json_get<std::string, "$.a.\"b c\"[0]">(columns::data), json_get<std::int64_t, "$.x">(columns::data),
      json_get<json, "$.a">(columns::data), json_kind<"$.s">(columns::data), json_kind(columns::data),
      json_length<"$.list">(columns::data), json_length(columns::data), json_get<std::string, "$[1]">(columns::data));
  CHECK(found[0] == std::make_tuple(maybe_int(7), std::optional(1.5), maybe_text("text"), std::optional(true),
                                    maybe_text("é"), maybe_int(), std::optional(json::parse(R"({"b c":["é"]})")),
                                    maybe_text("string"), maybe_text("object"), maybe_int(5), maybe_int(),
                                    maybe_text()));
  CHECK(found[1] == std::make_tuple(maybe_int(), std::optional(3.0), maybe_text(), std::optional<bool>(), maybe_text(),
                                    maybe_int(3), std::optional(json::parse("{}")), maybe_text("null"),
                                    maybe_text("object"), maybe_int(), maybe_int(), maybe_text()));
  CHECK(std::get<10>(found[2]) == 3);
  CHECK(std::get<11>(found[2]) == "two");
  CHECK(std::get<8>(found[3]) == "string");
  CHECK(std::get<6>(found[4]) == std::nullopt);
}

TEST_CASE("an integer of JSON is a whole number of 64 bits, however it is written") {
  auto db = tests::measures_database();
  db.write([](auto& session) {
    std::vector<std::pair<std::string, maybe_int>> const numbers{{"1e3", 1000},
                                                                 {"2.0", 2},
                                                                 {"2.5", std::nullopt},
                                                                 {"9223372036854775807", INT64_MAX},
                                                                 {"-9223372036854775808", INT64_MIN},
                                                                 {"9223372036854775808", std::nullopt},
                                                                 {"1e19", std::nullopt},
                                                                 {"1e999", std::nullopt},
                                                                 {"\"7\"", std::nullopt}};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      Sample row{};
      row.id = measures::SampleId{static_cast<std::int64_t>(i)};
      row.data = json::unchecked("[" + numbers[i].first + "]");
      session.execute(insert(std::vector<Sample>{row}));
      CAPTURE(numbers[i].first);
      CHECK(session.value(select(json_get<std::int64_t, "$[0]">(columns::data))
                              .template from<Sample>()
                              .where(columns::id == row.id)) == numbers[i].second);
    }
  });
}

TEST_CASE("decimals are JSON numbers with all their digits") {
  auto db = tests::measures_database();
  db.write([](auto& session) {
    Sample row{};
    row.whole = 99'999'999'999'999'999;
    row.price = decimal<12, 2>::from_scaled(-5);
    session.execute(insert(std::vector<Sample>{row}));
    auto const made = session.value(select(json_array(columns::price, cast<decimal<18, 1>>(columns::whole),
                                                      coalesce(sum(columns::price), columns::price)))
                                        .template from<Sample>()
                                        .group_by(columns::whole, columns::price));
    CHECK(made.text() == "[-0.05,99999999999999999.0,-0.05]");
  });
}

TEST_CASE("an array contains a value of its type only") {
  auto db = tests::measures_database();
  db.write([](auto& session) {
    session.execute(insert(document_rows()));
    auto const ids = [&](auto condition) {
      std::string made;
      for (auto const& [id] :
           session.all(select(columns::id).template from<Sample>().where(condition).order_by(columns::id.asc()))) {
        made += std::to_string(id.value());
      }
      return made;
    };
    CHECK(ids(json_contains<"$.list">(columns::data, "two")) == "0");
    CHECK(ids(json_contains<"$.list">(columns::data, 2)) == "0");
    CHECK(ids(json_contains<"$.list">(columns::data, true)) == "0");
    CHECK(ids(json_contains<"$.list">(columns::data, false)).empty());
    CHECK(ids(json_contains<"$.list">(columns::data, "1")).empty());
    CHECK(ids(json_contains(columns::data, false)) == "2");
    CHECK(ids(!json_contains<"$.list">(columns::data, 1)) == "1234");
    CHECK(ids(json_contains(columns::tags, "it's \"q\"")) == "0");
  });
}

TEST_CASE("changes of JSON happen where they can, and nowhere else") {
  auto const found = selected(
      json_set<"$.a.new">(columns::data, columns::flag), json_insert<"$.n">(columns::data, 1),
      json_replace<"$.zz">(columns::data, 1), json_remove<"$.list[0]">(columns::data),
      json_remove<"$.n">(columns::data), json_append<"$.list">(columns::data, json::parse(R"({"deep": [1]})")),
      json_append(columns::data, "last"), json_merge_patch(columns::data, json::parse(R"({"n": null, "a": {"z": 1}})")),
      json_set<"$.s">(columns::data, "new"));
  CHECK(std::get<0>(found[0]).text().ends_with(R"("a":{"b c":["é"],"new":false}})"));
  CHECK(std::get<0>(found[1]).text().ends_with(R"("a":{"new":true}})"));
  CHECK(std::get<0>(found[2]).text() == R"([1,"two",false])");
  CHECK(std::get<0>(found[4]).text() == "{}");
  CHECK(std::get<1>(found[0]).text().starts_with(R"({"n":7)"));
  CHECK(std::get<1>(found[4]).text() == R"({"n":1})");
  CHECK(std::get<2>(found[4]).text() == "{}");
  CHECK(std::get<3>(found[0]).text().find(R"("list":[2.0,"two",true,null])") != std::string::npos);
  CHECK(std::get<3>(found[2]).text() == R"([1,"two",false])");
  CHECK(std::get<4>(found[1]).text().starts_with(R"({"x":3)"));
  CHECK(std::get<4>(found[3]).text() == R"("lone")");
  CHECK(std::get<5>(found[0]).text().find(R"(null,{"deep":[1]}])") != std::string::npos);
  CHECK(std::get<6>(found[2]).text() == R"([1,"two",false,"last"])");
  CHECK(std::get<6>(found[4]).text() == "{}");
  CHECK(std::get<7>(found[4]).text() == R"({"a":{"z":1}})");
  CHECK(std::get<8>(found[4]).text() == R"({"s":"new"})");
  CHECK(std::get<8>(found[3]).text() == R"("lone")");
}

TEST_CASE("any text that JSON can hold is put into it, all other is refused when the statement runs") {
  std::string const bad = "\xf0\x9f\x98";
  auto const is_refused = [](auto const& item) { CHECK_THROWS_AS(selected(item), invalid_value); };
  is_refused(json_set<"$.s">(columns::data, bad));
  is_refused(json_insert<"$.s">(columns::data, "\xff"));
  is_refused(json_replace<"$.s">(columns::data, std::string_view(bad)));
  is_refused(json_append(columns::data, "\xc0\x80"));
  is_refused(json_append<"$.list">(columns::data, val(bad)));
  is_refused(json_set<"$.s">(columns::data, coalesce(columns::note, bad)));
  is_refused(json_array(columns::whole, val("\xff")));
  is_refused(json_object<"w", "s">(columns::word, val(std::string("\xff"))));
  auto const found = selected(json_set<"$.s">(columns::data, std::string("a\0\"\\\n", 5)),
                              json_append(columns::tags, std::string("a\0b", 3)));
  CHECK(std::get<0>(found[4]).text() == R"({"s":"a\u0000\"\\\n"})");
  CHECK(std::get<1>(found[2]).text() == R"(["blue","a\u0000b"])");
}

TEST_CASE("text for JSON is looked at as it is when the statement runs") {
  std::string text = "good";
  auto const borrowed = json_set<"$.s">(columns::data, text);
  text[0] = '\xff';
  CHECK_THROWS_AS(selected(borrowed), invalid_value);
  text[0] = 'f';
  CHECK(std::get<0>(selected(borrowed, columns::id)[4]).text() == R"({"s":"food"})");
}

TEST_CASE("text that is not UTF-8 is refused in the JSON of a group, as a name and as a value") {
  auto db = tests::measures_database();
  db.read([](auto& session) {
    CHECK_THROWS_AS(session.all(select(json_agg(val("\xff"))).template from<Sample>()), invalid_value);
    CHECK_THROWS_AS(session.all(select(json_object_agg(val("\xff"), columns::whole)).template from<Sample>()),
                    invalid_value);
    CHECK(session.all(select(json_object_agg(val("n"), columns::whole)).template from<Sample>()).size() == 1);
  });
}

TEST_CASE("JSON is made of a row's values and of a group's") {
  auto const found = selected(json_object<"w", "on", "p", "note", "in">(columns::word, columns::flag, columns::price,
                                                                        columns::note, columns::data),
                              json_array(columns::whole, columns::grade, columns::maybe));
  CHECK(std::get<0>(found[4]).text() == R"({"w":"w4","on":false,"p":12.50,"note":null,"in":{}})");
  CHECK(std::get<1>(found[1]).text() == R"([10,"low",null])");
  auto db = tests::measures_database();
  db.write([](auto& session) {
    CHECK(session.value(select(json_agg(columns::word)).template from<Sample>()).text() == "[]");
    session.execute(insert(document_rows()));
    auto const [flags, named] =
        session.one(select(json_agg(columns::flag).filter(columns::whole < 20),
                           json_object_agg(columns::word, columns::whole).filter(columns::whole > 20))
                        .template from<Sample>());
    CHECK(flags.text() == "[false,true]");
    CHECK(named.text() == R"({"w3":30,"w4":40})");
  });
}

TEST_CASE("a list of text is a table with a row for each item") {
  auto db = tests::measures_database();
  db.write([](auto& session) {
    session.execute(insert(document_rows()));
    constexpr auto tag = each<"tag">(columns::tags);
    using row = std::tuple<std::string, std::int64_t, std::string>;
    CHECK(session.all(select(columns::word, tag.key, tag.value)
                          .template from<Sample>()
                          .cross_join(tag)
                          .where(columns::whole < 100)
                          .order_by(columns::id.asc(), tag.key.asc())) ==
          std::vector<row>{{"w0", 0, "red"}, {"w0", 1, "it's \"q\""}, {"w0", 2, "red"}, {"w2", 0, "blue"}});
    CHECK(session.all(select(tag.value, count())
                          .template from<Sample>()
                          .cross_join(tag)
                          .group_by(tag.value)
                          .order_by(count().desc(), tag.value.asc())) ==
          std::vector<std::tuple<std::string, std::int64_t>>{{"red", 2}, {"blue", 1}, {"it's \"q\"", 1}});
    CHECK(session.all(select(columns::word, tag.value)
                          .template from<Sample>()
                          .left_join(tag, tag.key == 0)
                          .order_by(columns::id.asc()))[1] == std::tuple<std::string, maybe_text>{"w1", std::nullopt});
  });
}

TEST_CASE("an index on what is at a path is searched, because the path stands in the text") {
  sqlite::options settings;
  settings.trusted_schema = true;  // SQLite 3.40 takes its own JSON functions for unsafe in a stored schema
  auto connection = sqlite::connection::open(":memory:", settings);
  connection.execute_script(
      "create table samples (id integer primary key, data text); "
      "create index by_s on samples (case json_type(data, '$.s') when 'text' then json_extract(data, '$.s') end)");
  auto const plan = [&](std::string const& text) {
    auto rows = connection.prepare_once("explain query plan " + text);
    return rows.step() ? std::string(rows.text(3)) : std::string();
  };
  auto const query = select(columns::id).from<Sample>().where(json_get<std::string, "$.s">(columns::data) == "text");
  CHECK(plan(std::string(sql<dialect::sqlite>(query))).find("USING INDEX by_s") != std::string::npos);
  CHECK(plan("select id from samples where case json_type(data, ?1) when 'text' then json_extract(data, ?1) end = ?2")
            .starts_with("SCAN samples"));
}
