// SPDX-License-Identifier: MIT
#pragma once

#include "harness/c_api.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The table `items` of schema/bench.yaml as a program on the C API writes it by hand.
namespace bench::c_api {

struct item {
  std::int64_t id{};
  std::string name;
  std::int64_t category{};
  double price{};
  std::int64_t quantity{};
  bool active{};
  std::optional<std::string> description;
  std::optional<double> weight;
  std::string supplier;
  std::int32_t rating{};
  std::int64_t stock{};
  std::int64_t updated_us{};
};

inline constexpr char const* create_items =
    "create table \"items\" (\"id\" integer not null primary key, \"name\" text not null, \"category\" integer not "
    "null,"
    "\"price\" real not null, \"quantity\" integer not null, \"active\" integer not null, \"description\" text,"
    "\"weight\" real, \"supplier\" text not null, \"rating\" integer not null, \"stock\" integer not null,"
    "\"updated_us\" integer not null); create index \"ix_items_category\" on \"items\" (\"category\");";

inline constexpr char const* insert_item =
    "insert into \"items\" (\"id\", \"name\", \"category\", \"price\", \"quantity\", \"active\", \"description\", "
    "\"weight\", \"supplier\", \"rating\", \"stock\", \"updated_us\") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

inline void text(sqlite3_stmt* s, int column, std::string& out) {
  auto const* data = reinterpret_cast<char const*>(sqlite3_column_text(s, column));
  out.assign(data, static_cast<std::size_t>(sqlite3_column_bytes(s, column)));
}

inline void read(sqlite3_stmt* s, item& out) {
  out.id = sqlite3_column_int64(s, 0);
  text(s, 1, out.name);
  out.category = sqlite3_column_int64(s, 2);
  out.price = sqlite3_column_double(s, 3);
  out.quantity = sqlite3_column_int64(s, 4);
  out.active = sqlite3_column_int(s, 5) != 0;
  if (sqlite3_column_type(s, 6) == SQLITE_NULL) {
    out.description.reset();
  } else {
    text(s, 6, out.description.emplace());
  }
  if (sqlite3_column_type(s, 7) == SQLITE_NULL) {
    out.weight.reset();
  } else {
    out.weight = sqlite3_column_double(s, 7);
  }
  text(s, 8, out.supplier);
  out.rating = sqlite3_column_int(s, 9);
  out.stock = sqlite3_column_int64(s, 10);
  out.updated_us = sqlite3_column_int64(s, 11);
}

inline void bind_text(sqlite3_stmt* s, int index, std::string const& value) {
  sqlite3_bind_text64(s, index, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
}

inline void bind(sqlite3_stmt* s, item const& row) {
  sqlite3_bind_int64(s, 1, row.id);
  bind_text(s, 2, row.name);
  sqlite3_bind_int64(s, 3, row.category);
  sqlite3_bind_double(s, 4, row.price);
  sqlite3_bind_int64(s, 5, row.quantity);
  sqlite3_bind_int(s, 6, row.active ? 1 : 0);
  if (row.description) {
    bind_text(s, 7, *row.description);
  } else {
    sqlite3_bind_null(s, 7);
  }
  if (row.weight) {
    sqlite3_bind_double(s, 8, *row.weight);
  } else {
    sqlite3_bind_null(s, 8);
  }
  bind_text(s, 9, row.supplier);
  sqlite3_bind_int(s, 10, row.rating);
  sqlite3_bind_int64(s, 11, row.stock);
  sqlite3_bind_int64(s, 12, row.updated_us);
}

inline std::vector<item> sample_items(std::int64_t count) {
  std::vector<item> rows;
  rows.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 1; i <= count; ++i) {
    item row;
    row.id = i;
    row.name = "item number " + std::to_string(i);
    row.category = i % 50;
    row.price = static_cast<double>(i * 7919 % 10007) / 16;
    row.quantity = i * 3;
    row.active = i % 3 != 0;
    if (i % 4 != 0) row.description = "what item " + std::to_string(i) + " is good for, in a sentence of usual length";
    if (i % 5 != 0) row.weight = static_cast<double>(i % 100) / 8;
    row.supplier = "supplier " + std::to_string(i % 97);
    row.rating = static_cast<std::int32_t>(i % 6);
    row.stock = i * 11 % 1000;
    row.updated_us = 1'700'000'000'000'000 + i;
    rows.push_back(std::move(row));
  }
  return rows;
}

/// A file with the table and `count` rows in it.
inline void make_items(std::filesystem::path const& file, std::int64_t count) {
  database db = open(file);
  execute(db.get(), create_items);
  execute(db.get(), "begin");
  {
    statement s = prepare(db.get(), insert_item);
    for (item const& row : sample_items(count)) {
      bind(s.get(), row);
      check(db.get(), sqlite3_step(s.get()), SQLITE_DONE);
      sqlite3_reset(s.get());
    }
  }
  execute(db.get(), "commit");
}

/// One number over a row, the same for every competitor's row type.
template <class Row>
std::uint64_t checksum(Row const& row) {
  return static_cast<std::uint64_t>(row.updated_us) + row.name.size() +
         (row.description ? row.description->size() : 7) + static_cast<std::uint64_t>(row.price * 16) +
         row.supplier.size() + (row.weight ? 1 : 2);
}

}  // namespace bench::c_api
