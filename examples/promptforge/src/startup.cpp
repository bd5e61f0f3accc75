// SPDX-License-Identifier: MIT
#include "startup.hpp"

#include "data_rules.hpp"

#include <forge_db/driver/sqlite/sqlite.hpp>
#include <forge_db/maintenance/maintenance.hpp>
#include <forge_db/migration/migration.hpp>

#include <algorithm>
#include <chrono>
#include <kernel/migrations.hpp>
#include <promptforge/migrations.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace promptforge_db {
namespace {

/// Both lists in the order of their start, and the steps that they call.
class schemas {
 public:
  std::vector<forge_db::migration::list const*> in_order() const { return {&kernel_, &application_}; }

 private:
  kernel_rules kernel_rules_;
  application_rules application_rules_;
  forge_db::migration::list kernel_ = kernel::migrations(kernel_rules_);
  forge_db::migration::list application_ = promptforge::migrations(application_rules_);
};

/// What `ask` answers of a connection that only reads, which leaves nothing behind.
template <class Ask>
auto read(std::string const& file, Ask const& ask) {
  struct tidy_at_end {
    std::string const& file;
    ~tidy_at_end() { forge_db::tidy_side_files(file); }
  } const tidy{file};
  forge_db::sqlite::options settings;
  settings.read_only = true;
  auto connection = forge_db::sqlite::connection::open(file, settings);
  return ask(connection, schemas{}.in_order());
}

bool has_migrated(forge_db::migration::report const& report) {
  return std::any_of(report.schemas.begin(), report.schemas.end(),
                     [](auto const& schema) { return !schema.migrations.empty(); });
}

/// The earlier program rebuilt a table in steps of their own: create, copy, drop, rename. Where it died before the last
/// one, the rows are in the copy only, which gets its name here; otherwise an empty table would take its place. Only
/// before the first upgrade.
std::vector<std::string> finish_interrupted_rebuilds(forge_db::sqlite::connection& connection) {
  auto const orphans = [&] {
    std::vector<std::string> names;
    auto found = connection.prepare_once(
        "select substr(copy.name, 1, length(copy.name) - 4) from sqlite_schema copy where copy.type = 'table' "
        "and copy.name in ('projects_new', 'prompts_new') and not exists (select 1 from sqlite_schema where "
        "name in ('_forge_head', substr(copy.name, 1, length(copy.name) - 4)))");
    while (found.step()) names.emplace_back(found.text(0));
    return names;
  };
  if (orphans().empty()) return {};
  connection.execute_script("pragma legacy_alter_table = on");  // views name the missing table
  connection.begin_write();
  std::vector<std::string> lines;
  for (std::string const& name : orphans()) {  // asked again: another process may have been faster
    connection.execute_script("alter table " + name + "_new rename to " + name);
    lines.push_back("table " + name + ": a rebuild that the earlier program left unfinished was completed, from " +
                    name + "_new");
  }
  connection.commit();
  connection.execute_script("pragma legacy_alter_table = off");
  return lines;
}

}  // namespace

start_report start_up(std::string const& file, forge_db::migration::observer* watch) {
  auto const start = std::chrono::steady_clock::now();
  start_report report;
  {
    auto connection = forge_db::sqlite::connection::open(file);
    connection.set_trace([&](std::string_view) { ++report.statements; });
    report.repaired = finish_interrupted_rebuilds(connection);
    schemas const all;
    report.migrations = forge_db::migration::runner{connection}.upgrade(all.in_order(), watch);
    if (has_migrated(report.migrations)) report.odd_rows = forge_db::check_rows(connection, all.in_order());
  }
  report.hardening = forge_db::harden(file);
  report.took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  return report;
}

forge_db::migration::status_report status_of(std::string const& file) {
  return read(file,
              [](auto& connection, auto const& all) { return forge_db::migration::runner{connection}.status(all); });
}

verify_report verify(std::string const& file) {
  return read(file, [](auto& connection, auto const& all) {
    return verify_report{forge_db::migration::runner{connection}.verify(all), forge_db::check_rows(connection, all)};
  });
}

}  // namespace promptforge_db
