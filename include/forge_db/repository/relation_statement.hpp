// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/query/grouping.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/span_source.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/offset_reader.hpp>
#include <forge_db/repository/detail/relation_text.hpp>
#include <forge_db/repository/loaded.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

// The one statement that loads a relation for all parents: their keys are one parameter, a table, to which the related
// rows are joined. Each row of the result says which parent it is for by the parent's position, so that nothing has to
// be looked up by keys, and neither parents that appear twice nor rows that several parents share need a thought.
namespace forge_db::detail {

/// The related rows of all parents. SQLite's `cross join` is an inner join whose left side is read first: the parents
/// are few, and each finds its rows by an index.
template <relation_tag Tag, class Where, class Order, class Limit>
struct relation_statement {
  using related = typename Tag::related_type;
  using related_columns = typename table<related>::columns;

  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  static constexpr bool is_limited = !std::same_as<Limit, no_limit>;
  using row_type = related;

  span_source parents;
  Where const& where;
  Order const& order;
  Limit limit;

  static constexpr void render(sql_writer& out) {
    out.qualify(true);
    if constexpr (is_limited) out.text("select * from (");
    out.text("select ");
    sql_separator separate;
    render_qualified(out, separate, related_columns{});
    if constexpr (linked_relation_tag<Tag>) {
      render_qualified(out, separate, typename table<typename Tag::link_type>::columns{});
    }
    separate(out);
    render_position(out);
    if constexpr (is_limited) {
      out.text(" as _position, row_number() over (partition by ");
      render_position(out);
      render_order_of_relation(out);
      out.text(") as _number");
    }
    render_source(out);
    if constexpr (is_limited) {
      out.text(") as _numbered where _number <= ");
      out.parameter();
      out.text(" order by _number");
    } else if constexpr (Tag::to_many) {
      render_order_of_relation(out);
    }
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    if constexpr (is_limited) bind_order(order, sink, index);  // it stands in the select list
    sink.span(index++, parents);
    where.bind(sink, index);
    if constexpr (!is_limited) bind_order(order, sink, index);
    limit.bind(sink, index);
  }

  /// The parent of the current row.
  template <class Reader>
  static std::size_t position(Reader& reader) {
    return static_cast<std::size_t>(reader.int64(position_column));
  }

  template <class Reader>
  static void decode(Reader& reader, related& row) {
    read_fields(reader, row, related_columns{});
  }
  template <class Reader, class Base, class Link>
  static void decode(Reader& reader, linked<Base, Link>& row) {
    read_fields(reader, static_cast<related&>(row), related_columns{});
    offset_reader<Reader> rest(reader, static_cast<int>(related_columns::size));
    read_fields(rest, row[link_row], typename table<Link>::columns{});
  }

 private:
  static constexpr int count_columns() {
    int columns = static_cast<int>(related_columns::size);
    if constexpr (linked_relation_tag<Tag>) columns += static_cast<int>(table<typename Tag::link_type>::columns::size);
    return columns;
  }
  static constexpr int position_column = count_columns();

  static constexpr void render_order_of_relation(sql_writer& out) {
    out.text(" order by ");
    sql_separator separate;
    if constexpr (!clause_list_traits<Order>::empty) {
      separate(out);
      clause_list_traits<Order>::render(out);
    }
    render_qualified(out, separate, typename table<related>::key{});
  }

  static constexpr void render_source(sql_writer& out) {
    std::string_view const join = out.is_postgres() ? " join " : " cross join ";
    out.text(" from ");
    render_parents(out, typename relation_match<Tag>::from{});
    out.text(join);
    out.text(table<typename relation_match<Tag>::first>::quoted);
    out.text(" on ");
    render_parents_match(out, typename relation_match<Tag>::to{});
    if constexpr (linked_relation_tag<Tag>) render_related_join<Tag>(out, join);
    sql_separator separate(" and ", " where ");
    render_conditions_of<Tag, Where>(out, separate);
  }
};

/// How many related rows each parent has: a row a parent, with the number and the position.
template <relation_tag Tag, class Where>
struct relation_count_statement {
  using related = typename Tag::related_type;

  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = std::int64_t;

  span_source parents;
  Where const& where;

  static constexpr void render(sql_writer& out) {
    out.qualify(true);
    out.text("select (select count(*) from ");
    out.text(table<typename relation_match<Tag>::first>::quoted);
    if constexpr (linked_relation_tag<Tag>) render_related_join<Tag>(out, " join ");
    out.text(" where ");
    render_parents_match(out, typename relation_match<Tag>::to{});
    sql_separator separate(" and ", " and ");
    render_conditions_of<Tag, Where>(out, separate);
    out.text("), ");
    render_position(out);
    out.text(" from ");
    render_parents(out, typename relation_match<Tag>::from{});
  }

  /// In the order of the text: the condition stands before the parents.
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    where.bind(sink, index);
    sink.span(index, parents);
  }

  template <class Reader>
  static std::size_t position(Reader& reader) {
    return static_cast<std::size_t>(reader.int64(1));
  }
  template <class Reader>
  static void decode(Reader& reader, std::int64_t& number) {
    number = reader.int64(0);
  }
};

}  // namespace forge_db::detail
