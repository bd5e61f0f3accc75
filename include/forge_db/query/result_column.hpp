// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/select_items.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

// The columns of a select's result, as what is built on the select sees them.
namespace forge_db::detail {

/// What a result column is called: a column by its own name, as<"name">(...) by that, anything else not at all.
template <class Key>
struct result_name {
  static constexpr std::string_view name{};
  static constexpr std::string_view quoted{};
};
template <column_tag C>
struct result_name<C> {
  static constexpr std::string_view name = C::name;
  static constexpr std::string_view quoted = C::quoted;
};
template <fixed_string Name, class E>
struct result_name<named_expression<Name, E>> {
  static constexpr std::string_view name = Name;
  static constexpr std::string_view quoted = quoted_name<Name>;
};

/// Key is the column tag, or the node, that was selected.
template <class Key, class Value, class Storage, bool Nullable>
struct result_column : result_name<Key> {
  using key_type = Key;
  using value_type = Value;
  using storage_type = Storage;
  static constexpr bool nullable = Nullable;
};

template <class... Columns>
struct result_list {
  static constexpr std::size_t size = sizeof...(Columns);
  using tuple = std::tuple<Columns...>;
};

template <class... A>
result_list<A...> joined_lists(result_list<A...>);
template <class... A, class... B, class... More>
auto joined_lists(result_list<A...>, result_list<B...>, More... more) {
  return joined_lists(result_list<A..., B...>{}, more...);
}

/// The columns that an item makes in the rows of From.
template <class From, class Item>
struct columns_of_item {
  using type = result_list<
      result_column<Item, typename Item::value_type, typename Item::storage_type, Item::template is_nullable<From>()>>;
};
template <class From, class C>
struct columns_of_item<From, column_operand<C>> {
  using type = result_list<result_column<C, typename C::value_type, typename C::storage_type,
                                         column_operand<C>::template is_nullable<From>()>>;
};
template <class From, class Row>
struct columns_of_item<From, whole_row_item<Row>> {
  template <class... C>
  static result_list<result_column<C, typename C::value_type, typename C::storage_type,
                                   column_operand<C>::template is_nullable<From>()>...>
      list(column_list<C...>);
  using type = decltype(list(typename table<Row>::columns{}));
};

template <class From, class Items>
struct columns_of_items;
template <class From, class Row>
struct columns_of_items<From, selected_row<Row>> : columns_of_item<From, whole_row_item<Row>> {};
template <class From, class Result, class... Items>
struct columns_of_items<From, selected_items<Result, Items...>> {
  using type = decltype(joined_lists(result_list<>{}, typename columns_of_item<From, Items>::type{}...));
};

/// Where the columns stand that were made of E, or of as<"name">(E).
template <class E, class Column>
consteval bool is_made_of() {
  using key = typename Column::key_type;
  if constexpr (requires { typename key::expression_type; }) {
    return std::same_as<E, key> || std::same_as<E, typename key::expression_type>;
  } else {
    return std::same_as<E, key>;
  }
}
struct found_column {
  std::size_t position;
  std::size_t count;
};
template <class E, class... Columns>
consteval found_column find_result(result_list<Columns...>) {
  found_column found{0, 0};
  std::size_t i = 0;
  ((is_made_of<E, Columns>() ? (found = {found.count == 0 ? i : found.position, found.count + 1}, ++i) : ++i), ...);
  return found;
}
template <class... Columns>
consteval found_column find_named(result_list<Columns...>, std::string_view name) {
  found_column found{0, 0};
  std::size_t i = 0;
  ((Columns::name == name ? (found = {found.count == 0 ? i : found.position, found.count + 1}, ++i) : ++i), ...);
  return found;
}

/// Every column has a name that no other one has.
template <class... Columns>
consteval bool are_named(result_list<Columns...> list) {
  return ((!Columns::name.empty() && find_named(list, Columns::name).count == 1) && ...);
}

/// A value of one result column is one of the other as well.
template <class A, class B>
inline constexpr bool have_same_values = std::same_as<typename A::value_type, typename B::value_type>&&
    std::same_as<typename A::storage_type, typename B::storage_type>;

}  // namespace forge_db::detail
