// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/migration/detail/execute_operation.hpp>
#include <forge_db/migration/detail/upgrade_connection.hpp>
#include <forge_db/migration/ledger.hpp>
#include <forge_db/migration/report.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace forge_db::migration::detail {

inline std::string describe_all(std::vector<difference> const& all) {
  std::string text;
  for (difference const& each : all) text += (text.empty() ? "" : "; ") + describe(each);
  return text;
}

/// A dry run: the schema without rows is copied into memory, and the pending operations are judged and carried out
/// there, one after the other, while questions about rows go to the real database.
class preview {
 public:
  preview(sqlite::connection& connection, std::vector<list const*> const& schemas)
      : real_(connection), copy_(sqlite::connection::open(":memory:")), schemas_(schemas) {}

  upgrade_plan run() {
    refuse_wrong_order(schemas_);
    copy_.execute_script("pragma foreign_keys = off");
    copy_schema();
    upgrade_plan all;
    ledger book{real_};
    for (list const* schema : schemas_) {
      auto const head = book.head(schema->schema);
      history const past{*schema};
      std::size_t place = 0;
      for (migration const& each : schema->migrations)
        for (operation const& op : each.operations) {
          if (!head || each.version > head->version) all.operations.push_back(look_at(past, place, *schema, each, op));
          ++place;
        }
    }
    return all;
  }

 private:
  void copy_schema() {
    auto rows = real_.prepare_once(
        "select sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\' order by "
        "rowid");
    while (rows.step()) {
      std::string const sql{rows.text(0)};
      try {
        copy_.execute_script(sql);
      } catch (error const&) {  // modules and collations of the application: nothing of ours depends on them
        continue;
      }
    }
  }

  planned_operation look_at(history const& past, std::size_t place, list const& schema, migration const& each,
                            operation const& op) {
    planned_operation one{schema.schema, each.version, each.title, describe(op)};
    live_schema const live = introspect(copy_);
    verdict const found = judge_operation({past, place, live, real_, copy_}, op);
    one.way = found.state == judgement::refused ? "refused" : std::string{to_text(found.way)};
    one.why = found.why;
    if (found.state == judgement::already) one.why = "the database is so already";
    if (found.state == judgement::recorded) one.why = "kept as it is and recorded: " + describe_all(found.accepted);
    one.statements = found.statements;
    one.destroys = found.destroys;
    if (found.way == rung::rebuild) {
      one.statements = {render_table(found.rebuild->target, found.rebuild->table)};
      estimate(found.table, one);
    }
    if (found.state == judgement::ready) carry_out(live, found);
    return one;
  }

  void carry_out(live_schema const& live, verdict const& found) {
    copy_.begin_write();
    transaction_guard const undo{copy_};
    try {
      if (found.way == rung::rebuild) table_rebuild{copy_, live, {*found.rebuild}, {}}.run();
      for (std::string const& statement : found.statements) copy_.execute_script(statement);
      if (copy_.in_transaction()) copy_.commit();
    } catch (error const&) {  // hand-written SQL may need rows; the operations behind it are judged without it
      return;
    }
  }

  /// From the pages of the table: a rebuild writes them once and reads them about five times. 30 MB a second, measured.
  void estimate(std::string const& table, planned_operation& one) {
    one.rows = rows_of(real_, table);
    one.bytes = count_rows(real_,
                           "select coalesce(sum(pgsize), 0) from dbstat where aggregate = 1 and name in"
                           " (select name from sqlite_schema where tbl_name = " +
                               literal(table) + ")");
    one.seconds = static_cast<double>(one.bytes) / 30e6;
  }

  sqlite::connection& real_;
  sqlite::connection copy_;
  std::vector<list const*> const& schemas_;
};

}  // namespace forge_db::migration::detail
