// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/composed.hpp>
#include <forge_db/query/operators.hpp>

#include <optional>
#include <type_traits>
#include <utility>

// Comparisons in which NULL equals NULL, and nothing else.
namespace forge_db {

/// `left is not distinct from right`, or `is distinct from`: never NULL itself. SQLite says `is` and `is not`.
template <bool Distinct, expression Left, expression Right>
struct distinctness : detail::composed_predicate<Left, Right> {
  using detail::composed_predicate<Left, Right>::composed_predicate;
  static constexpr bool never_null = true;

  static constexpr void render(sql_writer& out) {
    detail::render_operand_of<Left, 5>(out);
    if (out.is_postgres()) {
      out.text(Distinct ? " is distinct from " : " is not distinct from ");
    } else {
      out.text(Distinct ? " is not " : " is ");
    }
    detail::render_operand_of<Right, 5>(out);
  }
};

namespace detail {

/// A value that is bound as Value binds it, or NULL.
template <class Value>
struct optional_value : expression_methods<optional_value<Value>> {
  using value_type = typename Value::value_type;
  using storage_type = typename Value::storage_type;

  constexpr explicit optional_value(std::optional<Value> v) : value(std::move(v)) {}

  static constexpr void render(sql_writer& out) { Value::render(out); }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    if (value) {
      value->bind(sink, index);
    } else {
      sink.null(index++);
    }
  }
  template <class...>
  static consteval bool belongs_to() {
    return true;
  }
  template <class>
  static consteval bool is_nullable() {
    return true;
  }

  std::optional<Value> value;
};

/// What stands for NULL and can be nothing else, or is meant for assignments.
template <class V>
inline constexpr bool is_only_null = may_be_null<V> && !is_optional<V>;

template <class Left, class R>
consteval bool tells_apart() {
  if constexpr (is_optional<std::remove_cvref_t<R>>) {
    return comparable_operand<Left, decltype(*std::declval<R>())>();
  } else {
    return comparable_operand<Left, R>();
  }
}

template <class Left, class R>
constexpr auto operand_or_null(R&& right) {
  if constexpr (is_optional<std::remove_cvref_t<R>>) {
    using value = decltype(bound_like<Left>(*std::forward<R>(right)));
    std::optional<value> held;
    if (right) held.emplace(bound_like<Left>(*std::forward<R>(right)));
    return optional_value<value>(std::move(held));
  } else {
    return operand_like<Left>(std::forward<R>(right));
  }
}

template <bool Distinct, class L, class R>
constexpr auto tell_apart(L&& left, R&& right) {
  static_assert(is_operand<L>,
                "forge_db: is_distinct_from() and is_not_distinct_from() require a column or an expression first; put "
                "the value second");
  static_assert(!is_only_null<std::remove_cvref_t<R>>,
                "forge_db: is_distinct_from() and is_not_distinct_from() require a value, an optional or another "
                "column; say .is_null() for NULL");
  if constexpr (is_operand<L> && !is_only_null<std::remove_cvref_t<R>>) {
    using left_node = node_for<L>;
    constexpr bool comparable = tells_apart<left_node, R>();
    static_assert(comparable,
                  "forge_db: is_distinct_from() and is_not_distinct_from() require both sides to be of one type; "
                  "convert the value, or cast one side");
    if constexpr (comparable) {
      auto node = operand_or_null<left_node>(std::forward<R>(right));
      return distinctness<Distinct, left_node, decltype(node)>(node_of(std::forward<L>(left)), std::move(node));
    }
  }
}

}  // namespace detail

/// True where the two differ, NULL from every value; false where both are NULL. The second may be a std::optional,
/// which is looked at here: whether it is empty is settled, its value is borrowed or kept as others are.
template <class L, class R>
[[nodiscard]] constexpr auto is_distinct_from(L&& left, R&& right) {
  return detail::tell_apart<true>(std::forward<L>(left), std::forward<R>(right));
}

/// True where the two are equal, or both are NULL: `is_not_distinct_from(books::shelf_id, maybe_a_shelf)`. SQLite seeks
/// it by an index; PostgreSQL, which does not, may want `==` and `.is_null()` by when().
template <class L, class R>
[[nodiscard]] constexpr auto is_not_distinct_from(L&& left, R&& right) {
  return detail::tell_apart<false>(std::forward<L>(left), std::forward<R>(right));
}

}  // namespace forge_db
