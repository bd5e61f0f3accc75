// SPDX-License-Identifier: MIT
#pragma once

#include "harness/items.hpp"

/// `item_span(?)`: a vector of items as a table, written by hand on the C API for this one struct.
namespace bench::c_api {

inline constexpr char const* item_span_type = "bench item span";

struct item_cursor : sqlite3_vtab_cursor {
  std::vector<item> const* items;
  std::size_t position;
};

inline int span_connect(sqlite3* db, void*, int, char const* const*, sqlite3_vtab** out, char**) {
  int const result =
      sqlite3_declare_vtab(db, "create table x(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, source hidden)");
  if (result != SQLITE_OK) return result;
  sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  *out = new sqlite3_vtab{};
  return SQLITE_OK;
}

inline int span_disconnect(sqlite3_vtab* table) {
  delete table;
  return SQLITE_OK;
}

inline int span_best_index(sqlite3_vtab*, sqlite3_index_info* info) {
  for (int i = 0; i < info->nConstraint; ++i) {
    auto const& constraint = info->aConstraint[i];
    if (constraint.iColumn != 12 || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ || !constraint.usable) continue;
    info->aConstraintUsage[i].argvIndex = 1;
    info->aConstraintUsage[i].omit = 1;
    info->estimatedRows = 1000;
    info->estimatedCost = 1000;
    return SQLITE_OK;
  }
  return SQLITE_CONSTRAINT;
}

inline int span_open(sqlite3_vtab*, sqlite3_vtab_cursor** out) {
  *out = new item_cursor{};
  return SQLITE_OK;
}

inline int span_close(sqlite3_vtab_cursor* base) {
  delete static_cast<item_cursor*>(base);
  return SQLITE_OK;
}

inline int span_filter(sqlite3_vtab_cursor* base, int, char const*, int, sqlite3_value** argv) {
  auto* cursor = static_cast<item_cursor*>(base);
  cursor->items = static_cast<std::vector<item> const*>(sqlite3_value_pointer(argv[0], item_span_type));
  cursor->position = 0;
  return SQLITE_OK;
}

inline int span_next(sqlite3_vtab_cursor* base) {
  ++static_cast<item_cursor*>(base)->position;
  return SQLITE_OK;
}

inline int span_eof(sqlite3_vtab_cursor* base) {
  auto const* cursor = static_cast<item_cursor const*>(base);
  return cursor->items == nullptr || cursor->position >= cursor->items->size();
}

inline void span_text(sqlite3_context* context, std::string const& value) {
  sqlite3_result_text64(context, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
}

inline int span_column(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) {
  auto const* cursor = static_cast<item_cursor const*>(base);
  item const& row = (*cursor->items)[cursor->position];
  switch (column) {
    case 0:
      sqlite3_result_int64(context, row.id);
      break;
    case 1:
      span_text(context, row.name);
      break;
    case 2:
      sqlite3_result_int64(context, row.category);
      break;
    case 3:
      sqlite3_result_double(context, row.price);
      break;
    case 4:
      sqlite3_result_int64(context, row.quantity);
      break;
    case 5:
      sqlite3_result_int(context, row.active ? 1 : 0);
      break;
    case 6:
      if (row.description) span_text(context, *row.description);
      break;
    case 7:
      if (row.weight) sqlite3_result_double(context, *row.weight);
      break;
    case 8:
      span_text(context, row.supplier);
      break;
    case 9:
      sqlite3_result_int(context, row.rating);
      break;
    case 10:
      sqlite3_result_int64(context, row.stock);
      break;
    case 11:
      sqlite3_result_int64(context, row.updated_us);
      break;
    default:
      break;
  }
  return SQLITE_OK;
}

inline int span_rowid(sqlite3_vtab_cursor* base, sqlite3_int64* out) {
  *out = static_cast<sqlite3_int64>(static_cast<item_cursor const*>(base)->position);
  return SQLITE_OK;
}

inline void register_item_span(sqlite3* db) {
  static sqlite3_module const module = [] {
    sqlite3_module m{};
    m.xConnect = span_connect;  // no xCreate: the table exists by its name alone
    m.xBestIndex = span_best_index;
    m.xDisconnect = span_disconnect;
    m.xOpen = span_open;
    m.xClose = span_close;
    m.xFilter = span_filter;
    m.xNext = span_next;
    m.xEof = span_eof;
    m.xColumn = span_column;
    m.xRowid = span_rowid;
    return m;
  }();
  check(db, sqlite3_create_module_v2(db, "item_span", &module, nullptr, nullptr));
}

}  // namespace bench::c_api
