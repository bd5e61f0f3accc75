// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/functions/condition_value.hpp>
#include <forge_db/query/functions/function.hpp>

#include <boost/hana/at.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// case, coalesce, nullif, and the lesser and greater of two values.
namespace forge_db {

namespace detail {

/// What values of Left and Right are together: their type, or for numbers of different ones an integer or a real.
template <class Left, class Right>
struct common_value {
  using value_type = void;
  using storage_type = void;
};
template <class Left, class Right>
  requires(std::same_as<typename Left::value_type, typename Right::value_type>&&
               std::same_as<typename Left::storage_type, typename Right::storage_type>)
struct common_value<Left, Right> {
  using value_type = typename Left::value_type;
  using storage_type = typename Left::storage_type;
};
template <class Left, class Right>
  requires(is_plain_number<Left>&& is_plain_number<Right> &&
           !(std::same_as<typename Left::value_type, typename Right::value_type> &&
             std::same_as<typename Left::storage_type, typename Right::storage_type>))
struct common_value<Left, Right> {
  using value_type = arithmetic_result<Left, Right>;
  using storage_type = arithmetic_storage<value_type>;
};

/// A value beside a Peer: a node, or what is bound as the peer's values are.
template <class Peer, class X>
constexpr auto value_beside(X&& operand) {
  if constexpr (is_operand<X>) {
    return node_of(std::forward<X>(operand));
  } else {
    return bound_like<Peer, true>(std::forward<X>(operand));
  }
}

/// The first value of several: a node, or a value that says by itself how it is stored.
template <class X>
inline constexpr bool is_first_value = is_operand<X> || !std::is_void_v<own_storage_t<X>>;

template <class X>
constexpr auto first_value_node(X&& operand) {
  if constexpr (is_operand<X>) {
    return node_of(std::forward<X>(operand));
  } else {
    return bound<true>(std::forward<X>(operand));
  }
}

}  // namespace detail

/// `case when ... then ... end`. Like has the type of its values; Operands are conditions and values by turns, and
/// the value of otherwise() at the end.
template <class Like, bool Total, class... Operands>
struct case_expression : detail::composed<case_expression<Like, Total, Operands...>, Operands...> {
  using base = detail::composed<case_expression, Operands...>;
  using base::base;
  using value_type = typename Like::value_type;
  using storage_type = typename Like::storage_type;

  static constexpr void render(sql_writer& out) {
    out.text("case");
    std::size_t i = 0;
    ((out.text(word_before(i++)), Operands::render(out)), ...);
    out.text(" end");
  }

  template <class From>
  static consteval bool is_nullable() {
    return !Total || (value_is_nullable<Operands, From>() || ...);
  }

 private:
  static constexpr std::string_view word_before(std::size_t i) {
    if (Total && i + 1 == sizeof...(Operands)) return " else ";
    return i % 2 == 0 ? " when " : " then ";
  }
  template <class Operand, class From>
  static consteval bool value_is_nullable() {
    if constexpr (expression<Operand>) {
      return Operand::template is_nullable<From>();
    } else {
      return false;  // a condition that is NULL does not hold
    }
  }
};

/// A case that may go on: it is NULL where no condition holds, until otherwise() says what then.
template <class Like, class... Operands>
struct open_case : case_expression<Like, false, Operands...> {
  constexpr explicit open_case(Operands... operands)
      : case_expression<Like, false, Operands...>(operands...), parts_(std::move(operands)...) {}

  template <class P, class X>
  [[nodiscard]] constexpr auto when(P condition, X&& value) const {
    static_assert(predicate<P>, "forge_db: when() requires a condition; compare a column with a value");
    static_assert(fits<X>(), "forge_db: when() requires values of one type; convert the value, or cast it");
    if constexpr (predicate<P> && fits<X>()) {
      return append<false>(std::move(condition), detail::value_beside<Like>(std::forward<X>(value)));
    }
  }
  template <class X>
  [[nodiscard]] constexpr auto otherwise(X&& value) const {
    static_assert(fits<X>(),
                  "forge_db: otherwise() requires a value of the case's type; convert the value, or cast it");
    if constexpr (fits<X>()) return append<true>(detail::value_beside<Like>(std::forward<X>(value)));
  }

 private:
  template <class X>
  static consteval bool fits() {
    return detail::comparable_operand<Like, X>();
  }

  template <bool Total, class... More>
  constexpr auto append(More... more) const {
    using last = std::tuple_element_t<sizeof...(More) - 1, std::tuple<More...>>;
    using like = detail::common_value<Like, last>;
    using longer = std::conditional_t<Total, case_expression<like, true, Operands..., More...>,
                                      open_case<like, Operands..., More...>>;
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return longer(boost::hana::at_c<I>(parts_)..., std::move(more)...);
    }
    (std::index_sequence_for<Operands...>{});
  }

  detail::clause_list<Operands...> parts_;
};

/// `case when condition then value end`; go on with .when(condition, value) and .otherwise(value). NULL where nothing
/// holds. The values are of one type, or numbers: a real one among integers makes all of them real.
template <class P, class X>
[[nodiscard]] constexpr auto case_when(P condition, X&& value) {
  static_assert(predicate<P>, "forge_db: case_when() requires a condition; compare a column with a value");
  static_assert(
      detail::is_first_value<X>,
      "forge_db: case_when() requires a column, an expression, a number or text; say val_like(column, value)");
  if constexpr (predicate<P> && detail::is_first_value<X>) {
    auto node = detail::first_value_node(std::forward<X>(value));
    return open_case<decltype(node), P, decltype(node)>(std::move(condition), std::move(node));
  }
}

/// `value` where the condition holds, else `other`, also where the condition is NULL.
template <class P, class X, class Y>
[[nodiscard]] constexpr auto iif(P condition, X&& value, Y&& other) {
  return case_when(std::move(condition), std::forward<X>(value)).otherwise(std::forward<Y>(other));
}

/// `coalesce(...)`: the first operand that is not NULL.
template <class Like, class... Operands>
struct coalesce_of : detail::composed<coalesce_of<Like, Operands...>, Operands...> {
  using detail::composed<coalesce_of, Operands...>::composed;
  using value_type = typename Like::value_type;
  using storage_type = typename Like::storage_type;

  static constexpr void render(sql_writer& out) {
    sql_separator separate(", ", "coalesce(");
    ((separate(out), Operands::render(out)), ...);
    out.text(")");
  }
  template <class From>
  static consteval bool is_nullable() {
    return (Operands::template is_nullable<From>() && ...);
  }
};

namespace detail {

template <class Like, class... Nodes>
struct common_of {
  using type = Like;
};
template <class Like, class Node, class... More>
struct common_of<Like, Node, More...> : common_of<common_value<Like, Node>, More...> {};

}  // namespace detail

/// The first that is not NULL of a column or expression and further ones, or values: `coalesce(books::score, 0)`.
template <class X, class... More>
[[nodiscard]] constexpr auto coalesce(X&& first, More&&... more) {
  static_assert(detail::is_operand<X> && sizeof...(More) > 0,
                "forge_db: coalesce() requires a column or an expression, and what stands for its NULL; convert or "
                "cast the others");
  if constexpr (detail::is_operand<X> && sizeof...(More) > 0) {
    using like = detail::node_for<X>;
    constexpr bool fit = (detail::comparable_operand<like, More>() && ...);
    static_assert(fit, "forge_db: coalesce() requires operands of one type; convert the value, or cast one");
    if constexpr (fit) {
      using common =
          typename detail::common_of<like, decltype(detail::value_beside<like>(std::declval<More>()))...>::type;
      return coalesce_of<common, like, decltype(detail::value_beside<like>(std::declval<More>()))...>(
          detail::node_of(std::forward<X>(first)), detail::value_beside<like>(std::forward<More>(more))...);
    }
  }
}

namespace detail {

struct nullif_text {
  static constexpr std::string_view sqlite = "nullif(@1, @2)";
  static constexpr std::string_view postgres = sqlite;
  static constexpr null_rule nulls = null_rule::always;
};
struct greatest_text {
  static constexpr std::string_view sqlite = "max(@1, @2)";
  static constexpr std::string_view postgres = "case when ~1 >= ~2 then @1 when ~1 < ~2 then @2 end";
};
struct least_text {
  static constexpr std::string_view sqlite = "min(@1, @2)";
  static constexpr std::string_view postgres = "case when ~1 <= ~2 then @1 when ~1 > ~2 then @2 end";
};

template <class X, class Y>
consteval bool takes_value_of() {
  if constexpr (is_operand<X>) {
    return comparable_operand<node_for<X>, Y>();
  } else {
    return false;
  }
}

/// True if the value can stand in the place of the operand.
template <class X, class Y>
consteval bool takes_same_value() {
  if constexpr (!takes_value_of<X, Y>()) {
    return false;
  } else if constexpr (is_operand<Y>) {
    return std::same_as<value_of_operand<X>, value_of_operand<Y>>;
  } else {
    return is_value_of<value_of_operand<X>, Y>();
  }
}

template <class Text, class X, class Y>
constexpr auto call_common(X&& left, Y&& right) {
  auto first = node_of(std::forward<X>(left));
  auto second = value_beside<decltype(first)>(std::forward<Y>(right));
  using common = common_value<decltype(first), decltype(second)>;
  return call<Text, typename common::value_type, typename common::storage_type>(std::move(first), std::move(second));
}

}  // namespace detail

/// NULL where the operand equals the value, else the operand.
template <class X, class Y>
[[nodiscard]] constexpr auto nullif(X&& operand, Y&& value) {
  static_assert(
      detail::takes_value_of<X, Y>(),
      "forge_db: nullif() requires a column or an expression, and a value of its type; convert or cast the second");
  if constexpr (detail::takes_value_of<X, Y>()) {
    auto node = detail::node_of(std::forward<X>(operand));
    auto other = detail::value_beside<decltype(node)>(std::forward<Y>(value));
    return detail::call_like<detail::nullif_text>(std::move(node), std::move(other));
  }
}

/// The greater of two values of one row; NULL if either is. (PostgreSQL's own greatest() passes over NULLs.)
template <class X, class Y>
[[nodiscard]] constexpr auto greatest(X&& left, Y&& right) {
  static_assert(
      detail::takes_value_of<X, Y>(),
      "forge_db: greatest() requires a column or an expression, and a value of its type; convert or cast the second");
  if constexpr (detail::takes_value_of<X, Y>()) {
    return detail::call_common<detail::greatest_text>(std::forward<X>(left), std::forward<Y>(right));
  }
}

/// The lesser of two values of one row; NULL if either is.
template <class X, class Y>
[[nodiscard]] constexpr auto least(X&& left, Y&& right) {
  static_assert(
      detail::takes_value_of<X, Y>(),
      "forge_db: least() requires a column or an expression, and a value of its type; convert or cast the second");
  if constexpr (detail::takes_value_of<X, Y>()) {
    return detail::call_common<detail::least_text>(std::forward<X>(left), std::forward<Y>(right));
  }
}

}  // namespace forge_db
