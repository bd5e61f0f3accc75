// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/schema/column.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// The text of an insert, written from a constant array a row type: a function for each column would be most of what an
// insert costs to compile.
namespace forge_db::detail {

/// The array type that carries values to PostgreSQL.
template <class Storage>
consteval std::string_view postgres_array() {
  if constexpr (requires { Storage::postgres_array; }) {
    return Storage::postgres_array;
  } else {
    return "::text[]";
  }
}

/// What a column contributes; its position in the array is its index.
struct insert_piece {
  std::string_view name;
  std::string_view quoted;
  std::string_view postgres_array;
  bool assigned = false;         // a key that the database gives when it is NULL
  bool may_be_left_out = false;  // its default is the database's own
  bool one_for_all = false;      // of a span of rows: bound once, beside it
};

template <class... Columns>
consteval auto insert_pieces_of(column_list<Columns...>) {
  return std::array<insert_piece, sizeof...(Columns)>{
      insert_piece{Columns::name, Columns::quoted, postgres_array<typename Columns::storage_type>()}...};
}
template <class... Assigned>
consteval void mark_assigned([[maybe_unused]] std::span<insert_piece> pieces, column_list<Assigned...>) {
  ((pieces[Assigned::index].assigned = true), ...);
}
template <class... Optional>
consteval void mark_optional([[maybe_unused]] std::span<insert_piece> pieces, column_list<Optional...>) {
  ((pieces[Optional::index].may_be_left_out = true), ...);
}

/// `"id", "isbn", ...`, without the columns that the mask leaves to the database.
constexpr void render_insert_columns(sql_writer& out, std::span<insert_piece const> pieces, shape_mask const& mask) {
  sql_separator separate;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].may_be_left_out && !mask.test(i)) continue;
    separate(out);
    out.text(pieces[i].quoted);
  }
}

/// A parameter a column, or its value in the current row of the span. SQLite assigns a key that is NULL; PostgreSQL has
/// to be asked for one.
constexpr void render_insert_values(sql_writer& out, std::span<insert_piece const> pieces, shape_mask const& mask,
                                    std::string_view quoted_table, bool from_span) {
  sql_separator separate;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].may_be_left_out && !mask.test(i)) continue;
    separate(out);
    bool const ask = pieces[i].assigned && out.is_postgres();
    if (ask) out.text("coalesce(");
    if (from_span && pieces[i].one_for_all) {
      out.parameter();
      if (out.is_postgres()) out.text(pieces[i].postgres_array.substr(0, pieces[i].postgres_array.size() - 2));
    } else if (from_span) {
      out.text("c");
      out.number(i);
    } else {
      out.parameter();
    }
    if (ask) {
      out.text(", nextval(pg_get_serial_sequence('");
      out.text(quoted_table);
      out.text("', '");
      out.text(pieces[i].name);
      out.text("')))");
    }
  }
}

/// The span as a table: one pointer on SQLite, one array a column on PostgreSQL.
constexpr void render_span_rows(sql_writer& out, std::span<insert_piece const> pieces) {
  if (!out.is_postgres()) {
    out.text("forge_span(");
    out.parameter();
    out.text(")");
    return;
  }
  out.text("unnest(");
  sql_separator separate;
  for (insert_piece const& piece : pieces) {
    separate(out);
    out.parameter();
    out.text(piece.postgres_array);
  }
  out.text(") as new_rows(");
  sql_separator separate_names;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    separate_names(out);
    out.text("c");
    out.number(i);
  }
  out.text(")");
}

}  // namespace forge_db::detail
