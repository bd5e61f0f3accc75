// SPDX-License-Identifier: MIT
#include "systems/kernel/operations.hpp"

#include <settings.hpp>
#include <string>
#include <vector>

using namespace forge_db;
using tests::texts;
using tests::writing;
using settings = kernel::app::settings<writing>;

namespace {

json value(char const* text) { return json::parse(text); }

texts keys_of(kernel::app::setting_list const& list) {
  texts keys;
  for (setting const& one : list.settings) keys.push_back(one.key);
  return keys;
}

constexpr char no_json_in_mail[] =
    "update app_settings set value = '{not json' where app_id = 'mail' and \"key\" = 'broken'";

}  // namespace

TEST_CASE("AppSettingsRepository.get_all: all settings of the application by key, in pages of 1000") {
  tests::system_database db;
  db->write([](writing& s) {
    settings const mail{s, "mail"};
    CHECK(mail.get_all().settings.empty());
    for (char const* key : {"b", "a", "c"}) mail.set(key, value("1"));
    settings{s, "chat"}.set("d", value("1"));
    CHECK(keys_of(mail.get_all()) == texts{"a", "b", "c"});
    auto const second = mail.get_all({.page = 2, .per_page = 2});
    CHECK(keys_of(second) == texts{"c"});
    CHECK(second.total == 3);
    CHECK_THROWS_AS(mail.get_all({.per_page = 1001}), invalid_value);
  });
}

TEST_CASE("AppSettingsRepository.get_all: a stored value that is no JSON costs its own key only") {
  tests::system_database db;
  db->write([](writing& s) {
    settings{s, "mail"}.set("broken", value("1"));
    settings{s, "mail"}.set("sound", value("{\"a\": [1]}"));
  });
  sqlite::connection::open(db.file()).execute_script(no_json_in_mail);
  db->read([](sqlite::read_session& s) {
    kernel::app::settings<sqlite::read_session> const mail{s, "mail"};
    auto const all = mail.get_all();
    CHECK(keys_of(all) == texts{"sound"});
    CHECK(all.unreadable == texts{"broken"});
    CHECK(all.total == 2);
    CHECK_THROWS_AS(mail.get("broken"), decode_error);
    CHECK(mail.get("sound") == value("{\"a\": [1]}"));
  });
}

TEST_CASE("AppSettingsRepository.get: the value, nothing for a missing key, and null for a stored null") {
  tests::system_database db;
  db->write([](writing& s) {
    settings const mail{s, "mail"};
    mail.set("theme", value("\"dark\""));
    mail.set("none", value("null"));
    CHECK(mail.get("theme") == value("\"dark\""));
    CHECK(mail.get("none") == value("null"));
    CHECK_FALSE(mail.get("other"));
    CHECK_FALSE(settings{s, "chat"}.get("theme"));
  });
}

TEST_CASE("AppSettingsRepository.set: inserts or writes over, and refuses what is no JSON or no key") {
  tests::system_database db;
  db->write([](writing& s) {
    settings const mail{s, "mail"};
    mail.set("theme", value("\"dark\""));
    mail.set("theme", value("[1, 2]"));
    CHECK(mail.get("theme") == value("[1, 2]"));
    CHECK(mail.get_all().total == 1);
    CHECK_THROWS_AS(mail.set("theme", json::unchecked("[1,")), invalid_value);
    CHECK_THROWS_AS(mail.set("", value("1")), invalid_value);
    CHECK(mail.get("theme") == value("[1, 2]"));
  });
}

TEST_CASE("AppSettingsRepository.set_all: writes these, leaves the others, and checks all before the first") {
  tests::system_database db;
  db->write([](writing& s) {
    settings const mail{s, "mail"};
    mail.set("theme", value("1"));
    mail.set("kept", value("2"));
    mail.set_all(std::vector<setting>{{"theme", value("3")}, {"fresh", value("4")}, {"fresh", value("5")}});
    CHECK(keys_of(mail.get_all()) == texts{"fresh", "kept", "theme"});
    CHECK(mail.get("theme") == value("3"));
    CHECK(mail.get("fresh") == value("5"));
    CHECK_THROWS_AS(mail.set_all(std::vector<setting>{{"theme", value("9")}, {"bad ", value("1")}}), invalid_value);
    CHECK(mail.get("theme") == value("3"));
  });
}

TEST_CASE("AppSettingsRepository.delete: tells whether the key was there") {
  tests::system_database db;
  db->write([](writing& s) {
    settings const mail{s, "mail"};
    mail.set("theme", value("1"));
    CHECK_FALSE(settings{s, "chat"}.remove("theme"));
    CHECK(mail.remove("theme"));
    CHECK_FALSE(mail.remove("theme"));
    CHECK_FALSE(mail.get("theme"));
  });
}

TEST_CASE("AppSettingsRepository.reset: removes the settings of the application and counts them") {
  tests::system_database db;
  db->write([](writing& s) {
    settings const mail{s, "mail"};
    mail.set("a", value("1"));
    mail.set("b", value("1"));
    settings{s, "chat"}.set("a", value("1"));
    CHECK(mail.reset() == 2);
    CHECK(mail.reset() == 0);
    CHECK(settings{s, "chat"}.get_all().total == 1);
  });
}
