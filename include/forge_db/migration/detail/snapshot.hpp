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
#include <type_traits>
#include <utility>
#include <variant>

namespace forge_db::migration::detail {

inline bool has_write_ahead_log(sqlite::connection& connection) {
  auto mode = connection.prepare_once("pragma main.journal_mode");
  return mode.step() && mode.text(0) == "wal";
}

template <class Op, class... Ops>
inline constexpr bool is_one_of_operations = (std::is_same_v<Op, Ops> || ...);

/// Whether an operation could destroy something, whatever the database is like. Each one is told here.
template <class Op>
inline constexpr bool may_destroy_rows = [] {
  constexpr bool may = is_one_of_operations<Op, drop_table, drop_column, alter_table, sql_step>;
  constexpr bool keeps = is_one_of_operations<Op, create_table, rename_table, add_column, rename_column, create_index,
                                              drop_index, create_view, drop_view, create_trigger, drop_trigger,
                                              create_full_text, drop_full_text, data_step>;
  static_assert(may != keeps,
                "forge_db: snapshot.hpp requires each operation among those that destroy or those that do not; add it");
  return may;
}();

inline bool may_destroy(migration const& each) {
  auto const destroys = []<class Op>(Op const&) { return may_destroy_rows<Op>; };
  return std::any_of(each.operations.begin(), each.operations.end(),
                     [&](operation const& op) { return std::visit(destroys, op); });
}

/// A copy of a database file, deleted again by the destructor unless it was kept. It is written under a name that ends
/// in ".partial" and gets its own name when it is whole and on the disk: whatever kills the program meanwhile, no half
/// copy can be taken for a snapshot.
class snapshot {
 public:
  /// What is committed in `connection`'s file, read by a connection of its own: uncommitted work is not in it, and the
  /// write lock may be held meanwhile. Nothing for a database that has no file.
  snapshot(sqlite::connection& connection, std::string const& schema, migration const& before,
           upgrade_options const& options) {
    char const* const name = sqlite3_db_filename(connection.native(), "main");
    if (name == nullptr || *name == 0) return;
    std::string const file = name;
    stem_ = stem(file, schema, before, options);
    create();
    try {
      write(file);
      publish();
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

  /// The name with a number from 1.
  std::string numbered_name(int number) const {
    return stem_ + (number == 1 ? "" : "-" + std::to_string(number)) + ".snapshot";
  }

  /// An empty file that did not exist before: links and files of other users are never written through.
  void create() {
    for (int number = 1; number < 1000; ++number) {
      std::string path = numbered_name(number) + ".partial";
      int const made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
      if (made >= 0) {
        ::close(made);
        path_ = std::move(path);
        return;
      }
      if (errno != EEXIST) break;
    }
    refuse();
  }

  void write(std::string const& file) const {
    sqlite::options settings;
    settings.readers = 1;
    settings.journal_wal = false;
    settings.synchronous_normal = false;
    auto copy = sqlite::connection::open(path_, settings);
    settings.read_only = true;
    auto source = sqlite::connection::open(file, settings);
    sqlite::backup(source, copy);
  }

  /// Gives the whole copy a name that nobody has yet. File systems without links cannot refuse a name that is taken
  /// meanwhile; there it is looked for before.
  void publish() {
    for (int number = 1; number < 1000; ++number) {
      std::string path = numbered_name(number);
      if (::link(path_.c_str(), path.c_str()) == 0) {
        ::unlink(path_.c_str());
      } else if (errno == EEXIST || ::access(path.c_str(), F_OK) == 0) {
        continue;
      } else if (::rename(path_.c_str(), path.c_str()) != 0) {
        break;
      }
      path_ = std::move(path);
      sync_folder();
      return;
    }
    refuse();
  }

  /// So that the snapshot is there before what it was made for is lost. Not every file system can; then it is as safe
  /// as any new file.
  void sync_folder() const {
    std::string const folder = path_.substr(0, path_.find_last_of('/') + 1);
    int const opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return;
    ::fsync(opened);
    ::close(opened);
  }

  [[noreturn]] void refuse() const {
    throw cannot_open(
        "forge_db: the snapshot " + stem_ +
        ".snapshot could not be created; give a folder that can be "
        "written to as upgrade_options::snapshot_folder, or switch snapshots off and copy the file yourself");
  }

  void remove() noexcept {
    if (path_.empty()) return;
    ::unlink(path_.c_str());
    ::unlink((path_ + "-journal").c_str());
  }

  std::string stem_{};
  std::string path_{};
  bool kept_ = false;
};

}  // namespace forge_db::migration::detail
