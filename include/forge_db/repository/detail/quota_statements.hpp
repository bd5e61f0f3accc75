// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/decode.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/partial_row.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/standing.hpp>

#include <cstdint>
#include <string>

namespace forge_db {

template <class Row>
struct repository_traits;

namespace detail {

/// What the statements of a table of counters are written from.
template <class Row>
struct quota_parts {
  using columns = typename repository_traits<Row>::quota;
  using key = typename columns::key;
  using period = typename columns::period;
  using count = typename columns::count;
  using target = join_columns<key, column_list<period>>;
  using key_values = values_of<key>;

  static constexpr void stored_count(sql_writer& out) {
    out.text(table<Row>::quoted);
    out.text(".");
    out.text(count::quoted);
  }
};

/// One period of one counter.
template <class Row>
struct quota_row {
  using parts = quota_parts<Row>;

  typename parts::key_values const& key;
  std::string const& period;

  template <class Sink>
  void bind_target(Sink& sink, int& index) const {
    bind_values(sink, index, key, typename parts::key{});
    sink.text(index++, period);
  }
};

/// Adds to the counter and answers what it then is; no row, and no change, when it would pass the limit. The limit is
/// at least the amount: the first consumption of a period is not compared.
template <class Row>
struct consume_quota : number_result {
  using parts = quota_parts<Row>;
  using inserted = partial_row<Row, join_columns<typename parts::target, column_list<typename parts::count>>>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool is_dynamic = false;

  quota_row<Row> row;
  std::int64_t amount;
  std::int64_t limit;

  static constexpr void render(sql_writer& out) {
    out.text("insert into ");
    out.text(table<Row>::quoted);
    out.text(" (");
    inserted::render_names(out);
    out.text(")");
    inserted::render_values(out);
    out.text(" ");
    render_conflict_columns(out, typename parts::target{});
    out.text("do update set ");
    out.text(parts::count::quoted);
    out.text(" = ");
    parts::stored_count(out);
    out.text(" + excluded.");
    out.text(parts::count::quoted);
    render_refreshed_excluded(out, typename table<Row>::on_update_now{});
    out.text(" where ");
    parts::stored_count(out);
    out.text(" <= cast(");
    out.parameter();
    out.text(" as bigint) - excluded.");
    out.text(parts::count::quoted);
    out.text(" returning ");
    out.text(parts::count::quoted);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    row.bind_target(sink, index);
    sink.int64(index++, amount);
    inserted::bind_filled(sink, index);
    sink.int64(index, limit);
  }
};

/// Takes back what was consumed, down to 0.
template <class Row>
struct give_back_quota : number_result {
  using parts = quota_parts<Row>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool is_dynamic = false;

  quota_row<Row> row;
  std::int64_t amount;

  static constexpr void render(sql_writer& out) {
    out.text("update ");
    out.text(table<Row>::quoted);
    out.text(" set ");
    out.text(parts::count::quoted);
    out.text(out.is_postgres() ? " = greatest(" : " = max(");
    out.text(parts::count::quoted);
    out.text(" - cast(");
    out.parameter();
    out.text(" as bigint), 0)");
    render_refreshed(out, typename table<Row>::on_update_now{});
    out.text(" where ");
    render_key(out, typename parts::target{});
    out.text(" returning ");
    out.text(parts::count::quoted);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    sink.int64(index++, amount);
    bind_refreshed(sink, index, typename table<Row>::on_update_now{});
    row.bind_target(sink, index);
  }
};

/// What a counter is.
template <class Row>
struct read_quota : number_result {
  using parts = quota_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = false;

  quota_row<Row> row;

  static constexpr void render(sql_writer& out) {
    out.text("select ");
    out.text(parts::count::quoted);
    out.text(" from ");
    out.text(table<Row>::quoted);
    out.text(" where ");
    render_key(out, typename parts::target{});
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    row.bind_target(sink, index);
  }
};

/// Removes the counters of all periods before one.
template <class Row>
struct forget_quota {
  using parts = quota_parts<Row>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  std::string const& before;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    out.text("delete from ");
    out.text(table<Row>::quoted);
    out.text(" where ");
    out.text(parts::period::quoted);
    if (out.is_postgres()) out.text(" collate \"C\"");
    out.text(" < ");
    out.parameter();
    sql_separator separate(" and ", " and ");
    render_standing<Row>(out, separate);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    sink.text(index++, before);
    bind_standing(sink, index, conditions);
  }
};

}  // namespace detail
}  // namespace forge_db
