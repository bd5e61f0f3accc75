// SPDX-License-Identifier: MIT
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/app_settings_repository.hpp>
#include <desk/preferences_repository.hpp>

#include <forge_db/query/render.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace forge_db;
using namespace desk;
using texts = std::vector<std::string>;

namespace {

/// What was written without asking the repository.
void put(sqlite::write_session& session, std::string const& text) {
  session.connection().execute_script("insert into preferences (name, content) values ('odd', '" + text + "')");
}

}  // namespace

TEST_CASE("a setting comes back as the type that it went in") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const settings = AppSettingRepository{session}.settings("mail");
    settings.set("on", true);
    settings.set("size", 12);
    settings.set("most", std::numeric_limits<std::int64_t>::min());
    settings.set("ratio", 0.1);
    settings.set("whole", 2.0);
    settings.set("theme", "d\"a\xc3\xb6k");
    settings.set("langs", texts{"de", "en"});
    settings.set("window", json::parse(R"({"w": 3})"));
    CHECK(settings.get("on", false));
    CHECK(settings.get("size", 0) == 12);
    CHECK(settings.find<std::int64_t>("most") == std::numeric_limits<std::int64_t>::min());
    CHECK(settings.get("ratio", 0.0) == 0.1);
    CHECK(settings.find<json>("whole")->text() == "2.0");
    CHECK(settings.get("theme", "light") == "d\"a\xc3\xb6k");
    CHECK(settings.find<texts>("langs") == texts{"de", "en"});
    CHECK(settings.find<json>("window")->text() == R"({"w": 3})");
  });
}

TEST_CASE("a setting that is not there, or null, is the default") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const settings = AppSettingRepository{session}.settings("mail");
    CHECK(settings.get("size", 7) == 7);
    CHECK_FALSE(settings.find<bool>("on"));
    settings.set("size", json{});
    CHECK(settings.get("size", 7) == 7);
    CHECK(settings.find<json>("size")->text() == "null");
  });
}

TEST_CASE("a setting of another kind is refused, and none is taken for another") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const settings = AppSettingRepository{session}.settings("mail");
    settings.set("n", 300);
    CHECK_THROWS_AS(settings.find<bool>("n"), decode_error);
    CHECK_THROWS_AS(settings.find<std::string>("n"), decode_error);
    CHECK_THROWS_AS(settings.find<std::int8_t>("n"), decode_error);
    settings.set("s", "1");
    CHECK_THROWS_AS(settings.find<int>("s"), decode_error);
    settings.set("r", 1.5);
    CHECK_THROWS_AS(settings.find<int>("r"), decode_error);
    CHECK_THROWS_AS(settings.find<texts>("s"), decode_error);
    CHECK_THROWS_AS(settings.set("x", std::numeric_limits<double>::infinity()), invalid_value);
    CHECK_THROWS_AS(settings.set("x", json::unchecked("oops")), invalid_value);
  });
}

TEST_CASE("settings of one scope are not those of another") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    AppSettingRepository repository{session};
    repository.settings("mail").set("size", 1);
    repository.settings("news").set("size", 2);
    CHECK(repository.settings("mail").get("size", 0) == 1);
    CHECK(repository.settings("mail").clear() == 1);
    CHECK(repository.settings("mail").all().empty());
    CHECK(repository.settings("news").get("size", 0) == 2);
  });
}

TEST_CASE("set writes over, keeps the row, and refreshes its stamp") {
  tests::desk_database db;
  AppSetting first;
  db->write([&](sqlite::write_session& session) {
    AppSettingRepository{session}.settings("mail").set("size", 1);
    first = AppSettingRepository{session}.list().rows.at(0);
  });
  db->write([&](sqlite::write_session& session) {
    session.connection().execute_script("update app_settings set updated_at = created_at");
    AppSettingRepository{session}.settings("mail").set("size", 2);
    auto const second = AppSettingRepository{session}.list().rows.at(0);
    CHECK(second.id == first.id);
    CHECK(second.value.text() == "2");
    CHECK(second.created_at == first.created_at);
    CHECK(second.updated_at > first.created_at);
  });
}

TEST_CASE("merge sets all, unset takes one away, all lists by key") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const settings = PreferenceRepository{session}.settings();
    settings.set("b", 1);
    settings.merge({{"c", json::parse("3")}, {"a", json::parse("[]")}, {"b", json::parse("2")}});
    CHECK(settings.unset("c"));
    CHECK_FALSE(settings.unset("c"));
    auto const all = settings.all();
    REQUIRE(all.size() == 2);
    CHECK(all[0].key == "a");
    CHECK(all[1].key == "b");
    CHECK(all[1].value.text() == "2");
  });
}

TEST_CASE("merge writes nothing when one of its settings is refused") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const settings = PreferenceRepository{session}.settings();
    CHECK_THROWS_AS(settings.merge({{"a", json{}}, {"", json{}}}), invalid_value);
    CHECK_THROWS_AS(settings.merge({{"a", json{}}, {"b", json::unchecked("{")}}), invalid_value);
    CHECK(settings.all().empty());
  });
}

TEST_CASE("text that is no JSON does not keep the other settings from being read") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const settings = PreferenceRepository{session}.settings();
    settings.set("a", 1);
    put(session, "{oops");
    CHECK(settings.all().size() == 2);
    CHECK(settings.get("a", 0) == 1);
    CHECK_THROWS_AS(settings.get("odd", 0), decode_error);
    CHECK_THROWS_AS(settings.increment("odd"), decode_error);
  });
}

TEST_CASE("increment counts from 0, and refuses what is no integer without a change") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const settings = AppSettingRepository{session}.settings("mail");
    CHECK(settings.increment("n") == 1);
    CHECK(settings.increment("n", 41) == 42);
    CHECK(settings.increment("n", -2) == 40);
    CHECK(settings.find<json>("n")->text() == "40");
    for (char const* other : {"true", "1.5", "\"1\"", "null", "[1]", "9223372036854775807"}) {
      settings.set("n", json::parse(other));
      CHECK_THROWS_AS(settings.increment("n"), decode_error);
      CHECK(settings.find<json>("n")->text() == other);
    }
  });
}

TEST_CASE("keys of settings that nobody could read are refused") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    auto const settings = PreferenceRepository{session}.settings();
    for (std::string const& key : {std::string{}, std::string(" a"), std::string("a "), std::string("a\nb"),
                                   std::string("a\0b", 3), std::string("a\x7f"), std::string(256, 'k')}) {
      CHECK_THROWS_AS(settings.set(key, 1), invalid_value);
      CHECK_THROWS_AS(settings.find<int>(key), invalid_value);
      CHECK_THROWS_AS(settings.unset(key), invalid_value);
      CHECK_THROWS_AS(settings.increment(key), invalid_value);
    }
    settings.set(std::string(255, 'k'), 1);
    settings.set("editor.font size-\xc3\xa4", 1);
    CHECK(settings.all().size() == 2);
  });
}

TEST_CASE("each call of settings is one statement") {
  tests::desk_database db;
  CHECK(db.statements([](sqlite::write_session& s) { AppSettingRepository{s}.settings("m").set("k", 1); }).size() == 1);
  CHECK(db.statements([](sqlite::write_session& s) { AppSettingRepository{s}.settings("m").increment("k"); }).size() ==
        1);
  CHECK(db.statements([](sqlite::write_session& s) {
            static_cast<void>(AppSettingRepository{s}.settings("m").get("k", 0));
          }).size() == 1);
}

TEST_CASE("the texts of settings on both dialects") {
  CHECK(
      sql_text<forge_db::detail::set_setting<AppSetting>, dialect::postgres> ==
      R"(insert into "app_settings" ("app_id", "key", "value", "id", "created_at", "updated_at") values ($1, $2, $3, )"
      R"($4, $5, $6) on conflict ("app_id", "key") do update set "value" = excluded."value", "updated_at" = )"
      R"(excluded."updated_at")");
  CHECK(sql_text<forge_db::detail::get_setting<AppSetting>, dialect::sqlite> ==
        R"(select "value" from "app_settings" where "app_id" = ? and "key" = ?)");
  CHECK(
      sql_text<forge_db::detail::increment_setting<Preference>, dialect::sqlite> ==
      R"(insert into "preferences" ("name", "content") values (?, ?) on conflict ("name") do update set "content" = )"
      R"(cast(json_extract("preferences"."content", '$') + json_extract(excluded."content", '$') as text) where case )"
      R"(when json_valid("preferences"."content") then json_type("preferences"."content") = 'integer' and )"
      R"(typeof(json_extract("preferences"."content", '$') + json_extract(excluded."content", '$')) = 'integer' else )"
      R"(false end returning "content")");
  CHECK(
      sql_text<forge_db::detail::increment_setting<Preference>, dialect::postgres> ==
      R"(insert into "preferences" ("name", "content") values ($1, $2) on conflict ("name") do update set "content" = )"
      R"(to_jsonb(("preferences"."content" #>> '{}')::bigint + (excluded."content" #>> '{}')::bigint) where )"
      R"(("preferences"."content")::text ~ '^-?[0-9]{1,19}$' returning "content")");
}
