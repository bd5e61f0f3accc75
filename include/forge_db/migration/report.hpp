// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/equivalence.hpp>
#include <forge_db/migration/ledger.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::migration {

using duration = std::chrono::steady_clock::duration;

/// What became of one operation.
enum class outcome {
  applied,   ///< it ran
  already,   ///< the database was so
  recorded,  ///< it differs in ways that keep working, now on record
  data       ///< a step in C++ or SQL ran
};

inline std::string_view to_text(outcome each) {
  switch (each) {
    case outcome::applied:
      return "applied";
    case outcome::already:
      return "already";
    case outcome::recorded:
      return "recorded";
    case outcome::data:
      break;
  }
  return "data";
}

struct operation_report {
  std::string what;
  outcome result = outcome::already;
  std::string way{};      ///< the rung of the ladder, empty when nothing ran
  std::int64_t rows = 0;  ///< copied by a rebuild, or changed by a step
  std::vector<std::string> notes{};
  std::vector<difference> accepted{};
  duration took{};  ///< of tables that were rebuilt together: of all of them
};

struct migration_report {
  int version = 0;
  std::string title;
  bool adopted = false;  ///< nothing of the schema had to be changed
  std::vector<operation_report> operations{};
  duration took{};
  std::string snapshot{};  ///< path of the file as it was before, when the migration destroyed anything
};

struct schema_report {
  std::string schema;
  std::optional<int> from{};  ///< version on record before; none for a database that had no ledger
  std::optional<int> to{};
  bool up_to_date = false;  ///< the two reads at the start were enough
  std::vector<migration_report> migrations{};
  std::vector<operation_report> every_start{};
  std::vector<difference> accepted{};  ///< on record, as far as it was read
  std::vector<difference> drift{};     ///< found when the schema was changed by someone else since the last check
};

/// What an upgrade did. Plain data: how it is shown is the application's choice.
struct report {
  std::vector<schema_report> schemas{};
  duration took{};

  bool has_drift() const {
    for (schema_report const& each : schemas)
      if (!each.drift.empty()) return true;
    return false;
  }
};

/// Where one schema stands, without comparing it.
struct schema_status {
  std::string schema;
  std::optional<int> version{};
  std::optional<int> latest{};
  std::vector<ledger_row> applied{};
  std::vector<int> pending{};
  std::vector<difference> accepted{};
  std::vector<std::string>
      problems{};  ///< of the ledger against the list: edited, missing, reordered or newer migrations
};

struct status_report {
  std::vector<schema_status> schemas{};
};

/// One schema against its list, object by object.
struct schema_verification {
  std::string schema;
  std::optional<int> version{};
  std::vector<difference> drift{};
  std::vector<difference> accepted{};
  std::vector<std::string> problems{};

  bool clean() const { return drift.empty() && problems.empty(); }
};

struct verification {
  std::vector<schema_verification> schemas{};
  std::vector<std::string> not_ours{};  ///< tables that no list knows; no fault

  bool clean() const {
    for (schema_verification const& each : schemas)
      if (!each.clean()) return false;
    return true;
  }
};

/// What an upgrade would do with one operation.
struct planned_operation {
  std::string schema;
  int version = 0;
  std::string title;
  std::string what;
  std::string way{};  ///< `nothing to do`, `native statement`, `table rebuild`, `step` or `refused`
  std::string why{};
  std::vector<std::string> statements{};
  std::int64_t rows = 0;   ///< of the table, when it is rebuilt
  std::int64_t bytes = 0;  ///< that a rebuild writes, estimated; they are free again afterwards
  double seconds = 0;      ///< estimated
  std::string destroys{};  ///< what is deleted beyond recall; an upgrade makes a snapshot of the file before
};

struct upgrade_plan {
  std::vector<planned_operation> operations{};
};

}  // namespace forge_db::migration
