// SPDX-License-Identifier: MIT
//
// A file at version 1, and the migration to version 2, which drops a column and makes a snapshot before: for tests that
// kill this program.
//
//     snapshot_upgrade FILE wal|delete 1|2
#include <forge_db/migration/migration.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace forge_db::migration;

column_def column(std::string name, std::string type, std::string sqlite_type) {
  return {std::move(name), std::move(type), std::move(sqlite_type), "text", true};
}

list versions(int last) {
  column_def const id = column("id", "int64", "INTEGER");
  column_def const kept = column("kept", "text", "TEXT");
  column_def const dropped = column("dropped", "text", "TEXT");
  table_def const before{.name = "rows", .columns = {id, kept, dropped}, .primary_key = {"id"}};
  table_def const after{.name = "rows", .columns = {id, kept}, .primary_key = {"id"}};
  list all{"snapshots"};
  all.migrations.push_back({1, "rows", "hash of 1", {}, {}, {create_table{before}}});
  if (last == 2) all.migrations.push_back({2, "fewer", "hash of 2", {}, {}, {drop_column{"rows", dropped}}});
  all.tables = {last == 2 ? after : before};
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  try {
    forge_db::sqlite::options settings;
    settings.journal_wal = std::string_view{argv[2]} == "wal";
    auto connection = forge_db::sqlite::connection::open(argv[1], settings);
    list const schema = versions(std::string_view{argv[3]} == "2" ? 2 : 1);
    report const done = runner{connection}.upgrade({&schema});
    for (auto const& each : done.schemas[0].migrations)
      if (!each.snapshot.empty()) std::printf("%s\n", each.snapshot.c_str());
    return 0;
  } catch (std::exception const& problem) {
    std::fprintf(stderr, "snapshot_upgrade: %s\n", problem.what());
    return 1;
  }
}
