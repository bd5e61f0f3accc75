// SPDX-License-Identifier: MIT
#include "report_output.hpp"

#include <forge_db/text/text_table.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace promptforge_db {
namespace {

using namespace forge_db::migration;
using forge_db::number_text;

std::string milliseconds(duration took) {
  return number_text(std::chrono::duration<double, std::milli>(took).count(), 1);
}

void append_list(std::string& text, std::string_view head, std::vector<std::string> const& lines) {
  if (lines.empty()) return;
  text += std::string("  ") + std::string(head) + '\n';
  for (std::string const& line : lines) text += "    " + line + '\n';
}

std::vector<std::string> described(std::vector<difference> const& differences) {
  std::vector<std::string> lines;
  lines.reserve(differences.size());
  for (difference const& each : differences) lines.push_back(describe(each));
  return lines;
}

std::string four_digits(int number) {
  std::string const digits = std::to_string(number);
  return std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

void append_operation(std::string& text, operation_report const& each) {
  bool const is_step = each.result == outcome::data;
  text += "         " + each.what + ": ";
  if (is_step) {
    text += each.rows == 0 ? std::string("nothing to change") : std::to_string(each.rows) + " changes";
  } else {
    text += to_text(each.result);
    if (!each.way.empty()) text += " by " + each.way;
    if (each.rows != 0) text += ", " + std::to_string(each.rows) + " rows";
  }
  text += '\n';
  for (std::string const& note : each.notes) text += "           " + note + '\n';
}

void append_rows(std::string& text, std::vector<forge_db::row_finding> const& findings) {
  std::vector<std::string> lines;
  lines.reserve(findings.size());
  for (forge_db::row_finding const& each : findings) lines.push_back(describe(each));
  append_list(text, "rows that are not what the schema says, and stay as they are:", lines);
}

/// One line for what was found so; all details of what ran.
void append_migrations(std::string& text, std::vector<migration_report> const& migrations) {
  auto const so = std::count_if(migrations.begin(), migrations.end(), [](auto const& each) { return each.adopted; });
  if (so != 0)
    text += "  found so already: " + std::to_string(so) + " of " + std::to_string(migrations.size()) + " migrations\n";
  for (migration_report const& each : migrations) {
    if (each.adopted) continue;
    text += "  " + four_digits(each.version) + ' ' + each.title + "  (" + milliseconds(each.took) + " ms)\n";
    for (operation_report const& operation : each.operations) append_operation(text, operation);
  }
}

}  // namespace

std::string outcome_of(migration_report const& migration) {
  if (!migration.adopted) return "applied";
  bool const recorded = std::any_of(migration.operations.begin(), migration.operations.end(),
                                    [](auto const& each) { return each.result == outcome::recorded; });
  return recorded ? "recorded" : "already";
}

std::string report_text(start_report const& report) {
  std::string text;
  for (schema_report const& schema : report.migrations.schemas) {
    text += schema.schema + ": ";
    text += schema.from ? "version " + std::to_string(*schema.from) : std::string("no record of migrations");
    if (schema.from != schema.to && schema.to) text += " -> version " + std::to_string(*schema.to);
    text += schema.up_to_date ? ", up to date\n" : "\n";
    append_migrations(text, schema.migrations);
    for (operation_report const& step : schema.every_start) append_operation(text, step);
    if (!schema.accepted.empty()) {
      text += "  differs in " + std::to_string(schema.accepted.size()) +
              " places that keep working (accepted; `status` lists them)\n";
    }
    append_list(text, "DIFFERS from what is expected:", described(schema.drift));
  }
  append_list(text, "repaired first:", report.repaired);
  append_rows(text, report.odd_rows);
  append_list(text, "file modes:", report.hardening);
  text += "  " + std::to_string(report.statements) + " SQL statements, " +
          number_text(static_cast<double>(report.took.count()) / 1000, 1) + " ms\n";
  return text;
}

std::string report_text(status_report const& status) {
  std::string text;
  for (schema_status const& schema : status.schemas) {
    text += schema.schema + ": ";
    text += schema.version ? "version " + std::to_string(*schema.version) : std::string("no record of migrations");
    text += schema.pending.empty() ? std::string(", up to date\n")
                                   : ", " + std::to_string(schema.pending.size()) + " migrations to go; run upgrade\n";
    append_list(text, "problems:", schema.problems);
    append_list(text, "accepted as it is:", described(schema.accepted));
  }
  return text;
}

std::string report_text(verify_report const& found) {
  std::string text;
  for (schema_verification const& schema : found.schema.schemas) {
    text += schema.schema + ": ";
    text += schema.clean() ? std::string("as it should be") : std::string("DIFFERS");
    text += schema.accepted.empty() ? "\n" : " (" + std::to_string(schema.accepted.size()) + " accepted differences)\n";
    if (!schema.version) text += "  never upgraded by this program; run upgrade\n";
    append_list(text, "problems:", schema.problems);
    append_list(text, "differences:", described(schema.drift));
  }
  append_rows(text, found.odd_rows);
  append_list(text, "not of these schemas, and left alone:", found.schema.not_ours);
  return text;
}

}  // namespace promptforge_db
