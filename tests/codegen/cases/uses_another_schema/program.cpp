// SPDX-License-Identifier: MIT
// Three schemas in one database file, each with its ledger, and keys across them.
#include <base/migrations.hpp>
#include <kernel/apps_repository.hpp>
#include <kernel/migrations.hpp>
#include <prompts/migrations.hpp>
#include <prompts/prompts_repository.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <cstdio>
#include <string>

#define REQUIRE(condition) \
  if (!(condition)) return std::printf("line %d: %s\n", __LINE__, #condition), 1

namespace m = forge_db::migration;

namespace {

std::string refusal(forge_db::sqlite::database& db, m::runner::lists const& lists) {
  try {
    m::runner{db}.upgrade(lists);
    return {};
  } catch (forge_db::session_misuse const& error) {
    return error.message();
  }
}

template <class Work>
bool violates_key(forge_db::sqlite::database& db, Work const& work) {
  try {
    db.write(work);
    return false;
  } catch (forge_db::constraint_violation const& error) {
    return error.code() == forge_db::error_code::foreign_key_violation;
  }
}

std::int64_t count(forge_db::sqlite::database& db, char const* sql) {
  return db.write([&](auto& session) {
    auto statement = session.connection().prepare_once(sql);
    statement.step();
    return statement.int64(0);
  });
}

}  // namespace

int main() {
  auto const* base = &base::migrations();
  auto const* kernel = &kernel_data::migrations();
  auto const* prompts = &prompts::migrations();
  auto db = forge_db::sqlite::open(":memory:");

  // A wrong order is refused with the cure, before anything is changed; so is a schema that is not there at all.
  REQUIRE(
      refusal(db, {base, prompts, kernel}) ==
      "forge_db: upgrade requires schema kernel to come before schema prompts, which refers to its tables; pass the "
      "lists in that order");
  REQUIRE(
      refusal(db, {prompts}) ==
      "forge_db: upgrade requires schema kernel, whose tables schema prompts refers to, to be in the database; pass "
      "its list before that of prompts");
  REQUIRE(count(db, "select count(*) from sqlite_schema") == 0);

  m::runner run{db};
  run.upgrade({base, kernel});
  auto const done = run.upgrade({prompts});
  REQUIRE(done.schemas.size() == 1 && done.schemas[0].to == 1 && !done.has_drift());
  REQUIRE(run.upgrade({base, kernel, prompts}).schemas[1].up_to_date);

  // Keys across the schemas, with the ids of the schema that they refer to.
  auto const [app, prompt] = db.write([](auto& session) {
    session.connection().execute_script("insert into tenants values (1, 'one'); insert into versions_known values (3)");
    auto const made = kernel_data::AppRepository{session}.insert({.tenant_id = base::TenantId{1}, .code = "forge"});
    session.connection().execute_script("insert into versions select id, 3 from apps");
    prompts::PromptRepository all{session};
    auto const first = all.insert({.app_id = made.id,
                                   .app_code = "forge",
                                   .version_app = made.id,
                                   .version = kernel_data::KnownVersionId{3},
                                   .title = "a"});
    return std::pair{made, first.id};
  });
  REQUIRE(violates_key(db, [](auto& session) {
    prompts::PromptRepository{session}.insert({.app_id = kernel_data::AppId{forge_db::uuid_v7()}, .title = "b"});
  }));
  REQUIRE(violates_key(db, [&app = app](auto& session) {
    prompts::PromptRepository{session}.insert(
        {.app_id = app.id, .version_app = app.id, .version = kernel_data::KnownVersionId{4}, .title = "b"});
  }));
  db.write([&](auto& session) {
    session.connection().execute_script("delete from versions");
    auto const kept = prompts::PromptRepository{session}.get(prompt);
    if (kept.version_app || kept.version) throw forge_db::session_misuse("set_null did nothing");
  });

  // The kernel goes on: a rebuild of a table that another schema refers to leaves that schema's rows alone.
  m::list later = *kernel;
  m::table_def after = later.tables.front();
  REQUIRE(after.name == "apps");
  after.checks.push_back({"ck_apps_code", "code <> ''"});
  later.migrations.push_back({.version = 2,
                              .title = "check",
                              .hash = std::string(64, 'a'),
                              .operations = {m::alter_table{later.tables.front(), after}}});
  later.tables.front() = after;
  auto const went_on = run.upgrade({base, &later, prompts});
  REQUIRE(went_on.schemas[1].to == 2 && went_on.schemas[1].migrations.at(0).operations.at(0).way == "table rebuild");
  REQUIRE(went_on.schemas[2].migrations.empty() && !went_on.has_drift());
  REQUIRE(count(db, "select count(*) from prompts") == 1);
  REQUIRE(violates_key(db, [](auto& session) {
    prompts::PromptRepository{session}.insert({.app_id = kernel_data::AppId{forge_db::uuid_v7()}, .title = "b"});
  }));

  // A key over two columns is added to a filled table: rows that it would not let in refuse it, with their number. A
  // row with one of the columns empty refers to nothing.
  m::list keyed = *prompts;
  m::table_def const with_key = keyed.tables.front();
  m::table_def without_key = with_key;
  std::erase_if(without_key.foreign_keys, [](m::foreign_key_def const& key) { return key.columns.size() == 2; });
  m::table_def again = with_key;
  for (m::foreign_key_def& key : again.foreign_keys) key.on_update = "cascade";
  keyed.migrations.push_back({.version = 2,
                              .title = "drop",
                              .hash = std::string(64, 'b'),
                              .operations = {m::alter_table{with_key, without_key}}});
  keyed.tables.front() = without_key;
  REQUIRE(!run.upgrade({base, &later, &keyed}).has_drift());
  db.write([](auto& session) {
    session.connection().execute_script("update prompts set version_app = app_id, version = 9");
    session.connection().execute_script(
        "insert into prompts (app_id, version, title) select app_id, 9, 'half' from prompts");
  });
  keyed.migrations.push_back(
      {.version = 3, .title = "add", .hash = std::string(64, 'c'), .operations = {m::alter_table{without_key, again}}});
  keyed.tables.front() = again;
  try {
    run.upgrade({base, &later, &keyed});
    REQUIRE(false);
  } catch (forge_db::migration_failed const& error) {
    REQUIRE(std::string{error.what()}.find("1 row without one") != std::string::npos);
  }
  db.write([](auto& session) { session.connection().execute_script("update prompts set version = null"); });
  REQUIRE(run.upgrade({base, &later, &keyed}).schemas[2].to == 3);
  REQUIRE(count(db, "select count(*) from pragma_foreign_key_list('prompts') where on_update = 'CASCADE'") == 4);
  db.write([](auto& session) { session.connection().execute_script("delete from prompts where title = 'half'"); });

  // Each schema answers for its own objects.
  REQUIRE(run.verify({base, &later, &keyed}).clean());
  REQUIRE(run.verify({base, &later, &keyed}).not_ours.empty());
  db.write([](auto& session) {
    session.connection().execute_script("alter table versions_known rename column number to odd");
  });
  auto const found = run.verify({base, &later, &keyed});
  REQUIRE(found.schemas[0].clean() && !found.schemas[1].clean() && found.schemas[2].clean());
  REQUIRE(run.verify({&keyed}).clean());
  auto const drift = run.upgrade({base, &later, &keyed});
  REQUIRE(drift.schemas[0].drift.empty() && !drift.schemas[1].drift.empty() && drift.schemas[2].drift.empty());

  db.write([&app = app](auto& session) { kernel_data::AppRepository{session}.remove(app.id); });
  REQUIRE(count(db, "select count(*) from prompts") == 0);

  // PostgreSQL's text of the key over two columns.
  auto const& create = std::get<m::create_table>(prompts->migrations.at(0).operations.at(0));
  auto const text = m::statements(create, forge_db::dialect::postgres).at(0);
  REQUIRE(
      text.find("FOREIGN KEY (\"version_app\", \"version\") REFERENCES \"versions\" (\"app_id\", \"number\") ON DELETE "
                "SET NULL") != std::string::npos);
  return 0;
}
