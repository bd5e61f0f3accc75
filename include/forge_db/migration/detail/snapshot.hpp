// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/backup.hpp>
#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/list.hpp>
#include <forge_db/migration/upgrade_options.hpp>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <string>
#include <utility>
#include <variant>

namespace forge_db::migration::detail {

inline bool has_write_ahead_log(sqlite::connection& connection) {
  auto mode = connection.prepare_once("pragma main.journal_mode");
  return mode.step() && mode.text(0) == "wal";
}

/// Whether any operation could destroy something, whatever the database is like.
inline bool may_destroy(migration const& each) {
  return std::any_of(each.operations.begin(), each.operations.end(), [](operation const& op) {
    return std::holds_alternative<drop_table>(op) || std::holds_alternative<drop_column>(op) ||
           std::holds_alternative<alter_table>(op) || std::holds_alternative<sql_step>(op);
  });
}

/// A copy of a database file, deleted again by the destructor unless it was kept.
class snapshot {
 public:
  /// What is committed in `connection`'s file, read by a connection of its own: uncommitted work is not in it, and the
  /// write lock may be held meanwhile. Nothing for a database that has no file.
  snapshot(sqlite::connection& connection, std::string const& schema, migration const& before,
           upgrade_options const& options) {
    char const* const name = sqlite3_db_filename(connection.native(), "main");
    if (name == nullptr || *name == 0) return;
    std::string const file = name;
    create(stem(file, schema, before, options));
    try {
      sqlite::options settings;
      settings.readers = 1;
      settings.journal_wal = false;
      settings.synchronous_normal = false;
      auto copy = sqlite::connection::open(path_, settings);
      settings.read_only = true;
      auto source = sqlite::connection::open(file, settings);
      sqlite::backup(source, copy);
    } catch (...) {
      remove();
      throw;
    }
  }
  snapshot(snapshot const&) = delete;
  snapshot& operator=(snapshot const&) = delete;
  ~snapshot() {
    if (!kept_) remove();
  }

  void keep() { kept_ = true; }
  std::string const& path() const { return path_; }

 private:
  static std::string stem(std::string const& file, std::string const& schema, migration const& before,
                          upgrade_options const& options) {
    std::string name = file;
    if (!options.snapshot_folder.empty())
      name = options.snapshot_folder + '/' + file.substr(file.find_last_of('/') + 1);
    name += ".before-";
    for (char c : schema) name += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    std::time_t const now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char text[32];
    std::size_t const size = std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &utc);
    return name + '-' + std::to_string(before.version) + '-' + std::string{text, size};
  }

  /// An empty file that did not exist before: links and files of other users are never written through.
  void create(std::string const& stem) {
    for (int number = 1; number < 1000; ++number) {
      std::string path = stem + (number == 1 ? "" : "-" + std::to_string(number)) + ".snapshot";
      int const made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
      if (made >= 0) {
        ::close(made);
        path_ = std::move(path);
        return;
      }
      if (errno != EEXIST) break;
    }
    throw cannot_open(
        "forge_db: the snapshot " + stem +
        ".snapshot could not be created; give a folder that can be "
        "written to as upgrade_options::snapshot_folder, or switch snapshots off and copy the file yourself");
  }

  void remove() noexcept {
    if (path_.empty()) return;
    ::unlink(path_.c_str());
    ::unlink((path_ + "-journal").c_str());
  }

  std::string path_{};
  bool kept_ = false;
};

}  // namespace forge_db::migration::detail
