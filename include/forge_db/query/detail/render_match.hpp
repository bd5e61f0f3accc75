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

/// The rows that match, the best first, those alike by their key. The query is the first parameter; `conditions` writes
/// what else narrows them, each behind a separator. The names of SQLite's index are those of the table: they stay in
/// the subquery.
template <class Conditions>
constexpr void render_ranked(sql_writer& out, std::string_view quoted_table, std::string_view select_list,
                             match_pieces const& pieces, Conditions const& conditions) {
  out.text("select ");
  out.text(select_list);
  out.text(" from ");
  out.text(quoted_table);
  if (out.is_postgres()) {
    out.text(" where ");
    std::size_t const query = out.parameters();
    render_match(out, quoted_table, pieces);
    conditions(out, sql_separator(" and ", " and "));
    out.text(" order by ts_rank(");
    render_document(out, quoted_table, pieces);
    out.text(", websearch_to_tsquery(");
    out.text(pieces.configuration);
    out.text(", ");
    out.repeat(query, [](sql_writer& to) { to.parameter(); });
    out.text(")) desc, ");
  } else {
    out.text(" join (select rowid as forge_row, rank as forge_rank from ");
    out.text(pieces.index);
    out.text("(");
    out.parameter();
    out.text(")) on forge_row = ");
    out.text(pieces.key);
    conditions(out, sql_separator(" and ", " where "));
    out.text(" order by forge_rank, ");
  }
  out.text(pieces.key);
}

}  // namespace forge_db::detail
