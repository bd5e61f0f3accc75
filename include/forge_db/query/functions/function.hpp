// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/composed.hpp>
#include <forge_db/query/functions/pattern.hpp>
#include <forge_db/query/operand.hpp>
#include <forge_db/query/operators.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

// What the functions of the query language are made of.
namespace forge_db::detail {

/// When the value of a function can be NULL.
enum class null_rule : std::uint8_t {
  any,    ///< If an operand is.
  all,    ///< If all operands are.
  always  ///< Whatever the operands are.
};

template <class Text>
consteval null_rule null_rule_of() {
  if constexpr (requires { Text::nulls; }) {
    return Text::nulls;
  } else {
    return null_rule::any;
  }
}

/// A function of operands. Text has its patterns, `sqlite` and `postgres`, and may say `nulls` and `strength`.
template <class Text, class Value, class Storage, class... Operands>
struct function_call : composed<function_call<Text, Value, Storage, Operands...>, Operands...> {
  using base = composed<function_call, Operands...>;
  using base::base;
  using value_type = Value;
  using storage_type = Storage;

  static constexpr void render(sql_writer& out) {
    static_assert(names_in_order(Text::sqlite, sizeof...(Operands)) &&
                  names_in_order(Text::postgres, sizeof...(Operands)));
    std::array<text_operand, sizeof...(Operands)> operands{operand_of<Operands>()...};
    render_pattern(out, out.is_postgres() ? Text::postgres : Text::sqlite, operands);
  }
  template <class From>
  static consteval bool is_nullable() {
    constexpr null_rule rule = null_rule_of<Text>();
    if constexpr (rule == null_rule::always) {
      return true;
    } else if constexpr (rule == null_rule::all) {
      return (Operands::template is_nullable<From>() && ...);
    } else {
      return base::template is_nullable<From>();
    }
  }
};

/// The same as a condition.
template <class Text, class... Operands>
struct function_condition : composed_predicate<Operands...> {
  using composed_predicate<Operands...>::composed_predicate;

  static constexpr void render(sql_writer& out) {
    static_assert(names_in_order(Text::sqlite, sizeof...(Operands)) &&
                  names_in_order(Text::postgres, sizeof...(Operands)));
    std::array<text_operand, sizeof...(Operands)> operands{operand_of<Operands>()...};
    render_pattern(out, out.is_postgres() ? Text::postgres : Text::sqlite, operands);
  }
};

template <class Text, class Value, class Storage, class... Operands>
constexpr auto call(Operands... operands) {
  return function_call<Text, Value, Storage, Operands...>(std::move(operands)...);
}
template <class Text, class... Operands>
constexpr auto call_condition(Operands... operands) {
  return function_condition<Text, Operands...>(std::move(operands)...);
}

/// A function whose value is of its first operand's type.
template <class Text, class First, class... More>
constexpr auto call_like(First first, More... more) {
  return call<Text, typename First::value_type, typename First::storage_type>(std::move(first), std::move(more)...);
}

/// A bound integer, text or number among the operands of a function.
template <bool Cast = true, class V>
constexpr auto bound(V&& value) {
  using own = own_storage_t<V>;
  return bound_value<typename own::first_type, typename own::second_type, Cast>(std::in_place, std::forward<V>(value));
}

/// The type of an operand's values; void for what is none.
template <class X>
consteval auto operand_value() {
  if constexpr (is_operand<X>) {
    return std::type_identity<typename node_for<X>::value_type>{};
  } else {
    return std::type_identity<void>{};
  }
}
template <class X>
using value_of_operand = typename decltype(operand_value<X>())::type;

template <class X>
consteval auto operand_storage() {
  if constexpr (is_operand<X>) {
    return std::type_identity<typename node_for<X>::storage_type>{};
  } else {
    return std::type_identity<void>{};
  }
}
template <class X>
using storage_of_operand = typename decltype(operand_storage<X>())::type;

template <class X>
inline constexpr bool is_text = std::same_as<value_of_operand<X>, std::string>;
template <class X>
inline constexpr bool is_integer_operand =
    std::same_as<storage_of_operand<X>, storage::integer>&& is_number<value_of_operand<X>>;
template <class X>
inline constexpr bool is_real_operand =
    std::same_as<storage_of_operand<X>, storage::real>&& is_number<value_of_operand<X>>;
template <class X>
inline constexpr bool is_number_operand = is_integer_operand<X> || is_real_operand<X>;

}  // namespace forge_db::detail
