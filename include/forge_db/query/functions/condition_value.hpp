// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/comparison.hpp>
#include <forge_db/query/composed.hpp>
#include <forge_db/query/functions/function.hpp>
#include <forge_db/query/operators.hpp>
#include <forge_db/query/predicate.hpp>

#include <concepts>
#include <utility>

namespace forge_db {

namespace detail {

/// Whether a condition can be NULL in the rows of From: where it compares what can be. One that never is says so.
template <class P, class From>
inline constexpr bool condition_is_nullable = !requires {
  requires P::never_null;
};

template <comparison_operator Op, class C, class Right, class From>
inline constexpr bool condition_is_nullable<comparison<Op, C, Right>, From> =
    column_operand<C>::template is_nullable<From>();
template <comparison_operator Op, class C, class Other, class From>
inline constexpr bool condition_is_nullable<comparison<Op, C, column_ref<Other>>, From> =
    column_operand<C>::template is_nullable<From>() || column_operand<Other>::template is_nullable<From>();
template <class C, class From>
inline constexpr bool condition_is_nullable<between_ends<C>, From> = column_operand<C>::template is_nullable<From>();
template <class C, bool Null, class From>
inline constexpr bool condition_is_nullable<null_test<C, Null>, From> = false;
template <class E, bool Null, class From>
inline constexpr bool condition_is_nullable<expression_null_test<E, Null>, From> = false;
template <comparison_operator Op, class L, class R, class From>
inline constexpr bool condition_is_nullable<expression_comparison<Op, L, R>, From> =
    L::template is_nullable<From>() || R::template is_nullable<From>();
template <class Left, class Right, class From>
inline constexpr bool condition_is_nullable<conjunction<Left, Right>, From> =
    condition_is_nullable<Left, From> || condition_is_nullable<Right, From>;
template <class Left, class Right, class From>
inline constexpr bool condition_is_nullable<disjunction<Left, Right>, From> =
    condition_is_nullable<Left, From> || condition_is_nullable<Right, From>;
template <class P, class From>
inline constexpr bool condition_is_nullable<negation<P>, From> = condition_is_nullable<P, From>;
template <class Text, class... Operands, class From>
inline constexpr bool condition_is_nullable<function_condition<Text, Operands...>, From> =
    (Operands::template is_nullable<From>() || ...);

}  // namespace detail

/// A condition as a value: true, false, or NULL where it compares with NULL.
template <predicate P>
struct condition_value : detail::composed<condition_value<P>, P> {
  using detail::composed<condition_value, P>::composed;
  using value_type = bool;
  using storage_type = storage::boolean;
  static constexpr int strength = P::strength;

  static constexpr void render(sql_writer& out) { P::render(out); }
  template <class From>
  static consteval bool is_nullable() {
    return detail::condition_is_nullable<P, From>;
  }
};

/// `val(7)` and `val("text")`: a value as an expression. `val(books::score > 5)`: a condition as one.
template <class V>
[[nodiscard]] constexpr auto val(V&& value) {
  using plain = std::remove_cvref_t<V>;
  if constexpr (predicate<plain>) {
    return condition_value<plain>(plain(std::forward<V>(value)));
  } else {
    constexpr bool known = !std::is_void_v<detail::own_storage_t<V>>;
    static_assert(known,
                  "forge_db: val() requires a number, text, a bool or a condition; say val_like(column, value) for "
                  "what a column of its type stores");
    if constexpr (known) return detail::bound<true>(std::forward<V>(value));
  }
}

/// A value as an expression, stored as the values of `peer` are: `val_like(loans::status, loan_status::open)`.
template <class X, class V>
[[nodiscard]] constexpr auto val_like(X&&, V&& value) {
  static_assert(detail::is_operand<X>,
                "forge_db: val_like() requires a column or an expression as its first argument; put the value second");
  if constexpr (detail::is_operand<X>) {
    using peer = detail::node_for<X>;
    static_assert(detail::is_value_of<typename peer::value_type, V>(),
                  "forge_db: val_like() requires a value of the column's type; convert it");
    if constexpr (detail::is_value_of<typename peer::value_type, V>()) {
      return detail::bound_value<typename peer::value_type, typename peer::storage_type, true>(std::in_place,
                                                                                               std::forward<V>(value));
    }
  }
}

/// NULL of the type of `peer`.
template <expression E>
struct null_value : detail::composed<null_value<E>> {
  using value_type = typename E::value_type;
  using storage_type = typename E::storage_type;

  static constexpr void render(sql_writer& out) {
    out.text("null");
    if (out.is_postgres()) out.text(detail::postgres_type<storage_type>());
  }
  template <class>
  static consteval bool is_nullable() {
    return true;
  }
};

template <class X>
[[nodiscard]] constexpr auto null_like(X&& peer) {
  static_assert(detail::is_operand<X>, "forge_db: null_like() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    static_cast<void>(peer);
    return null_value<detail::node_for<X>>{};
  }
}

/// NULL of a number, text or bool: `null_of<double>()`.
template <class T>
[[nodiscard]] constexpr auto null_of() {
  using own = detail::own_storage_t<T>;
  static_assert(!std::is_void_v<own>,
                "forge_db: null_of() requires a number, text or bool; say null_like(column) for what a column stores");
  if constexpr (!std::is_void_v<own>) {
    return null_value<detail::bound_value<typename own::first_type, typename own::second_type>>{};
  }
}

}  // namespace forge_db
