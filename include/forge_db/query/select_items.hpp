// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/composed.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/query/detail/same_values.hpp>
#include <forge_db/query/named_expression.hpp>
#include <forge_db/query/row_view.hpp>
#include <forge_db/query/whole_row_item.hpp>

#include <boost/hana/at.hpp>
#include <boost/pfr/core.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// What stands in a select list. An item is an expression, or a whole row.

namespace forge_db::detail {

template <class T>
inline constexpr bool is_row_item = false;
template <class Row>
inline constexpr bool is_row_item<whole_row_item<Row>> = true;

/// What select() takes.
template <class T>
inline constexpr bool is_selectable = is_operand<T> || is_row_item<std::remove_cvref_t<T>>;

template <class T>
constexpr auto item_of(T item) {
  if constexpr (is_row_item<T>) {
    return item;
  } else {
    return node_of(std::move(item));
  }
}

template <class Item>
inline constexpr std::size_t item_width = 1;
template <class Row>
inline constexpr std::size_t item_width<whole_row_item<Row>> = table<Row>::columns::size;

[[noreturn]] inline void refuse_other_values() {
  throw invalid_value(
      "forge_db: group_by() requires an expression with the values that it is selected with; say it once and use it "
      "twice");
}

/// How an item is decoded in the rows of From.
template <class Item, class From>
struct item_result {
  static constexpr int width = 1;
  using plain = typename Item::value_type;
  using type = std::conditional_t<Item::template is_nullable<From>(), std::optional<plain>, plain>;

  static constexpr void render(sql_writer& out) {
    if constexpr (requires { Item::render_item(out); }) {
      Item::render_item(out);
    } else {
      Item::render(out);
    }
  }
  template <class Reader>
  static void decode(Reader& reader, int first, type& field) {
    read_field<typename Item::storage_type>(reader, first, field);
  }
  static constexpr std::string_view name() {
    if constexpr (requires { Item::name; }) {
      return Item::name;
    } else {
      return {};
    }
  }
};

template <class C, class From>
struct item_result<column_operand<C>, From> {
  static constexpr int width = 1;
  static constexpr bool nullable = column_operand<C>::template is_nullable<From>();
  using type = std::conditional_t<nullable, std::optional<typename C::value_type>, typename C::value_type>;

  static constexpr void render(sql_writer& out) { column_ref<C>::render(out); }
  template <class Reader>
  static void decode(Reader& reader, int first, type& field) {
    read_field<typename C::storage_type>(reader, first, field);
  }
  static constexpr std::string_view name() { return C::name; }
};

template <class Row, class From>
struct item_result<whole_row_item<Row>, From> {
  using columns = typename table<Row>::columns;
  using plain = typename table<Row>::row_type;
  static constexpr int width = static_cast<int>(item_width<whole_row_item<Row>>);
  static constexpr bool optional = From::template is_optional<Row>();
  using type = std::conditional_t<optional, std::optional<plain>, plain>;

  static constexpr void render(sql_writer& out) { whole_row_item<Row>::render(out); }
  template <class Reader>
  static void decode(Reader& reader, int first, type& field) {
    if constexpr (optional) {
      bool found = false;
      for (int i = 0; i < width && !found; ++i) found = !current_cell<Reader>(reader, first + i).is_null(first + i);
      if (!found) return field.reset();
      if (!field) field.emplace();
      read_fields(reader, *field, typename table<plain>::columns{}, first);
    } else {
      read_fields(reader, field, typename table<plain>::columns{}, first);
    }
  }
  static constexpr std::string_view name() { return {}; }
};

template <class From, class... Items>
using items_tuple = std::tuple<typename item_result<Items, From>::type...>;

/// Where each item begins among the columns of a result.
template <class From, class... Items>
inline constexpr auto item_positions = [] {
  std::array<int, sizeof...(Items) + 1> positions{};
  std::size_t i = 0;
  ((positions[i + 1] = positions[i] + item_result<Items, From>::width, ++i), ...);
  return positions;
}();

/// True if Result is a struct with one field for each item, of its type, in order.
template <class Result, class From, class... Items>
consteval bool holds_items() {
  if constexpr (!std::is_aggregate_v<Result>) {
    return false;
  } else if constexpr (boost::pfr::tuple_size_v<Result> != sizeof...(Items)) {
    return false;
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (std::same_as<boost::pfr::tuple_element_t<I, Result>, typename item_result<Items, From>::type> && ...);
    }
    (std::index_sequence_for<Items...>{});
  }
}

/// Rows of this statement have no view.
template <class Reader>
struct no_view {
  explicit no_view(Reader&) {
    static_assert(std::is_void_v<Reader>,
                  "forge_db: views() requires columns of one table; use stream() for joins and row_of()");
  }
};

/// What a view sees of an item: a column, or something in its place that no column names.
struct computed_column {
  static constexpr std::string_view name{};
};
template <class Item>
struct seen_column {
  using type = computed_column;
};
template <class C>
struct seen_column<column_operand<C>> {
  using type = C;
};

template <class From, class Reader, class Result, class... Items>
struct items_view {
  using type = no_view<Reader>;
};
template <class From, class Reader, class Result, class... Items>
  requires(!From::is_joined && !(is_row_item<Items> || ...))
struct items_view<From, Reader, Result, Items...> {
  using type = row_view<Result, Reader, column_list<typename seen_column<Items>::type...>>;
};

/// What select<Row>() answers: whole rows.
template <class Row>
struct selected_row {
  static constexpr bool has_aggregate = false;
  static constexpr bool has_window = false;

  template <class From>
  using row_type = typename item_result<whole_row_item<Row>, From>::type;
  template <class From, class Reader>
  using view_type = std::conditional_t<From::is_joined, no_view<Reader>, row_view<Row, Reader>>;

  template <class From>
  static constexpr void render(sql_writer& out) {
    if constexpr (From::is_joined) {
      whole_row_item<Row>::render(out);
    } else {
      out.text(table<Row>::select_list);
    }
  }
  template <class Sink>
  void bind(Sink&, int&) const {}
  template <class From, class Reader>
  static void decode(Reader& reader, row_type<From>& row) {
    item_result<whole_row_item<Row>, From>::decode(reader, 0, row);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return whole_row_item<Row>::template belongs_to<Scope...>();
  }
  template <class>
  static consteval std::size_t position_of() {
    return 0;
  }
  template <class E>
  static consteval bool selects() {
    return whole_row_item<Row>::template selects<E>();
  }
  template <class>
  static consteval bool fits() {
    return true;
  }
};

/// What a select of anything but all columns of its only table answers. Result is void for tuples, or a struct of the
/// user's.
template <class Result, class... Items>
struct selected_items {
  [[no_unique_address]] clause_list<Items...> nodes{};

  static constexpr bool has_aggregate = ((Items::level == level::group) || ...);
  static constexpr bool has_window = ((Items::level == level::window) || ...);

  template <class From>
  using row_type = std::conditional_t<std::is_void_v<Result>, items_tuple<From, Items...>, Result>;
  template <class From, class Reader>
  using view_type = typename items_view<From, Reader, row_type<From>, Items...>::type;

  template <class From>
  static constexpr void render(sql_writer& out) {
    sql_separator separate;
    ((separate(out), item_result<Items, From>::render(out)), ...);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    bind_clauses(nodes, sink, index);
  }
  template <class From, class Reader>
  static void decode(Reader& reader, row_type<From>& row) {
    try {
      decode_items<From>(reader, row, std::index_sequence_for<Items...>{});
    } catch (decode_fault const& fault) {
      name_item<From>(fault);
    }
  }

  template <class... Scope>
  static consteval bool belongs_to() {
    return (Items::template belongs_to<Scope...>() && ...);
  }

  /// Which item an expression is; the number of items if none.
  template <class E>
  static consteval std::size_t item_index() {
    std::size_t index = 0;
    static_cast<void>(((is_item<E, Items>() ? true : (++index, false)) || ...));
    return index;
  }
  /// In which column of the result, from 1, an expression stands that is grouped by; 0 if nowhere.
  template <class E>
  static consteval std::size_t position_of() {
    constexpr std::size_t found = item_index<E>();
    std::size_t position = 1;
    std::size_t index = 0;
    static_cast<void>(((index++ == found ? true : (position += item_width<Items>, false)) || ...));
    return found < sizeof...(Items) ? position : 0;
  }
  /// Throws invalid_value if an expression is selected with other values: only the selected ones would count.
  template <class E>
  void require_values_of(E const& expression) const {
    if (!bind_same_values(boost::hana::at_c<item_index<E>()>(nodes), expression)) refuse_other_values();
  }

  /// True if E is among what is selected, by itself or as a column of a whole row.
  template <class E>
  static consteval bool selects() {
    return (item_selects<E, Items>() || ...);
  }

  template <class From>
  static consteval bool fits() {
    if constexpr (std::is_void_v<Result>) {
      return true;
    } else {
      return holds_items<Result, From, Items...>();
    }
  }

 private:
  template <class E, class Item>
  static consteval bool item_selects() {
    if constexpr (is_row_item<Item>) {
      return Item::template selects<E>();
    } else {
      return is_item<E, Item>();
    }
  }
  template <class E, class Item>
  static consteval bool is_item() {
    if constexpr (requires { typename Item::expression_type; }) {
      return std::same_as<E, Item> || std::same_as<E, typename Item::expression_type>;
    } else {
      return std::same_as<E, Item>;
    }
  }

  template <class From, class Reader, std::size_t... I>
  static void decode_items(Reader& reader, row_type<From>& row, std::index_sequence<I...>) {
    constexpr auto first = item_positions<From, Items...>;
    (item_result<Items, From>::decode(reader, first[I], item_field<I>(row)), ...);
  }
  template <std::size_t I, class Row>
  static auto& item_field(Row& row) {
    if constexpr (std::is_void_v<Result>) {
      return std::get<I>(row);
    } else {
      return boost::pfr::get<I>(row);
    }
  }
  template <class From>
  [[noreturn]] static void name_item(decode_fault const& fault) {
    static constexpr std::array<std::string_view, sizeof...(Items)> names{item_result<Items, From>::name()...};
    constexpr auto first = item_positions<From, Items...>;
    error_context context;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (first[i] <= fault.column() && fault.column() < first[i + 1]) context.column = names[i];
    }
    throw decode_error(fault.message(), std::move(context));
  }
};

}  // namespace forge_db::detail
