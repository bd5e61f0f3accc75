// SPDX-License-Identifier: MIT
#include "report_output.hpp"

#include <forge_db/text/json_writer.hpp>

#include <chrono>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace promptforge_db {
namespace {

using namespace forge_db::migration;
using forge_db::json_writer;

std::int64_t microseconds(duration took) { return std::chrono::duration_cast<std::chrono::microseconds>(took).count(); }

void strings(json_writer& out, std::string_view name, std::vector<std::string> const& values) {
  out.key(name).open_list();
  for (std::string const& value : values) out.value(value);
  out.close_list();
}

void differences(json_writer& out, std::string_view name, std::vector<difference> const& all) {
  out.key(name).open_list();
  for (difference const& each : all) out.value(describe(each));
  out.close_list();
}

void version(json_writer& out, std::string_view name, std::optional<int> number) {
  out.key(name);
  if (number) {
    out.value(*number);
  } else {
    out.null();
  }
}

void operation(json_writer& out, operation_report const& each) {
  out.open_object().member("what", each.what).member("outcome", to_text(each.result));
  out.member("way", each.way).member("rows", each.rows);
  strings(out, "notes", each.notes);
  out.close_object();
}

void migration(json_writer& out, migration_report const& each) {
  std::int64_t rows = 0;
  std::vector<std::string> notes;
  for (operation_report const& one : each.operations) {
    rows += one.rows;
    notes.insert(notes.end(), one.notes.begin(), one.notes.end());
  }
  out.open_object().member("version", each.version).member("title", each.title).member("outcome", outcome_of(each));
  out.member("rows", rows).member("microseconds", microseconds(each.took));
  strings(out, "notes", notes);
  out.key("operations").open_list();
  for (operation_report const& one : each.operations) operation(out, one);
  out.close_list().close_object();
}

/// "every start: stale_running" is "stale_running" here.
std::string step_name(operation_report const& step) {
  auto const colon = step.what.rfind(": ");
  return colon == std::string::npos ? step.what : step.what.substr(colon + 2);
}

void schema(json_writer& out, schema_report const& each) {
  out.open_object().member("schema", each.schema);
  version(out, "from", each.from);
  version(out, "version", each.to);
  out.member("up_to_date", each.up_to_date);
  out.key("migrations").open_list();
  for (migration_report const& one : each.migrations) migration(out, one);
  out.close_list();
  out.key("every_start").open_list();
  for (operation_report const& step : each.every_start) {
    out.open_object().member("name", step_name(step)).member("rows", step.rows);
    out.member("microseconds", microseconds(step.took));
    strings(out, "notes", step.notes);
    out.close_object();
  }
  out.close_list();
  differences(out, "accepted", each.accepted);
  differences(out, "differences", each.drift);
  out.close_object();
}

void rows(json_writer& out, std::vector<forge_db::row_finding> const& findings) {
  out.key("odd_rows").open_list();
  for (forge_db::row_finding const& each : findings) {
    out.open_object().member("table", each.table).member("column", each.column);
    out.member("problem", to_text(each.problem)).member("expected", each.expected).member("rows", each.rows);
    strings(out, "examples", each.examples);
    out.close_object();
  }
  out.close_list();
}

json_writer begin(std::string_view command, std::string const& file, bool ok) {
  json_writer out{2, forge_db::not_utf8::replace};  // names of files and projects are whatever bytes they are
  out.open_object().member("command", command).member("file", file).member("ok", ok);
  out.key("schemas").open_list();
  return out;
}

}  // namespace

std::string report_json(std::string const& file, start_report const& report) {
  json_writer out = begin("upgrade", file, !report.migrations.has_drift());
  for (schema_report const& each : report.migrations.schemas) schema(out, each);
  out.close_list();
  strings(out, "repaired", report.repaired);
  strings(out, "hardening", report.hardening);
  rows(out, report.odd_rows);
  out.key("start").open_object().member("statements", report.statements);
  out.member("microseconds", std::int64_t{report.took.count()}).close_object();
  return out.close_object().text() + '\n';
}

std::string report_json(std::string const& file, status_report const& status) {
  bool ok = true;
  for (schema_status const& each : status.schemas) ok &= each.problems.empty();
  json_writer out = begin("status", file, ok);
  for (schema_status const& each : status.schemas) {
    out.open_object().member("schema", each.schema);
    version(out, "version", each.version);
    version(out, "latest", each.latest);
    out.member("pending", static_cast<std::int64_t>(each.pending.size()));
    differences(out, "accepted", each.accepted);
    strings(out, "problems", each.problems);
    out.close_object();
  }
  return out.close_list().close_object().text() + '\n';
}

std::string report_json(std::string const& file, verify_report const& found) {
  json_writer out = begin("verify", file, found.schema.clean());
  for (schema_verification const& each : found.schema.schemas) {
    out.open_object().member("schema", each.schema);
    version(out, "version", each.version);
    differences(out, "differences", each.drift);
    differences(out, "accepted", each.accepted);
    strings(out, "problems", each.problems);
    out.close_object();
  }
  out.close_list();
  strings(out, "not_ours", found.schema.not_ours);
  rows(out, found.odd_rows);
  return out.close_object().text() + '\n';
}

}  // namespace promptforge_db
