// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/driver/temporary_directory.hpp"

#include <forge_db/session/session.hpp>

#include <boost/pfr/ops_fields.hpp>

#include <filesystem>
#include <startup.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tests {

/// A file with both schemas, made by the migrations, in a directory of its own.
class system_database {
 public:
  /// `earlier` is SQL that another program ran before the first start.
  explicit system_database(std::string_view earlier) {
    forge_db::sqlite::connection::open(file_).execute_script(earlier);
    promptforge_db::start_up(file_);
  }
  /// Empty: a copy of a file that was made once, since a start takes longer than most tests.
  system_database() : file_(copied(directory_.file("system.db"))) {}

  std::string const& file() const noexcept { return file_; }
  forge_db::sqlite::database& operator*() noexcept { return database_; }
  forge_db::sqlite::database* operator->() noexcept { return &database_; }

 private:
  static std::string copied(std::string file) {
    std::filesystem::copy_file(new_file(), file);
    return file;
  }
  static std::string const& new_file() {
    static temporary_directory const directory;
    static std::string const file = [] {
      std::string made = directory.file("new.db");
      promptforge_db::start_up(made);
      return made;
    }();
    return file;
  }

  temporary_directory directory_;
  std::string file_ = directory_.file("system.db");
  forge_db::sqlite::database database_ = forge_db::sqlite::open(file_);
};

/// Inserts a row and reads it back: both must be equal in every field. Answers the row.
template <class Repository, class New>
auto round_trip(Repository repository, New const& row) {
  auto const inserted = repository.insert(row);
  auto read = repository.get(inserted.id);
  if (!boost::pfr::eq_fields(inserted, read)) throw std::runtime_error("what was inserted was not read");
  return read;
}

}  // namespace tests
