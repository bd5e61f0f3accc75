// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/operations.hpp>
#include <forge_db/migration/table_def.hpp>

#include <string>
#include <vector>

namespace forge_db::migration {

/// One migration file. `hash` covers the meaning of the file, `before` and `after` the schema; all three are hex
/// SHA-256 written by the generator. `before` and `after` are empty while the file is not sealed.
struct migration {
  int version = 0;
  std::string title;
  std::string hash;
  std::string before{};
  std::string after{};
  std::vector<operation> operations{};
};

/// Work that is due at every start, in a transaction of its own, such as clearing rows that a crash left behind.
struct every_start_step {
  std::string name;
  std::string doc;
  step_function run{};
};

/// What is brought in line when `table` is found in a database that another program made, by a rebuild of the table:
/// missing and other defaults, keys that accept NULL, missing uniques and checks. What is not asked for keeps working
/// as it is and is recorded as accepted.
struct adopt_policy {
  std::string table;
  bool defaults = false;
  bool keys = false;
  bool uniques = false;
  bool checks = false;

  friend bool operator==(adopt_policy const&, adopt_policy const&) = default;
};

/// Everything that the generator knows about one schema. Versions rise by one from 0 or 1. `tables`, `indexes`,
/// `views`, `triggers` and `full_texts` are the state after the last migration; `verify` compares the database with
/// them. `after` names the schemas of the same database whose tables this one refers to: they are upgraded first.
struct list {
  std::string schema;
  std::vector<migration> migrations{};
  std::vector<every_start_step> every_start{};
  std::vector<table_def> tables{};
  std::vector<index_def> indexes{};
  std::vector<view_def> views{};
  std::vector<trigger_def> triggers{};
  std::vector<full_text_def> full_texts{};
  std::vector<adopt_policy> adopt{};
  std::vector<std::string> after{};
};

}  // namespace forge_db::migration
