// SPDX-License-Identifier: MIT
#pragma once

#include "harness/items.hpp"

/// The table `orders` of schema/bench.yaml as a program on the C API writes it by hand, and keys as a table.
namespace bench::c_api {

struct order {
  std::int64_t id{};
  std::int64_t item_id{};
  std::string buyer;
  std::int32_t quantity{};
  std::optional<std::string> note;
  std::int64_t placed_us{};
};

inline void read(sqlite3_stmt* s, order& out) {
  out.id = sqlite3_column_int64(s, 0);
  out.item_id = sqlite3_column_int64(s, 1);
  text(s, 2, out.buyer);
  out.quantity = sqlite3_column_int(s, 3);
  if (sqlite3_column_type(s, 4) == SQLITE_NULL) {
    out.note.reset();
  } else {
    text(s, 4, out.note.emplace());
  }
  out.placed_us = sqlite3_column_int64(s, 5);
}

/// The same for every competitor's row type.
template <class Order>
std::uint64_t checksum_of_order(Order const& row) {
  return static_cast<std::uint64_t>(row.id + row.item_id + row.quantity + row.placed_us) + row.buyer.size() +
         (row.note ? row.note->size() : 3);
}

/// Adds the table to a file that make_items() made, with `each` orders of every item.
inline void make_orders(std::filesystem::path const& file, int each) {
  database db = open(file);
  execute(db.get(),
          "create table \"orders\" (\"id\" integer not null primary key, \"item_id\" integer not null references "
          "\"items\" (\"id\"), \"buyer\" text not null, \"quantity\" integer not null, \"note\" text, \"placed_us\" "
          "integer not null); create index \"ix_orders_item_id\" on \"orders\" (\"item_id\");");
  std::string const fill =
      "with recursive n(n) as (select 1 union all select n + 1 from n where n < " + std::to_string(each) +
      ") insert into orders (item_id, buyer, quantity, note, placed_us) select items.id, 'buyer ' || (items.id % 37), "
      "n, case when n % 3 > 0 then 'leave it at the door of number ' || items.id end, 1700000000000000 + n from n, "
      "items";
  execute(db.get(), fill.c_str());
}

/// `key_span(?)`: a vector of integers as a table, written by hand.
inline constexpr char const* key_span_type = "bench key span";

struct key_cursor : sqlite3_vtab_cursor {
  std::vector<std::int64_t> const* keys;
  std::size_t position;
};

inline int key_span_connect(sqlite3* db, void*, int, char const* const*, sqlite3_vtab** out, char**) {
  int const result = sqlite3_declare_vtab(db, "create table x(c0, source hidden)");
  if (result != SQLITE_OK) return result;
  sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
  *out = new sqlite3_vtab{};
  return SQLITE_OK;
}
inline int key_span_disconnect(sqlite3_vtab* table) {
  delete table;
  return SQLITE_OK;
}
inline int key_span_best_index(sqlite3_vtab*, sqlite3_index_info* info) {
  for (int i = 0; i < info->nConstraint; ++i) {
    auto const& constraint = info->aConstraint[i];
    if (constraint.iColumn != 1 || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ || !constraint.usable) continue;
    info->aConstraintUsage[i].argvIndex = 1;
    info->aConstraintUsage[i].omit = 1;
    info->estimatedRows = 10;
    info->estimatedCost = 10;
    return SQLITE_OK;
  }
  return SQLITE_CONSTRAINT;
}
inline int key_span_open(sqlite3_vtab*, sqlite3_vtab_cursor** out) {
  *out = new key_cursor{};
  return SQLITE_OK;
}
inline int key_span_close(sqlite3_vtab_cursor* base) {
  delete static_cast<key_cursor*>(base);
  return SQLITE_OK;
}
inline int key_span_filter(sqlite3_vtab_cursor* base, int, char const*, int, sqlite3_value** argv) {
  auto* cursor = static_cast<key_cursor*>(base);
  cursor->keys = static_cast<std::vector<std::int64_t> const*>(sqlite3_value_pointer(argv[0], key_span_type));
  cursor->position = 0;
  return SQLITE_OK;
}
inline int key_span_next(sqlite3_vtab_cursor* base) {
  ++static_cast<key_cursor*>(base)->position;
  return SQLITE_OK;
}
inline int key_span_eof(sqlite3_vtab_cursor* base) {
  auto const* cursor = static_cast<key_cursor const*>(base);
  return cursor->keys == nullptr || cursor->position >= cursor->keys->size();
}
inline int key_span_column(sqlite3_vtab_cursor* base, sqlite3_context* context, int) {
  auto const* cursor = static_cast<key_cursor const*>(base);
  sqlite3_result_int64(context, (*cursor->keys)[cursor->position]);
  return SQLITE_OK;
}
inline int key_span_rowid(sqlite3_vtab_cursor* base, sqlite3_int64* out) {
  *out = static_cast<sqlite3_int64>(static_cast<key_cursor const*>(base)->position);
  return SQLITE_OK;
}

inline void register_key_span(sqlite3* db) {
  static sqlite3_module const module = [] {
    sqlite3_module m{};
    m.xConnect = key_span_connect;
    m.xBestIndex = key_span_best_index;
    m.xDisconnect = key_span_disconnect;
    m.xOpen = key_span_open;
    m.xClose = key_span_close;
    m.xFilter = key_span_filter;
    m.xNext = key_span_next;
    m.xEof = key_span_eof;
    m.xColumn = key_span_column;
    m.xRowid = key_span_rowid;
    return m;
  }();
  check(db, sqlite3_create_module_v2(db, "key_span", &module, nullptr, nullptr));
}

}  // namespace bench::c_api
