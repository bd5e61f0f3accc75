// SPDX-License-Identifier: MIT
#pragma once

// The tables of tests/codegen/cases/behaviours, as they are generated, in a database of their own.

#include <desk/migrations.hpp>

#include <forge_db/driver/sqlite/backup.hpp>
#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

/// An empty desk in memory, and the statements that run on it.
class desk_database {
 public:
  desk_database() {
    migrated().with_writer([this](forge_db::sqlite::connection& from) {
      db_.with_writer([&](forge_db::sqlite::connection& to) { forge_db::sqlite::backup(from, to); });
    });
  }

  forge_db::sqlite::database* operator->() noexcept { return &db_; }

  /// What `work` ran in one write session, without the statements of transactions.
  template <class Work>
  std::vector<std::string> statements(Work work) {
    seen_->clear();
    db_.write(work);
    std::vector<std::string> found;
    for (std::string const& text : *seen_) {
      std::string const word = text.substr(0, text.find(' '));
      if (word != "begin" && word != "commit" && word != "savepoint" && word != "release") found.push_back(text);
    }
    return found;
  }

 private:
  /// Migrated once: copies of it are made in a moment.
  static forge_db::sqlite::database& migrated() {
    static forge_db::sqlite::database made = [] {
      auto db = forge_db::sqlite::open(":memory:");
      forge_db::migration::list const& list = desk::migrations();
      forge_db::migration::runner{db}.upgrade({&list});
      return db;
    }();
    return made;
  }

  static forge_db::sqlite::options logged(std::shared_ptr<std::vector<std::string>> const& seen) {
    forge_db::sqlite::options settings;
    settings.on_query = [seen](forge_db::query_event const& event) { seen->emplace_back(event.sql); };
    return settings;
  }

  std::shared_ptr<std::vector<std::string>> seen_ = std::make_shared<std::vector<std::string>>();
  forge_db::sqlite::database db_ = forge_db::sqlite::open(":memory:", logged(seen_));
};

}  // namespace tests
