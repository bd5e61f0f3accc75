// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_ref.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/query/row_view.hpp>
#include <forge_db/schema/storage.hpp>

#include <boost/pfr/core.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace forge_db {

/// `count(*)`
struct count_all {
  using field_type = std::int64_t;
  using storage_type = storage::integer;
  static constexpr std::string_view name = "count(*)";
  static constexpr bool is_aggregate = true;

  static constexpr void render(sql_writer& out) { out.text(name); }
  template <class...>
  static consteval bool belongs_to() {
    return true;
  }
};

/// The number of rows, for select().
[[nodiscard]] constexpr count_all count() { return {}; }

/// A column in a select list.
template <column_tag C>
struct selected_column : column_ref<C> {
  using field_type = column_field<C>;
  using storage_type = typename C::storage_type;
  static constexpr std::string_view name = C::name;
  static constexpr bool is_aggregate = false;
};

namespace detail {

template <class Item>
consteval auto projected_item() {
  if constexpr (column_tag<Item>) {
    return std::type_identity<selected_column<Item>>{};
  } else {
    return std::type_identity<Item>{};
  }
}
template <class Item>
using projected = typename decltype(projected_item<Item>())::type;

/// A statement without rows.
struct no_rows {
  static constexpr bool returns_rows = false;
  using row_type = void;
  template <class Reader>
  using view_type = void;
};

/// All columns of a table, decoded into its struct.
template <class Row>
struct whole_row {
  static constexpr bool returns_rows = true;
  using row_type = Row;
  template <class Reader>
  using view_type = row_view<Row, Reader>;

  static constexpr void render(sql_writer& out) { out.text(table<Row>::select_list); }
  template <class Reader>
  static void decode(Reader& reader, Row& row) {
    decode_row<Row>(reader, row);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return (std::same_as<Row, Rows> || ...);
  }
};

/// Some columns, decoded into Result: a tuple, or a struct of the user's.
template <class Result, class... Items>
struct some_columns {
  static constexpr bool returns_rows = true;
  using row_type = Result;
  template <class Reader>
  using view_type = row_view<Result, Reader, column_list<Items...>>;

  static constexpr void render(sql_writer& out) {
    sql_separator separate;
    ((separate(out), projected<Items>::render(out)), ...);
  }

  template <class Reader>
  static void decode(Reader& reader, Result& row) {
    static constexpr std::array<std::string_view, sizeof...(Items)> names{projected<Items>::name...};
    try {
      decode_items(reader, row, std::index_sequence_for<Items...>{});
    } catch (decode_fault const& fault) {
      name_fault(fault, {}, names);
    }
  }

  template <class... Rows>
  static consteval bool belongs_to() {
    return (projected<Items>::template belongs_to<Rows...>() && ...);
  }

 private:
  template <class Reader, std::size_t... I>
  static void decode_items(Reader& reader, Result& row, std::index_sequence<I...>) {
    (read_field<typename projected<Items>::storage_type>(reader, static_cast<int>(I), field<I>(row)), ...);
  }

  template <std::size_t I>
  static auto& field(Result& row) {
    if constexpr (std::same_as<Result, std::tuple<typename projected<Items>::field_type...>>) {
      return std::get<I>(row);
    } else {
      return boost::pfr::get<I>(row);
    }
  }
};

template <class... Items>
using tuple_of = some_columns<std::tuple<typename projected<Items>::field_type...>, Items...>;

}  // namespace detail

/// True if `Result` is a struct with one field for each selected item, of its type, in order: the rule of
/// into<Result>().
template <class Result, class... Items>
consteval bool holds_columns() {
  if constexpr (!std::is_aggregate_v<Result>) {
    return false;
  } else if constexpr (boost::pfr::tuple_size_v<Result> != sizeof...(Items)) {
    return false;
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (std::same_as<boost::pfr::tuple_element_t<I, Result>, typename detail::projected<Items>::field_type> &&
              ...);
    }
    (std::index_sequence_for<Items...>{});
  }
}

/// True if the items can stand beside each other in one select list without a group_by.
template <class... Items>
consteval bool can_select_together() {
  return (detail::projected<Items>::is_aggregate && ...) || (!detail::projected<Items>::is_aggregate && ...);
}

}  // namespace forge_db
