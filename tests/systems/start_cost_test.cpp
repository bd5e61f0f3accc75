// SPDX-License-Identifier: MIT
#include "runtime/driver/temporary_directory.hpp"
#include "support/catch.hpp"

#include <forge_db/driver/sqlite/sqlite.hpp>
#include <forge_db/migration/migration.hpp>

#include <algorithm>
#include <data_rules.hpp>
#include <startup.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct traced_start {
  std::vector<std::string> statements;
  forge_db::migration::report report;
};

/// A start as the program does it, with the text of every statement beyond the set-up of the connection.
traced_start start(std::string const& file) {
  promptforge_db::kernel_rules kernel_rules;
  promptforge_db::application_rules application_rules;
  auto const kernel = ::kernel::migrations(kernel_rules);
  auto const application = promptforge::migrations(application_rules);
  auto connection = forge_db::sqlite::connection::open(file);
  traced_start traced;
  connection.set_trace([&](std::string_view sql) { traced.statements.emplace_back(sql); });
  traced.report = forge_db::migration::runner{connection}.upgrade({&kernel, &application});
  return traced;
}

}  // namespace

TEST_CASE("an up-to-date start takes at most three statements a schema beside the steps of every start") {
  temporary_directory const directory;
  auto const file = directory.file("system.db");
  auto const first = start(file);
  REQUIRE(first.statements.size() > 100);  // the trace sees what is done

  auto const second = start(file);
  auto const& all = second.statements;
  REQUIRE(second.report.schemas.size() == 2);
  for (auto const& schema : second.report.schemas) {
    CHECK(schema.up_to_date);
    CHECK(schema.migrations.empty());
  }
  // The one step of every start is a transaction around one update.
  auto const begin = std::find_if(all.begin(), all.end(), [](auto const& sql) { return sql.starts_with("begin"); });
  REQUIRE(all.end() - begin == 3);
  CHECK(begin[1].starts_with("update \"optimizations\""));
  CHECK(begin[2] == "commit");
  CHECK(begin - all.begin() <= 3L * 2);
}

TEST_CASE("a start tells what it cost") {
  temporary_directory const directory;
  auto const file = directory.file("system.db");
  CHECK(promptforge_db::start_up(file).statements > 100);
  auto const again = promptforge_db::start_up(file);
  CHECK(again.statements <= 3 * 2 + 3);
  CHECK(again.took.count() > 0);
}

TEST_CASE("status and verify agree that a new file is as it should be") {
  temporary_directory const directory;
  auto const file = directory.file("system.db");
  promptforge_db::start_up(file);
  auto const status = promptforge_db::status_of(file);
  REQUIRE(status.schemas.size() == 2);
  CHECK(status.schemas[0].version == 24);
  CHECK(status.schemas[1].version == 55);
  for (auto const& schema : status.schemas) {
    CHECK(schema.pending.empty());
    CHECK(schema.accepted.empty());
  }
  auto const found = promptforge_db::verify(file);
  CHECK(found.schema.clean());
  CHECK(found.schema.not_ours.empty());
  CHECK(found.odd_rows.empty());
}
