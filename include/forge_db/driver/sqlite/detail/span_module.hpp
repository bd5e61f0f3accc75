// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/detail/span_binding.hpp>
#include <forge_db/driver/sqlite/errors.hpp>
#include <forge_db/driver/sqlite/span_table.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <exception>
#include <new>
#include <string>

namespace forge_db::sqlite::detail {

inline constexpr int span_columns = 100;
inline constexpr int span_argument = span_columns;  // the hidden column after the visible ones

struct span_cursor : sqlite3_vtab_cursor {
  span_binding* binding = nullptr;
  std::byte const* element = nullptr;
  std::size_t left = 0;  // elements from this one on
  cell_sink sink{};

  span_cursor() : sqlite3_vtab_cursor{} {}
};

inline int span_connect(sqlite3* connection, void*, int, char const* const*, sqlite3_vtab** out, char**) {
  static std::string const declaration = [] {
    std::string text = "create table x(";
    for (int column = 0; column < span_columns; ++column) text += 'c' + std::to_string(column) + ", ";
    return text + "source hidden)";
  }();
  int const code = sqlite3_declare_vtab(connection, declaration.c_str());
  if (code != SQLITE_OK) return code;
  sqlite3_vtab_config(connection, SQLITE_VTAB_DIRECTONLY);
  *out = new (std::nothrow) sqlite3_vtab{};
  return *out == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

inline int span_disconnect(sqlite3_vtab* table) {
  delete table;
  return SQLITE_OK;
}

inline int span_best_index(sqlite3_vtab*, sqlite3_index_info* plan) {
  for (int i = 0; i < plan->nConstraint; ++i) {
    auto const& constraint = plan->aConstraint[i];
    if (constraint.iColumn != span_argument || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (!constraint.usable) return SQLITE_CONSTRAINT;  // another join order has the argument
    plan->aConstraintUsage[i].argvIndex = 1;
    plan->aConstraintUsage[i].omit = 1;
    plan->idxNum = 1;
    plan->estimatedCost = 10;  // a list is short beside the table it is joined to: read it first, once
    plan->estimatedRows = 10;
    return SQLITE_OK;
  }
  plan->idxNum = 0;  // no argument: span_filter says so
  plan->estimatedCost = 1e9;
  return SQLITE_OK;
}

inline int span_open(sqlite3_vtab*, sqlite3_vtab_cursor** out) {
  *out = new (std::nothrow) span_cursor;
  return *out == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

inline int span_close(sqlite3_vtab_cursor* cursor) {
  delete static_cast<span_cursor*>(cursor);
  return SQLITE_OK;
}

inline int span_filter(sqlite3_vtab_cursor* base, int, char const*, int count, sqlite3_value** values) {
  auto* const cursor = static_cast<span_cursor*>(base);
  cursor->binding =
      count == 1 ? static_cast<span_binding*>(sqlite3_value_pointer(values[0], span_pointer_type)) : nullptr;
  if (cursor->binding != nullptr) {
    cursor->element = static_cast<std::byte const*>(cursor->binding->source.data);
    cursor->left = cursor->binding->source.count;
    return SQLITE_OK;
  }
  sqlite3_free(base->pVtab->zErrMsg);
  base->pVtab->zErrMsg = sqlite3_mprintf("forge_db: forge_span(?) requires its argument to be a bound span");
  return SQLITE_ERROR;
}

inline int span_next(sqlite3_vtab_cursor* base) {
  auto* const cursor = static_cast<span_cursor*>(base);
  if (--cursor->left > 0) cursor->element += cursor->binding->source.stride;
  return SQLITE_OK;
}

inline int span_eof(sqlite3_vtab_cursor* base) { return static_cast<span_cursor*>(base)->left == 0; }

inline int span_rowid(sqlite3_vtab_cursor* base, sqlite3_int64* out) {
  auto const* const cursor = static_cast<span_cursor*>(base);
  *out = static_cast<sqlite3_int64>(cursor->binding->source.count - cursor->left);
  return SQLITE_OK;
}

inline void span_result(sqlite3_context* out, cell_sink const& sink) {
  if (sink.kind() == value_kind::integer) [[likely]]  // what most columns hold: every cell pays for each test before it
    return sqlite3_result_int64(out, sink.as_int64());
  switch (sink.kind()) {
    case value_kind::integer:
    case value_kind::null:
      return;  // what a column is unless told otherwise
    case value_kind::real:
      return sqlite3_result_double(out, sink.as_float64());
    case value_kind::text: {
      auto const* const data = sink.data() != nullptr ? static_cast<char const*>(sink.data()) : "";
      return sqlite3_result_text64(out, data, sink.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    case value_kind::blob: {
      void const* const data = sink.data() != nullptr ? sink.data() : "";
      return sqlite3_result_blob64(out, data, sink.size(), SQLITE_TRANSIENT);
    }
  }
}

/// Keeps the exception that is being handled for the statement's step. A function of its own, so that the cells which
/// go well need no stack for it.
[[gnu::noinline]] inline int span_refuse(span_cursor& cursor, sqlite3_context* out) noexcept {
  cursor.binding->failure = std::current_exception();
  sqlite3_result_error(out, "forge_db: a bound span refused a value", -1);
  return SQLITE_ERROR;
}

inline int span_column(sqlite3_vtab_cursor* base, sqlite3_context* out, int column) {
  auto* const cursor = static_cast<span_cursor*>(base);
  if (column >= cursor->binding->source.columns) {
    sqlite3_result_null(out);
    return SQLITE_OK;
  }
  try {
    cursor->binding->source.cell(cursor->element, column, cursor->sink);
    span_result(out, cursor->sink);
    return SQLITE_OK;
  } catch (...) {
    return span_refuse(*cursor, out);
  }
}

inline sqlite3_module const& span_module() {
  static sqlite3_module const module = [] {
    sqlite3_module made{};  // xCreate stays null: an eponymous table, which nobody can create or drop
    made.xConnect = span_connect;
    made.xDisconnect = span_disconnect;
    made.xBestIndex = span_best_index;
    made.xOpen = span_open;
    made.xClose = span_close;
    made.xFilter = span_filter;
    made.xNext = span_next;
    made.xEof = span_eof;
    made.xColumn = span_column;
    made.xRowid = span_rowid;
    return made;
  }();
  return module;
}

}  // namespace forge_db::sqlite::detail

namespace forge_db::sqlite {

inline void register_span_table(sqlite3* connection) {
  if (sqlite3_create_module_v2(connection, "forge_span", &detail::span_module(), nullptr, nullptr) != SQLITE_OK) {
    throw_last_error(connection, "forge_span");
  }
}

}  // namespace forge_db::sqlite
