// SPDX-License-Identifier: MIT
#include "startup.hpp"

#include "data_rules.hpp"

#include <forge_db/driver/sqlite/sqlite.hpp>
#include <forge_db/maintenance/maintenance.hpp>
#include <forge_db/migration/migration.hpp>

#include <chrono>
#include <kernel/migrations.hpp>
#include <promptforge/migrations.hpp>
#include <string>
#include <string_view>
#include <utility>

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

forge_db::sqlite::connection open_to_read(std::string const& file) {
  forge_db::sqlite::options settings;
  settings.read_only = true;
  return forge_db::sqlite::connection::open(file, settings);
}

}  // namespace

start_report start_up(std::string const& file, forge_db::migration::observer* watch) {
  auto const start = std::chrono::steady_clock::now();
  start_report report;
  {
    auto connection = forge_db::sqlite::connection::open(file);
    connection.set_trace([&](std::string_view) { ++report.statements; });
    schemas const all;
    report.migrations = forge_db::migration::runner{connection}.upgrade(all.in_order(), watch);
  }
  report.hardening = forge_db::harden(file);
  report.took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  return report;
}

forge_db::migration::status_report status_of(std::string const& file) {
  auto connection = open_to_read(file);
  return forge_db::migration::runner{connection}.status(schemas{}.in_order());
}

forge_db::migration::verification verify(std::string const& file) {
  auto connection = open_to_read(file);
  return forge_db::migration::runner{connection}.verify(schemas{}.in_order());
}

}  // namespace promptforge_db
