// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/expression.hpp>
#include <forge_db/query/sql_writer.hpp>

#include <concepts>
#include <utility>

namespace forge_db {

namespace detail {

/// Base of every condition. A condition P has
///     static void render(sql_writer&)               constexpr
///     void bind(Sink&, int& index) const            binds its values in the order of the text
///     static bool belongs_to<Rows...>()             consteval: all its columns are of these tables
///     static constexpr int strength                 how tightly its text binds
///     static constexpr detail::level level          in which clauses it may stand
///     static constexpr bool has_choice              holds a condition of when(), which few places take
struct predicate_base {
  static constexpr int strength = 4;
  static constexpr detail::level level = detail::level::row;
  static constexpr bool has_choice = false;
};

}  // namespace detail

/// What where() takes.
template <class P>
concept predicate = std::derived_from<P, detail::predicate_base>;

/// True if every column of node N belongs to one of the tables: what where() and order_by() ask, and tests may too.
template <class N, class... Rows>
consteval bool columns_belong_to() {
  return N::template belongs_to<Rows...>();
}

namespace detail {

template <class P, int Strength>
constexpr void render_operand_of(sql_writer& out) {
  if constexpr (P::strength < Strength) {
    out.text("(");
    P::render(out);
    out.text(")");
  } else {
    P::render(out);
  }
}

}  // namespace detail

/// `left and right`
template <predicate Left, predicate Right>
struct conjunction : detail::predicate_base {
  static constexpr int strength = 2;
  static constexpr detail::level level = detail::higher(Left::level, Right::level);
  static constexpr bool has_choice = Left::has_choice || Right::has_choice;
  Left left;
  Right right;

  constexpr conjunction(Left l, Right r) : left(std::move(l)), right(std::move(r)) {}

  static constexpr void render(sql_writer& out) {
    detail::render_operand_of<Left, strength>(out);
    out.text(" and ");
    detail::render_operand_of<Right, strength>(out);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    left.bind(sink, index);
    right.bind(sink, index);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return Left::template belongs_to<Rows...>() && Right::template belongs_to<Rows...>();
  }
};

/// `left or right`
template <predicate Left, predicate Right>
struct disjunction : detail::predicate_base {
  static constexpr int strength = 1;
  static constexpr detail::level level = detail::higher(Left::level, Right::level);
  static constexpr bool has_choice = Left::has_choice || Right::has_choice;
  Left left;
  Right right;

  constexpr disjunction(Left l, Right r) : left(std::move(l)), right(std::move(r)) {}

  static constexpr void render(sql_writer& out) {
    detail::render_operand_of<Left, strength>(out);
    out.text(" or ");
    detail::render_operand_of<Right, strength>(out);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    left.bind(sink, index);
    right.bind(sink, index);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return Left::template belongs_to<Rows...>() && Right::template belongs_to<Rows...>();
  }
};

/// `not (inner)`. As everywhere in SQL, the negation of a comparison with NULL holds no more than the comparison does.
template <predicate Inner>
struct negation : detail::predicate_base {
  static constexpr int strength = 3;
  static constexpr detail::level level = Inner::level;
  static constexpr bool has_choice = Inner::has_choice;
  Inner inner;

  constexpr explicit negation(Inner i) : inner(std::move(i)) {}

  static constexpr void render(sql_writer& out) {
    out.text("not (");
    Inner::render(out);
    out.text(")");
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    inner.bind(sink, index);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return Inner::template belongs_to<Rows...>();
  }
};

// These build text, so nothing is short-circuited.

template <predicate Left, predicate Right>
[[nodiscard]] constexpr auto operator&&(Left left, Right right) {
  return conjunction<Left, Right>(std::move(left), std::move(right));
}

template <predicate Left, predicate Right>
[[nodiscard]] constexpr auto operator||(Left left, Right right) {
  return disjunction<Left, Right>(std::move(left), std::move(right));
}

template <predicate Inner>
[[nodiscard]] constexpr auto operator!(Inner inner) {
  return negation<Inner>(std::move(inner));
}

}  // namespace forge_db
