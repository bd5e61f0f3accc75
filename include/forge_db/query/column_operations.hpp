// SPDX-License-Identifier: MIT
#pragma once

/// The members of column<Self>, declared in schema/column.hpp: what a generated column can do in a query.

#include <forge_db/query/assignment.hpp>
#include <forge_db/query/comparison.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/text_match.hpp>

#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

template <class Self>
constexpr auto column<Self>::asc() const {
  return order_term<Self, direction::ascending>{};
}

template <class Self>
constexpr auto column<Self>::desc() const {
  return order_term<Self, direction::descending>{};
}

namespace detail {

template <class Self, bool Negated, class Values>
auto make_in(Values&& values) {
  if constexpr (is_statement<Values>) {
    return in_statement<Negated>(Self{}, std::forward<Values>(values));
  } else if constexpr (!lists_values_of<Self, Values>()) {
    static_assert(
        lists_values_of<Self, Values>(),
        "forge_db: in() requires a contiguous sequence of values of the column's type; pass a vector, array or span");
  } else {
    return in_span<Self, Negated>(hold_span(std::forward<Values>(values), 1, &write_element<Self, element_of<Values>>));
  }
}

}  // namespace detail

template <class Self>
template <class Values>
auto column<Self>::in(Values&& values) const {
  return detail::make_in<Self, false>(std::forward<Values>(values));
}

template <class Self>
template <class Value>
auto column<Self>::in(std::initializer_list<Value> values) const {
  return detail::make_in<Self, false>(std::vector<Value>(values));
}

template <class Self>
template <class Values>
auto column<Self>::not_in(Values&& values) const {
  return detail::make_in<Self, true>(std::forward<Values>(values));
}

template <class Self>
template <class Value>
auto column<Self>::not_in(std::initializer_list<Value> values) const {
  return detail::make_in<Self, true>(std::vector<Value>(values));
}

template <class Self>
constexpr auto column<Self>::is_null() const {
  static_assert(Self::nullable, "forge_db: is_null() requires a nullable column; leave the condition out");
  return null_test<Self, true>{};
}

template <class Self>
constexpr auto column<Self>::is_not_null() const {
  static_assert(Self::nullable, "forge_db: is_not_null() requires a nullable column; leave the condition out");
  return null_test<Self, false>{};
}

template <class Self>
template <class Low, class High>
constexpr auto column<Self>::between(Low&& low, High&& high) const {
  using value_type = typename Self::value_type;
  if constexpr (!detail::is_value_of<value_type, Low>() || !detail::is_value_of<value_type, High>()) {
    static_assert(
        detail::is_value_of<value_type, Low>() && detail::is_value_of<value_type, High>(),
        "forge_db: between() requires two values of the column's type; convert them, or compare with one end");
  } else {
    return between_ends<Self>(std::forward<Low>(low), std::forward<High>(high));
  }
}

template <class Self>
template <class Word>
constexpr auto column<Self>::contains(Word&& word) const {
  static_assert(searchable_text<Self>(), "forge_db: contains() requires a text column; compare the column instead");
  static_assert(std::is_convertible_v<Word, std::string_view>,
                "forge_db: contains() requires text as its argument; convert it");
  return text_contains<Self>(std::in_place, std::forward<Word>(word));
}

template <class Self>
template <class Prefix>
constexpr auto column<Self>::starts_with(Prefix&& prefix) const {
  static_assert(searchable_text<Self>(), "forge_db: starts_with() requires a text column; compare the column instead");
  static_assert(std::is_convertible_v<Prefix, std::string_view>,
                "forge_db: starts_with() requires text as its argument; convert it");
  return text_starts_with<Self>(std::in_place, std::forward<Prefix>(prefix));
}

template <class Self>
template <class Item>
constexpr auto column<Self>::has(Item&& item) const {
  static_assert(holds_string_list<Self>(),
                "forge_db: has() requires a column that holds a list of text; use contains() or ==");
  static_assert(std::is_convertible_v<Item, std::string_view>,
                "forge_db: has() requires text as its argument; convert it");
  return list_has<Self>(std::in_place, std::forward<Item>(item));
}

template <class Self>
template <class Value>
constexpr auto column<Self>::operator=(Value&& value) const {
  return detail::assign<Self>(std::forward<Value>(value));
}

}  // namespace forge_db
