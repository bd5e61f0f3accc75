// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/outer.hpp>
#include <forge_db/query/query_traits.hpp>

#include <concepts>
#include <tuple>
#include <type_traits>
#include <utility>

// Selects within the conditions and expressions of other statements. What a subquery takes from the statement around it
// says so: outer(column). Its own columns are always qualified, its values are bound where they stand in the text.
namespace forge_db {

namespace detail {

/// The only column of a select, or nothing that could be used as one.
template <class Query>
consteval auto only_column() {
  using columns = typename query_traits<Query>::columns;
  if constexpr (columns::size == 1) {
    return std::type_identity<std::tuple_element_t<0, typename columns::tuple>>{};
  } else {
    return std::type_identity<void>{};
  }
}
template <class Query>
using only_column_t = typename decltype(only_column<Query>())::type;

/// What nodes that hold a select share.
template <query_expression Query>
struct holds_query {
  Query query;

  template <class Sink>
  void bind(Sink& sink, int& index) const {
    query.bind(sink, index);
  }
};

}  // namespace detail

/// A select of one column as an expression. NULL where it finds no row; a select of aggregates always finds one.
template <query_expression Query>
struct scalar_query : detail::expression_methods<scalar_query<Query>>, detail::holds_query<Query> {
  using column = detail::only_column_t<Query>;
  using value_type = typename column::value_type;
  using storage_type = typename column::storage_type;

  constexpr explicit scalar_query(Query q) : detail::holds_query<Query>{std::move(q)} {}

  static constexpr void render(sql_writer& out) { detail::render_query<Query>(out); }
  template <class... Scope>
  static consteval bool belongs_to() {
    return detail::is_in_scope<scalar_query, Scope...> ||
           detail::query_traits<Query>::template belongs_within<Scope...>();
  }
  template <class>
  static consteval bool is_nullable() {
    return column::nullable || !detail::query_traits<Query>::at_least_one;
  }
};

/// The only value of a select of one column, as an expression. It should give one row at most: PostgreSQL refuses more,
/// SQLite takes the first.
template <class Query>
[[nodiscard]] constexpr auto scalar(Query query) {
  static_assert(query_expression<Query>, "forge_db: scalar() requires a select; say from which table");
  if constexpr (query_expression<Query>) {
    constexpr bool single = !std::is_void_v<detail::only_column_t<Query>>;
    static_assert(single, "forge_db: scalar() requires a select of one column; leave the others out");
    if constexpr (single) return scalar_query<Query>(std::move(query));
  }
}

/// `exists (select ...)`, or `not exists`.
template <query_expression Query, bool Negated>
struct exists_query : detail::predicate_base, detail::holds_query<Query> {
  static constexpr int strength = 3;
  static constexpr bool never_null = true;

  constexpr explicit exists_query(Query q) : detail::holds_query<Query>{std::move(q)} {}

  static constexpr void render(sql_writer& out) {
    bool const qualified = out.enter();
    out.text(Negated ? "not exists (" : "exists (");
    detail::query_traits<Query>::render_test(out);
    out.text(")");
    out.leave(qualified);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return detail::query_traits<Query>::template belongs_within<Scope...>();
  }
};

/// True if the select finds a row; `!exists(...)` if it finds none. What it selects does not matter.
template <class Query>
[[nodiscard]] constexpr auto exists(Query query) {
  static_assert(query_expression<Query>, "forge_db: exists() requires a select; say from which table");
  if constexpr (query_expression<Query>) return exists_query<Query, false>(std::move(query));
}
template <class Query, bool Negated>
[[nodiscard]] constexpr auto operator!(exists_query<Query, Negated> test) {
  return exists_query<Query, !Negated>(std::move(test.query));
}

/// `operand in (select ...)`, or `not in`.
template <expression Operand, query_expression Query, bool Negated>
struct in_query : detail::predicate_base {
  static constexpr int strength = 4;
  static constexpr detail::level level = Operand::level;

  Operand operand;
  Query query;

  constexpr in_query(Operand o, Query q) : operand(std::move(o)), query(std::move(q)) {}

  static constexpr void render(sql_writer& out) {
    detail::render_operand_of<Operand, 5>(out);
    out.text(Negated ? " not in " : " in ");
    detail::render_query<Query>(out);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    operand.bind(sink, index);
    query.bind(sink, index);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return Operand::template belongs_to<Scope...>() && detail::query_traits<Query>::template belongs_within<Scope...>();
  }
};

namespace detail {

template <class Column>
struct column_values {
  using value_type = typename Column::value_type;
  using storage_type = typename Column::storage_type;
};

}  // namespace detail

/// What in() and not_in() of a column or an expression make of a select; they find it by its arguments.
template <bool Negated, class X, class Query>
[[nodiscard]] constexpr auto in_query_of(X operand, Query query) {
  static_assert(query_expression<Query>, "forge_db: in() requires a select; say from which table");
  if constexpr (query_expression<Query>) {
    using node = detail::node_for<X>;
    using column = detail::only_column_t<Query>;
    static_assert(!std::is_void_v<column>, "forge_db: in() requires a select of one column; leave the others out");
    if constexpr (!std::is_void_v<column>) {
      constexpr bool comparable = detail::are_comparable<node, detail::column_values<column>>;
      static_assert(comparable,
                    "forge_db: in() requires a select of the operand's type; select another column, or cast one side");
      static_assert(
          !Negated || !column::nullable,
          "forge_db: not_in() requires a select without NULL, beside which it holds for no row; say !exists()");
      if constexpr (comparable) {
        return in_query<node, Query, Negated>(detail::node_of(std::move(operand)), std::move(query));
      }
    }
  }
}

}  // namespace forge_db
