// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/sql_writer.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace forge_db::detail {

/// What a full-text condition is written from: the index, PostgreSQL's configuration, and the table's key and columns,
/// all as SQL.
struct match_pieces {
  std::string_view index;
  std::string_view configuration;
  std::string_view key;
  std::span<std::string_view const> columns;

  /// From one row of texts, as filters have it.
  static constexpr match_pieces of(std::span<std::string_view const> all) {
    return {all[0], all[1], all[2], all.subspan(3)};
  }
};

/// The words of a row on PostgreSQL: the expression of the index.
constexpr void render_document(sql_writer& out, std::string_view quoted_table, match_pieces const& pieces) {
  out.text("to_tsvector(");
  out.text(pieces.configuration);
  sql_separator separate(" || ' ' || ", ", ");
  for (std::string_view const column : pieces.columns) {
    separate(out);
    out.text("coalesce(");
    out.column(quoted_table, column);
    out.text(", '')");
  }
  out.text(")");
}

/// A condition with one parameter, the query.
constexpr void render_match(sql_writer& out, std::string_view quoted_table, match_pieces const& pieces,
                            std::string_view postgres_query = "websearch_to_tsquery") {
  if (!out.is_postgres()) {
    out.column(quoted_table, pieces.key);
    out.text(" in (select rowid from ");
    out.text(pieces.index);
    out.text("(");
    out.parameter();
    out.text("))");
    return;
  }
  render_document(out, quoted_table, pieces);
  out.text(" @@ ");
  out.text(postgres_query);
  out.text("(");
  out.text(pieces.configuration);
  out.text(", ");
  out.parameter();
  out.text(")");
}

}  // namespace forge_db::detail
