// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/cascade_graph.hpp>
#include <forge_db/repository/find_statement.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace forge_db {

template <class Row>
struct repository_traits;

}  // namespace forge_db

namespace forge_db::detail {

/// How many rows of a table meet an action.
struct cascade_found {
  std::size_t table = 0;
  on_removal action{};
  std::int64_t rows = 0;
};

/// Writes the parts of count_cascade. Rows are told apart by what the database itself tells them apart by, so that
/// tables without a key of one column are reached, too.
class cascade_writer {
 public:
  constexpr cascade_writer(sql_writer& out, std::span<cascade_table const> tables,
                           std::span<cascade_link const> links) noexcept
      : out_(out), tables_(tables), links_(links), row_(out.is_postgres() ? "ctid" : "rowid") {}

  /// `select 0, rowid from "folders"`: the row that is to go, of which a condition has to follow.
  constexpr void first() const {
    out_.text("with recursive forge_gone (forge_table, forge_row) as (select 0, ");
    out_.text(row_);
    out_.text(" from ");
    out_.text(tables_[0].quoted);
  }
  /// The rows that go with those that are gone. PostgreSQL lets a recursion be named once only.
  constexpr void next() const {
    bool const postgres = out_.is_postgres();
    bool any = false;
    for (cascade_link const& link : links_) {
      if (link.action != on_removal::removed) continue;
      out_.text(!postgres ? " union "
                : any     ? " union all "
                          : " union select forge_next.* from forge_gone cross join lateral (");
      any = true;
      out_.text("select ");
      out_.number(link.from);
      out_.text(", forge_child.");
      out_.text(row_);
      if (!postgres) {
        out_.text(" from forge_gone cross join ");
      } else {
        out_.text(" from ");
      }
      pair(link, "forge_table", "forge_row");
    }
    if (postgres && any) out_.text(") as forge_next (forge_table, forge_row)");
    out_.text(")");
  }
  /// What there is of each, as (table, action, rows).
  constexpr void counts() const {
    out_.text(" select forge_table, 0, count(*) from forge_gone group by forge_table");
    for (cascade_link const& link : links_) {
      if (link.action == on_removal::removed) continue;
      out_.text(" union all select ");
      out_.number(link.from);
      out_.text(", ");
      out_.number(static_cast<std::size_t>(link.action));
      out_.text(", count(distinct forge_child.");
      out_.text(row_);
      out_.text(") from forge_gone cross join ");
      pair(link, "forge_gone.forge_table", "forge_gone.forge_row");
      out_.text(" and not exists (select 1 from forge_gone as forge_other where forge_other.forge_table = ");
      out_.number(link.from);
      out_.text(" and forge_other.forge_row = forge_child.");
      out_.text(row_);
      out_.text(")");
    }
  }

 private:
  /// Parents that are gone, and their children.
  constexpr void pair(cascade_link const& link, std::string_view number, std::string_view row) const {
    out_.text(tables_[link.to].quoted);
    out_.text(" as forge_parent cross join ");
    out_.text(tables_[link.from].quoted);
    out_.text(" as forge_child where ");
    out_.text(number);
    out_.text(" = ");
    out_.number(link.to);
    out_.text(" and forge_parent.");
    out_.text(row_);
    out_.text(" = ");
    out_.text(row);
    out_.text(" and ");
    out_.text(link.matches);
  }

  sql_writer& out_;
  std::span<cascade_table const> tables_;
  std::span<cascade_link const> links_;
  std::string_view row_;
};

/// What the removal of a row would take with it, by one statement. `Seen`: where a removal is a purge, of a deleted
/// row.
template <class Row, seen_rows Seen = seen_rows::living>
struct count_cascade {
  using graph = typename repository_traits<Row>::cascade;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = cascade_found;

  key_of<Row> const& key;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    cascade_writer const write(out, graph::tables, graph::links);
    write.first();
    render_where_key<Row>(out, mask_of(Seen));
    write.next();
    write.counts();
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_where_key<Row>(sink, key, conditions);
  }
  template <class Reader>
  static void decode(Reader& reader, cascade_found& found) {
    found = {static_cast<std::size_t>(reader.int64(0)), static_cast<on_removal>(reader.int64(1)), reader.int64(2)};
  }
};

}  // namespace forge_db::detail
