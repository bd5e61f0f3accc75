// SPDX-License-Identifier: MIT
//
// Ordinary writes, one transaction after the other, each told on standard output once it is committed: for tests that
// kill this program and then look which of them are there. Write number k depends on k only, and leaves a row of the
// audit log with it; a new start goes on behind the last one that it finds. The file has the kernel's tables.
//
//     acknowledged_writes FILE wal|delete COUNT
#include <forge_db/forge_db.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <kernel/repositories.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kernel;

constexpr char app[] = "writes";

/// Rows that refer to each other, and a savepoint whose work must never be seen.
void several_tables(auto& s, int number) {
  std::string const name = std::to_string(number);
  auto const folder = VfsFolderRepository{s, app}.insert({.name = name});
  VfsFileRepository files{s, app};
  for (int i = 0; i < 3; ++i)
    files.insert({.folder_id = folder.id, .name = name + '/' + std::to_string(i), .content = std::string(2000, 'x')});
  try {
    s.transaction([&](auto& inner) {
      VfsFileRepository{inner, app}.insert({.name = "undone", .content = std::string(20000, 'y')});
      throw std::runtime_error("undo");
    });
  } catch (std::runtime_error const&) {
  }
}

void many_rows(auto& s, int number) {
  std::vector<NewAppDocument> rows(150,
                                   NewAppDocument{.name = std::to_string(number), .content = std::string(300, 'd')});
  AppDocumentRepository{s, app}.insert_many(rows);
}

/// The file's former content becomes a version of it.
void patch(auto& s, int number) {
  VfsFileRepository files{s, app};
  auto const found = s.first(forge_db::select<VfsFile>().where(vfs_files::name == "counter"));
  VfsFile const file = found ? *found : files.insert({.name = "counter", .content = "0"});
  files.update(file.id, {.content = std::to_string(number)});
}

void upsert(auto& s, int number) {
  AppUsageRepository{s}.upsert({.app_id = app, .resource = "api_calls", .period = "2026-02-20T14", .count = number},
                               app_usage::app_id, app_usage::resource, app_usage::period);
  AppSettingRepository{s}.upsert({.app_id = app, .key = "last", .value = forge_db::json::parse(std::to_string(number))},
                                 app_settings::app_id, app_settings::key);
}

/// Its files lose it.
void remove(auto& s, int number) {
  s.execute(forge_db::remove<VfsFolder>().where(vfs_folders::name == std::to_string(number - 4)));
}

void run(auto& s, int number) {
  switch (number % 5) {
    case 0:
      several_tables(s, number);
      break;
    case 1:
      many_rows(s, number);
      break;
    case 2:
      patch(s, number);
      break;
    case 3:
      upsert(s, number);
      break;
    default:
      remove(s, number);
  }
  AuditLogRepository{s, app}.insert(
      {.action = "write", .resource_type = "number", .resource_id = std::to_string(number)});
}

void acknowledge(int number) {
  std::string const line = std::to_string(number) + '\n';
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  try {
    forge_db::sqlite::options settings;
    settings.journal_wal = std::string_view{argv[2]} == "wal";
    settings.cache_size_kib = 64;  // so that transactions write before they commit
    settings.wal_autocheckpoint = 40;
    auto db = forge_db::sqlite::open(argv[1], settings);
    int const first = 1 + static_cast<int>(db.read([](auto& s) { return AuditLogRepository{s, app}.count(); }));
    for (int number = first; number < first + std::atoi(argv[3]); ++number) {
      db.write([&](auto& s) { run(s, number); });
      acknowledge(number);
    }
    return 0;
  } catch (std::exception const& problem) {
    std::fprintf(stderr, "acknowledged_writes: %s\n", problem.what());
    return 1;
  }
}
