// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/result_column.hpp>
#include <forge_db/query/select.hpp>

#include <concepts>
#include <type_traits>

namespace forge_db {

namespace detail {

/// What statements around a select ask of it. A specialisation for Query has
///     columns                        result_list
///     is_cut                         true if order_by(), limit() or offset() were said
///     ends_in_from                   true if the text ends in a table or a join's condition
///     at_least_one                   true if there is always a row
///     belongs_within<Outer...>()     consteval: what it takes from outside is of these tables
///     render_test(out)               the text that finds a row where the query does
/// and Query has render(out), render_within(out) and bind(sink, index).
template <class Query>
struct query_traits;

template <class Node, class From, class... Outer>
consteval bool belongs_within_from() {
  if constexpr (requires { Node::template belongs_to<Outer...>(); }) {
    return From::template holds<Node, outer_scope, Outer...>();
  } else {
    return true;  // a clause that was not said
  }
}

template <class From, class... Terms, class... Outer>
consteval bool order_belongs_within(std::type_identity<clause_list<Terms...>>, std::type_identity<void(Outer...)>) {
  return (belongs_within_from<Terms, From, Outer...>() && ...);
}

template <class From>
struct joins_within;
template <class Row, class... Joins>
struct joins_within<from_list<Row, Joins...>> {
  template <class... Outer>
  static consteval bool belong() {
    return (belongs_within_from<decltype(Joins::on), from_list<Row, Joins...>, Outer...>() && ...);
  }
};

template <class Items>
inline constexpr bool is_whole_row = false;
template <class Row>
inline constexpr bool is_whole_row<selected_row<Row>> = true;

template <class From, class Items, class Where, class Order, class Limit, class Offset, class Grouping>
struct query_traits<select_statement<From, Items, Where, Order, Limit, Offset, Grouping>> {
  static_assert(choices_in<Where> == 0,
                "forge_db: when() is not supported yet in a select within another statement; write both");
  using context = grouped_from<From, Grouping::is_grouped>;
  using columns = typename columns_of_items<context, Items>::type;

  static constexpr bool has_order = !clause_list_traits<Order>::empty;
  static constexpr bool has_limit = std::same_as<Limit, row_count> || std::same_as<Offset, row_count>;
  static constexpr bool is_cut = has_order || has_limit;
  static constexpr bool ends_in_from = !predicate<Where> && !is_cut && std::same_as<Grouping, no_grouping>;
  static constexpr bool is_total = Items::has_aggregate && !Grouping::is_grouped;  // one row of all the rows
  static constexpr bool at_least_one = is_total && !Grouping::has_having && !has_limit;
  /// Rows of the table, each by itself.
  static constexpr bool has_plain_rows = !Items::has_aggregate && std::same_as<Grouping, no_grouping>;
  /// Rows that PostgreSQL can lock.
  static constexpr bool can_be_locked = has_plain_rows && !Items::has_window && !From::has_outer_join;

  template <class... Outer>
  static consteval bool belongs_within() {
    return belongs_within_from<Items, From, Outer...>() && belongs_within_from<Where, From, Outer...>() &&
           joins_within<From>::template belong<Outer...>() &&
           belongs_within_from<decltype(Grouping::condition), From, Outer...>() &&
           order_belongs_within<From>(std::type_identity<Order>{}, std::type_identity<void(Outer...)>{});
  }

  /// What exists() has to write: of whole rows none is looked at.
  static constexpr void render_test(sql_writer& out) {
    if constexpr (is_whole_row<Items> && has_plain_rows && !is_cut) {
      out.text("select 1 from ");
      From::render(out);
      render_where<Where>(out);
    } else {
      select_statement<From, Items, Where, Order, Limit, Offset, Grouping>::render_within(out);
    }
  }
};

}  // namespace detail

/// A select, or what can stand where one can: a set operation.
template <class Q>
concept query_expression = requires {
  typename detail::query_traits<Q>::columns;
};

namespace detail {

/// A select inside of another statement, in parentheses.
template <class Query>
constexpr void render_query(sql_writer& out) {
  bool const qualified = out.enter();
  out.text("(");
  Query::render_within(out);
  out.text(")");
  out.leave(qualified);
}

}  // namespace detail
}  // namespace forge_db
