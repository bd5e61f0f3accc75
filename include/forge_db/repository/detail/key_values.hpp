// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/parameter.hpp>
#include <forge_db/schema/column.hpp>

#include <concepts>
#include <tuple>
#include <utility>

// Values of the columns that rows are found by, as a caller gives them: in the order of the columns.
namespace forge_db::detail {

/// True if each of Given is a value of its column, by the rule of conditions: a number is no typed id. Whether they are
/// as many is another question.
template <class... Given, class... C>
consteval bool fit_columns(column_list<C...>) {
  if constexpr (sizeof...(Given) == sizeof...(C)) {
    return (
        (is_value_of<typename C::value_type, Given>() && std::constructible_from<typename C::value_type, Given>)&&...);
  } else {
    return true;
  }
}

/// The value of a column from what is_value_of() it. Throws invalid_value for an integer out of range.
template <class T, class V>
constexpr T given_value(V&& value) {
  if constexpr (std::integral<T>) {
    return hold<T>(value);
  } else {
    return T(std::forward<V>(value));
  }
}
template <class... C, class... Given>
constexpr std::tuple<typename C::value_type...> given_values(column_list<C...>, Given&&... given) {
  return {given_value<typename C::value_type>(std::forward<Given>(given))...};
}

}  // namespace forge_db::detail
