// SPDX-License-Identifier: MIT
// The readers of stored SQL, against SQLite: whatever CREATE TABLE it accepts is understood as it understands it.

#include <forge_db/migration/detail/default_text.hpp>
#include <forge_db/migration/detail/table_text.hpp>

#include <sqlite3.h>

#include "fuzz/fuzz_target.hpp"

#include <vector>

namespace text = forge_db::migration::detail;

namespace {

using rows = std::vector<std::vector<std::string>>;

class database {
 public:
  database() {
    sqlite3_open(":memory:", &handle_);
    sqlite3_set_authorizer(handle_, &database::only_tables, this);
    sqlite3_limit(handle_, SQLITE_LIMIT_COLUMN, 50);
  }

  bool run(std::string const& sql) {
    return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  /// Whether `sql` is one statement that creates a table and nothing else.
  bool creates_table(std::string const& sql) {
    created_ = 0;
    sqlite3_stmt* statement = nullptr;
    char const* rest = nullptr;
    bool ready = sqlite3_prepare_v2(handle_, sql.c_str(), static_cast<int>(sql.size()), &statement, &rest) == SQLITE_OK;
    ready = ready && created_ == 1 && sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return ready;
  }

  rows all(std::string const& sql) {
    rows found;
    auto const keep = [](void* out, int count, char** values, char**) {
      std::vector<std::string> row;
      row.reserve(static_cast<std::size_t>(count));
      for (int i = 0; i < count; ++i) row.emplace_back(values[i] != nullptr ? values[i] : "NULL");
      static_cast<rows*>(out)->push_back(std::move(row));
      return 0;
    };
    sqlite3_exec(handle_, sql.c_str(), keep, &found, nullptr);
    return found;
  }

 private:
  static int only_tables(void* self, int action, char const*, char const*, char const*, char const*) {
    if (action == SQLITE_CREATE_TABLE) ++static_cast<database*>(self)->created_;
    bool const harmful = action == SQLITE_ATTACH || action == SQLITE_DETACH || action == SQLITE_CREATE_VTABLE;
    return harmful ? SQLITE_DENY : SQLITE_OK;
  }

  sqlite3* handle_ = nullptr;
  int created_ = 0;
};

/// Each piece lies behind the one before it, in the text; what it stands for is no longer than it.
void check_tokens(std::string_view sql) {
  char const* from = sql.data();
  for (text::token const& each : text::tokens_of(sql)) {
    fuzz::require(!each.text.empty() && each.text.data() >= from, "tokens are in order, and hold something");
    from = each.text.data() + each.text.size();
    fuzz::require(from <= sql.data() + sql.size(), "tokens lie in the text");
    fuzz::require(each.value.size() <= each.text.size(), "quotes add nothing");
  }
  for (bool const numeric : {false, true}) text::normalised_default(std::string(sql), numeric);
}

/// The columns as SQLite knows them: the type without a difference of white space or quotes, not null, key, hidden.
rows columns_of(database& on, std::string const& name) {
  return on.all("select name, \"notnull\", pk, hidden from pragma_table_xinfo(" + text::literal(name) + ")");
}

void check_table(database& on, std::string const& stored, std::string const& name) {
  fuzz::require(text::normalised("/* a note */\n" + stored + " -- more") == text::normalised(stored),
                "comments do nothing");
  auto const table = text::parse_table(stored);
  fuzz::require(table.has_value(), "a stored table is understood");
  fuzz::require(text::same_name(table->name, name), "the table's name is read");
  rows const columns = columns_of(on, name);
  fuzz::require(table->columns.size() == columns.size(), "the table's columns are counted");
  for (std::size_t i = 0; i < columns.size(); ++i) {
    fuzz::require(table->columns[i].name == columns[i][0], "the columns' names are read");
  }
  // A table from the pieces has the same columns.
  std::string const copy = text::render_table(*table, "copy of " + name);
  fuzz::require(on.run(copy), "SQLite accepts a table made of the pieces");
  fuzz::require(columns_of(on, "copy of " + name) == columns, "the copy has the same columns");
  auto const again = text::parse_table(copy);
  fuzz::require(again && text::render_table(*again, "copy of " + name) == copy, "a copy's pieces make the same text");
}

}  // namespace

FORGE_DB_FUZZ(table_text) {
  static database on;
  check_tokens(input);
  std::string const sql(input);
  if (text::parse_table(sql)) static_cast<void>(text::render_table(*text::parse_table(sql), "t"));
  if (sql.find('\0') != sql.npos) return;
  on.run("begin");
  if (on.creates_table(sql)) {
    for (auto const& row : on.all("select sql, name from sqlite_schema where type = 'table' and sql <> 'NULL' limit 1"))
      check_table(on, row[0], row[1]);
  }
  on.run("rollback");
}
