// SPDX-License-Identifier: MIT
#pragma once

/// Comparisons and arithmetic of expressions; those of a column with a value are in comparison.hpp.

#include <forge_db/query/comparison.hpp>
#include <forge_db/query/composed.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/operand.hpp>

#include <concepts>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

/// `left operator right` of any two expressions.
template <comparison_operator Operator, expression Left, expression Right>
struct expression_comparison : detail::composed_predicate<Left, Right> {
  using detail::composed_predicate<Left, Right>::composed_predicate;

  static constexpr void render(sql_writer& out) {
    if constexpr (detail::compares_lists<Operator, Left>()) {
      if (!out.is_postgres()) return detail::render_list_comparison<Operator, Left, Right>(out);
    }
    detail::render_operand_of<Left, 5>(out);
    out.text(detail::operator_text(Operator));
    detail::render_operand_of<Right, 5>(out);
  }
};

/// `operand is null`, or `is not null`.
template <expression E, bool Null>
struct expression_null_test : detail::composed_predicate<E> {
  using detail::composed_predicate<E>::composed_predicate;

  static constexpr void render(sql_writer& out) {
    detail::render_operand_of<E, 5>(out);
    out.text(Null ? " is null" : " is not null");
  }
};

/// `operand between low and high`, both ends inclusive.
template <expression E, expression Low, expression High>
struct expression_between : detail::composed_predicate<E, Low, High> {
  using detail::composed_predicate<E, Low, High>::composed_predicate;

  static constexpr void render(sql_writer& out) {
    detail::render_operand_of<E, 5>(out);
    out.text(" between ");
    detail::render_operand_of<Low, 5>(out);
    out.text(" and ");
    detail::render_operand_of<High, 5>(out);
  }
};

/// `operand in (...)`, where the sequence is one parameter. An empty one holds nothing.
template <expression E, bool Negated>
struct expression_in : detail::composed_predicate<E> {
  detail::held_span values;

  expression_in(E operand, detail::held_span v)
      : detail::composed_predicate<E>(std::move(operand)), values(std::move(v)) {}

  static constexpr void render(sql_writer& out) {
    detail::render_operand_of<E, 5>(out);
    detail::render_in_list(out, Negated);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    detail::composed_predicate<E>::bind(sink, index);
    sink.span(index++, values.source);
  }
};

namespace detail {

/// Both operands of a comparison or of arithmetic as nodes: a value is bound as its peer's would be.
template <class Peer, class X>
constexpr auto operand_like(X&& operand) {
  if constexpr (is_operand<X>) {
    return node_of(std::forward<X>(operand));
  } else {
    return bound_like<Peer>(std::forward<X>(operand));
  }
}

template <class Left, class X>
consteval bool comparable_operand() {
  if constexpr (is_operand<X>) {
    return are_comparable<Left, node_for<X>>;
  } else {
    return is_value_like<Left, X>();
  }
}

template <comparison_operator Operator, class L, class R>
constexpr auto compare_operands(L&& left, R&& right) {
  using left_node = node_for<L>;
  static_assert(
      !may_be_null<std::remove_cvref_t<R>>,
      "forge_db: comparison requires its value to be present; a comparison with NULL holds for no row, so use "
      ".is_null() or .is_not_null(), or dereference the optional");
  if constexpr (!comparable_operand<left_node, R>()) {
    static_assert(comparable_operand<left_node, R>(),
                  "forge_db: comparison requires both sides to be of one type; convert the value, or cast one side");
  } else {
    auto node = operand_like<left_node>(std::forward<R>(right));
    return expression_comparison<Operator, left_node, decltype(node)>(node_of(std::forward<L>(left)), std::move(node));
  }
}

/// What stands beside an expression: a column, another expression, or a value, but no condition.
template <class V>
concept expression_peer = !predicate<std::remove_cvref_t<V>>;

/// What stands before an expression and has no operators of its own for it.
template <class V>
concept value_before = expression_peer<V> && !is_operand<V>;

}  // namespace detail

// Conditions of expressions, in both orders.

template <expression L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator==(L left, R&& right) {
  return detail::compare_operands<comparison_operator::equal>(std::move(left), std::forward<R>(right));
}
template <expression L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator!=(L left, R&& right) {
  return detail::compare_operands<comparison_operator::not_equal>(std::move(left), std::forward<R>(right));
}
template <expression L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator<(L left, R&& right) {
  return detail::compare_operands<comparison_operator::less>(std::move(left), std::forward<R>(right));
}
template <expression L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator<=(L left, R&& right) {
  return detail::compare_operands<comparison_operator::less_equal>(std::move(left), std::forward<R>(right));
}
template <expression L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator>(L left, R&& right) {
  return detail::compare_operands<comparison_operator::greater>(std::move(left), std::forward<R>(right));
}
template <expression L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator>=(L left, R&& right) {
  return detail::compare_operands<comparison_operator::greater_equal>(std::move(left), std::forward<R>(right));
}

template <detail::value_before L, expression R>
[[nodiscard]] constexpr auto operator==(L&& left, R right) {
  return detail::compare_operands<comparison_operator::equal>(std::move(right), std::forward<L>(left));
}
template <detail::value_before L, expression R>
[[nodiscard]] constexpr auto operator!=(L&& left, R right) {
  return detail::compare_operands<comparison_operator::not_equal>(std::move(right), std::forward<L>(left));
}
template <detail::value_before L, expression R>
[[nodiscard]] constexpr auto operator<(L&& left, R right) {
  return detail::compare_operands<comparison_operator::greater>(std::move(right), std::forward<L>(left));
}
template <detail::value_before L, expression R>
[[nodiscard]] constexpr auto operator<=(L&& left, R right) {
  return detail::compare_operands<comparison_operator::greater_equal>(std::move(right), std::forward<L>(left));
}
template <detail::value_before L, expression R>
[[nodiscard]] constexpr auto operator>(L&& left, R right) {
  return detail::compare_operands<comparison_operator::less>(std::move(right), std::forward<L>(left));
}
template <detail::value_before L, expression R>
[[nodiscard]] constexpr auto operator>=(L&& left, R right) {
  return detail::compare_operands<comparison_operator::less_equal>(std::move(right), std::forward<L>(left));
}

enum class arithmetic_operator { add, subtract, multiply, divide, remainder };

namespace detail {

constexpr int arithmetic_strength(arithmetic_operator op) {
  return op == arithmetic_operator::add || op == arithmetic_operator::subtract ? 6 : 7;
}

/// Integers stay integers but for division of real numbers.
template <class Left, class Right>
using arithmetic_result =
    std::conditional_t<std::integral<typename Left::value_type> && std::integral<typename Right::value_type>,
                       std::int64_t, double>;
template <class Value>
using arithmetic_storage = std::conditional_t<std::integral<Value>, storage::integer, storage::real>;

}  // namespace detail

/// `left operator right` of two numbers. Integers divide as integers, towards zero; what has a divisor can be NULL,
/// which SQLite answers for division by 0 (PostgreSQL refuses it). On SQLite an integer result beyond 64 bits becomes
/// a real number, which is a decode_error; PostgreSQL refuses it.
template <arithmetic_operator Operator, expression Left, expression Right>
struct arithmetic : detail::composed<arithmetic<Operator, Left, Right>, Left, Right> {
  using detail::composed<arithmetic, Left, Right>::composed;
  using value_type = detail::arithmetic_result<Left, Right>;
  using storage_type = detail::arithmetic_storage<value_type>;

  static constexpr int strength = detail::arithmetic_strength(Operator);
  static constexpr bool divides = Operator == arithmetic_operator::divide || Operator == arithmetic_operator::remainder;

  static constexpr void render(sql_writer& out) {
    constexpr std::string_view texts[] = {" + ", " - ", " * ", " / ", " % "};
    detail::render_operand_of<Left, strength>(out);
    out.text(texts[static_cast<int>(Operator)]);
    detail::render_operand_of<Right, strength + 1>(out);  // a - (b - c)
  }
  template <class From>
  static consteval bool is_nullable() {
    return divides || detail::composed<arithmetic, Left, Right>::template is_nullable<From>();
  }
};

namespace detail {

template <class Left, class X>
consteval bool computes_with() {
  if constexpr (!is_plain_number<Left>) {
    return false;
  } else if constexpr (is_operand<X>) {
    return is_plain_number<node_for<X>>;
  } else {
    return is_number<std::remove_cvref_t<X>>;
  }
}

template <arithmetic_operator Operator, bool Swapped, class L, class R>
constexpr auto compute(L&& left, R&& right) {
  using left_node = node_for<L>;
  constexpr bool whole = Operator != arithmetic_operator::remainder || std::integral<typename left_node::value_type>;
  if constexpr (!computes_with<left_node, R>()) {
    static_assert(computes_with<left_node, R>(), "forge_db: arithmetic requires two numbers; cast what is none");
  } else {
    static_assert(whole, "forge_db: the remainder requires two integers; cast what is none");
    auto node = operand_like<left_node>(std::forward<R>(right));
    using right_node = decltype(node);
    if constexpr (Swapped) {
      return arithmetic<Operator, right_node, left_node>(std::move(node), node_of(std::forward<L>(left)));
    } else {
      return arithmetic<Operator, left_node, right_node>(node_of(std::forward<L>(left)), std::move(node));
    }
  }
}

template <class X>
concept arithmetic_operand = column_tag<X> || expression<X>;

}  // namespace detail

template <detail::arithmetic_operand L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator+(L left, R&& right) {
  return detail::compute<arithmetic_operator::add, false>(std::move(left), std::forward<R>(right));
}
template <detail::arithmetic_operand L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator-(L left, R&& right) {
  return detail::compute<arithmetic_operator::subtract, false>(std::move(left), std::forward<R>(right));
}
template <detail::arithmetic_operand L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator*(L left, R&& right) {
  return detail::compute<arithmetic_operator::multiply, false>(std::move(left), std::forward<R>(right));
}
template <detail::arithmetic_operand L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator/(L left, R&& right) {
  return detail::compute<arithmetic_operator::divide, false>(std::move(left), std::forward<R>(right));
}
template <detail::arithmetic_operand L, detail::expression_peer R>
[[nodiscard]] constexpr auto operator%(L left, R&& right) {
  return detail::compute<arithmetic_operator::remainder, false>(std::move(left), std::forward<R>(right));
}
template <detail::value_before L, detail::arithmetic_operand R>
[[nodiscard]] constexpr auto operator+(L&& left, R right) {
  return detail::compute<arithmetic_operator::add, true>(std::move(right), std::forward<L>(left));
}
template <detail::value_before L, detail::arithmetic_operand R>
[[nodiscard]] constexpr auto operator-(L&& left, R right) {
  return detail::compute<arithmetic_operator::subtract, true>(std::move(right), std::forward<L>(left));
}
template <detail::value_before L, detail::arithmetic_operand R>
[[nodiscard]] constexpr auto operator*(L&& left, R right) {
  return detail::compute<arithmetic_operator::multiply, true>(std::move(right), std::forward<L>(left));
}
template <detail::value_before L, detail::arithmetic_operand R>
[[nodiscard]] constexpr auto operator/(L&& left, R right) {
  return detail::compute<arithmetic_operator::divide, true>(std::move(right), std::forward<L>(left));
}

// What an expression can do as a column does.
namespace detail {

template <class Self>
constexpr auto expression_methods<Self>::asc() const {
  return expression_term<Self, direction::ascending>{self()};
}
template <class Self>
constexpr auto expression_methods<Self>::desc() const {
  return expression_term<Self, direction::descending>{self()};
}
template <class Self>
constexpr auto expression_methods<Self>::is_null() const {
  return expression_null_test<Self, true>(self());
}
template <class Self>
constexpr auto expression_methods<Self>::is_not_null() const {
  return expression_null_test<Self, false>(self());
}

template <class Self>
template <class Low, class High>
constexpr auto expression_methods<Self>::between(Low&& low, High&& high) const {
  constexpr bool comparable = comparable_operand<Self, Low>() && comparable_operand<Self, High>();
  static_assert(comparable,
                "forge_db: between() requires two values of the expression's type; convert them, or compare one end");
  if constexpr (comparable) {
    auto low_node = operand_like<Self>(std::forward<Low>(low));
    auto high_node = operand_like<Self>(std::forward<High>(high));
    return expression_between<Self, decltype(low_node), decltype(high_node)>(self(), std::move(low_node),
                                                                             std::move(high_node));
  }
}

template <class Self, bool Negated, class Values>
auto make_expression_in(Self const& self, Values&& values) {
  if constexpr (is_statement<Values>) {
    return in_statement<Negated>(self, std::forward<Values>(values));
  } else if constexpr (!lists_values_of<Self, Values>()) {
    static_assert(lists_values_of<Self, Values>(),
                  "forge_db: in() requires a contiguous sequence of values of the expression's type; pass a vector, "
                  "array or span");
  } else {
    auto const write = &write_element_as<typename Self::value_type, typename Self::storage_type, element_of<Values>>;
    return expression_in<Self, Negated>(self, hold_span(std::forward<Values>(values), 1, write));
  }
}

template <class Self>
template <class Values>
auto expression_methods<Self>::in(Values&& values) const {
  return make_expression_in<Self, false>(self(), std::forward<Values>(values));
}
template <class Self>
template <class Value>
auto expression_methods<Self>::in(std::initializer_list<Value> values) const {
  return make_expression_in<Self, false>(self(), std::vector<Value>(values));
}
template <class Self>
template <class Values>
auto expression_methods<Self>::not_in(Values&& values) const {
  return make_expression_in<Self, true>(self(), std::forward<Values>(values));
}
template <class Self>
template <class Value>
auto expression_methods<Self>::not_in(std::initializer_list<Value> values) const {
  return make_expression_in<Self, true>(self(), std::vector<Value>(values));
}

}  // namespace detail
}  // namespace forge_db
