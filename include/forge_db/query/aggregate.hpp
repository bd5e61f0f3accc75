// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/composed.hpp>
#include <forge_db/query/operators.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db {

template <expression Aggregate, predicate Condition>
struct filtered_aggregate;

namespace detail {

/// What a function over the rows of a group has: it is grouped by nature, and it cannot stand within another one. It is
/// NULL where there is no row, as in a select of a whole table that may be empty.
template <class Self, class... Operands>
struct aggregate : composed<Self, Operands...> {
  using base = composed<Self, Operands...>;
  using base::base;

  static_assert(((Operands::level == detail::level::row) && ...),
                "forge_db: an aggregate requires its operands to be of one row; aggregate in a derived table first");
  static constexpr detail::level level = detail::level::group;

  template <class... Scope>
  static consteval bool belongs_to() {
    return is_in_scope<grouped_scope, Scope...> || base::template belongs_to<Scope...>();
  }
  template <class From>
  static consteval bool is_nullable() {
    return !From::is_grouped || base::template is_nullable<From>();
  }

  /// Only the rows that satisfy the condition.
  template <class P>
  [[nodiscard]] constexpr auto filter(P condition) const {
    static_assert(predicate<P>, "forge_db: filter() requires a condition; compare a column with a value");
    return filtered_aggregate<Self, P>(static_cast<Self const&>(*this), std::move(condition));
  }

  /// Of the rows around each row; include functions/window.hpp for it.
  template <class... Parts>
  [[nodiscard]] constexpr auto over(Parts... parts) const;
};

}  // namespace detail

/// `aggregate filter (where condition)`
template <expression Aggregate, predicate Condition>
struct filtered_aggregate : detail::composed<filtered_aggregate<Aggregate, Condition>, Aggregate, Condition> {
  using base = detail::composed<filtered_aggregate, Aggregate, Condition>;
  using base::base;
  using value_type = typename Aggregate::value_type;
  using storage_type = typename Aggregate::storage_type;

  static_assert(Condition::level == detail::level::row,
                "forge_db: filter() requires a condition on rows; conditions on aggregates belong to having()");

  static constexpr void render(sql_writer& out) {
    if (out.is_postgres()) out.text(Aggregate::postgres_before);
    Aggregate::render_call(out);
    out.text(" filter (where ");
    Condition::render(out);
    out.text(")");
    if (out.is_postgres()) out.text(Aggregate::postgres_cast);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return detail::is_in_scope<detail::grouped_scope, Scope...> || base::template belongs_to<Scope...>();
  }
  template <class From>
  static consteval bool is_nullable() {
    return !Aggregate::counts;
  }

  /// Of the rows around each row; include functions/window.hpp for it.
  template <class... Parts>
  [[nodiscard]] constexpr auto over(Parts... parts) const;
};

namespace detail {

/// An aggregate as a call; PostgreSQL's sums and means of integers are numerics, and are cast to what SQLite answers.
template <class Self, class... Operands>
struct aggregate_call : aggregate<Self, Operands...> {
  using aggregate<Self, Operands...>::aggregate;

  static constexpr bool counts = false;
  static constexpr std::string_view postgres_before{};
  static constexpr std::string_view postgres_cast{};

  static constexpr void render(sql_writer& out) {
    if (out.is_postgres()) out.text(Self::postgres_before);
    Self::render_call(out);
    if (out.is_postgres()) out.text(Self::postgres_cast);
  }
};

/// Never NULL: there are none, or some.
template <class Self, class... Operands>
struct count_call : aggregate_call<Self, Operands...> {
  using aggregate_call<Self, Operands...>::aggregate_call;
  using value_type = std::int64_t;
  using storage_type = storage::integer;
  static constexpr bool counts = true;
  template <class>
  static consteval bool is_nullable() {
    return false;
  }
};

}  // namespace detail

/// `count(*)`
struct count_all : detail::count_call<count_all> {
  static constexpr void render_call(sql_writer& out) { out.text("count(*)"); }
};

/// `count(operand)`: the rows in which it is not NULL, or the different values that it has.
template <expression E, bool Distinct>
struct count_values : detail::count_call<count_values<E, Distinct>, E> {
  using detail::count_call<count_values, E>::count_call;
  static constexpr void render_call(sql_writer& out) {
    out.text(Distinct ? "count(distinct " : "count(");
    E::render(out);
    out.text(")");
  }
};

/// `sum(operand)` of numbers, in their type; NULL without rows. An integer sum beyond 64 bits is an error.
template <expression E>
struct sum_of : detail::aggregate_call<sum_of<E>, E> {
  using detail::aggregate_call<sum_of, E>::aggregate_call;
  using value_type = std::conditional_t<std::integral<typename E::value_type>, std::int64_t, typename E::value_type>;
  using storage_type = typename E::storage_type;
  static constexpr std::string_view postgres_cast = std::integral<value_type> ? "::bigint" : "";
  static constexpr void render_call(sql_writer& out) {
    out.text("sum(");
    E::render(out);
    out.text(")");
  }
};

/// `avg(operand)` of numbers, a double; NULL without rows.
template <expression E>
struct avg_of : detail::aggregate_call<avg_of<E>, E> {
  using detail::aggregate_call<avg_of, E>::aggregate_call;
  using value_type = double;
  using storage_type = storage::real;
  static constexpr std::string_view postgres_cast = "::double precision";
  static constexpr void render_call(sql_writer& out) {
    out.text("avg(");
    E::render(out);
    out.text(")");
  }
};

/// `min(operand)` or `max(operand)`, NULL without rows. Text is compared byte for byte on both dialects.
template <expression E, bool Highest>
struct extreme_of : detail::aggregate_call<extreme_of<E, Highest>, E> {
  using detail::aggregate_call<extreme_of, E>::aggregate_call;
  using value_type = typename E::value_type;
  using storage_type = typename E::storage_type;
  static constexpr void render_call(sql_writer& out) {
    out.text(Highest ? "max(" : "min(");
    E::render(out);
    out.text(")");
  }
};

/// The text of all rows with a separator between, in no order that is promised; NULL without rows.
template <expression E, expression Separator>
struct joined_text : detail::aggregate_call<joined_text<E, Separator>, E, Separator> {
  using detail::aggregate_call<joined_text, E, Separator>::aggregate_call;
  using value_type = std::string;
  using storage_type = storage::text;
  static constexpr void render_call(sql_writer& out) {
    out.text(out.is_postgres() ? "string_agg(" : "group_concat(");
    E::render(out);
    out.text(", ");
    Separator::render(out);
    out.text(")");
  }
};

namespace detail {

/// Numbers that the database adds exactly as C++ reads them.
template <class E>
inline constexpr bool can_be_summed =
    is_plain_number<E> || std::same_as<typename E::storage_type, storage::decimal_scaled>;

template <class X>
consteval bool is_text_operand() {
  if constexpr (is_operand<X>) {
    return std::same_as<typename node_for<X>::value_type, std::string>;
  } else {
    return false;
  }
}

}  // namespace detail

/// The number of rows.
[[nodiscard]] constexpr count_all count() { return count_all(); }

/// The number of rows in which the operand is not NULL.
template <class X>
[[nodiscard]] constexpr auto count(X&& operand) {
  static_assert(detail::is_operand<X>, "forge_db: count() requires a column or an expression; count() counts all rows");
  if constexpr (detail::is_operand<X>) {
    return count_values<detail::node_for<X>, false>(detail::node_of(std::forward<X>(operand)));
  }
}

/// The number of different values, NULL not among them.
template <class X>
[[nodiscard]] constexpr auto count_distinct(X&& operand) {
  static_assert(detail::is_operand<X>, "forge_db: count_distinct() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    return count_values<detail::node_for<X>, true>(detail::node_of(std::forward<X>(operand)));
  }
}

template <class X>
[[nodiscard]] constexpr auto sum(X&& operand) {
  static_assert(detail::is_operand<X>, "forge_db: sum() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    using node = detail::node_for<X>;
    static_assert(detail::can_be_summed<node>, "forge_db: sum() requires a number; cast what is none");
    return sum_of<node>(detail::node_of(std::forward<X>(operand)));
  }
}

template <class X>
[[nodiscard]] constexpr auto avg(X&& operand) {
  static_assert(detail::is_operand<X>, "forge_db: avg() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    using node = detail::node_for<X>;
    static_assert(detail::is_plain_number<node>, "forge_db: avg() requires a number; cast what is none");
    return avg_of<node>(detail::node_of(std::forward<X>(operand)));
  }
}

template <class X>
[[nodiscard]] constexpr auto min(X&& operand) requires(detail::is_operand<X>) {
  return extreme_of<detail::node_for<X>, false>(detail::node_of(std::forward<X>(operand)));
}

template <class X>
[[nodiscard]] constexpr auto max(X&& operand) requires(detail::is_operand<X>) {
  return extreme_of<detail::node_for<X>, true>(detail::node_of(std::forward<X>(operand)));
}

/// The operand's text of all rows, `separator` between; in no order that is promised.
template <class X, class Separator>
[[nodiscard]] auto string_agg(X&& operand, Separator&& separator) {
  static_assert(detail::is_text_operand<X>(), "forge_db: string_agg() requires a text column; cast what is none");
  if constexpr (detail::is_text_operand<X>()) {
    auto between = detail::bound_value<std::string, storage::text>(std::in_place, std::forward<Separator>(separator));
    return joined_text<detail::node_for<X>, decltype(between)>(detail::node_of(std::forward<X>(operand)),
                                                               std::move(between));
  }
}

}  // namespace forge_db
