// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/query/span_fields.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace forge_db {

namespace detail {

/// Column C, and the field of an element that holds its value.
template <column_tag C, std::size_t Field>
struct span_field {
  using column = C;
  static constexpr std::size_t field = Field;
};
template <class... Fields>
struct span_field_list {
  static constexpr std::size_t size = sizeof...(Fields);
};

/// Field of a struct, a tuple, or of a table's row, which has its columns in its own order.
template <class F, class Element>
constexpr decltype(auto) value_of_field(Element const& element) {
  if constexpr (table_row<Element>) {
    return field_at<F::field>(fields_of<Element, table<Element>::columns::size>(element));
  } else {
    return field_of<F::field>(element);
  }
}
template <class F, class Element>
using value_type_of_field = std::remove_cvref_t<decltype(value_of_field<F>(std::declval<Element const&>()))>;

/// A field that may be unset: the row then keeps what it has. Only a patch tells that from NULL.
template <class F, class Element>
inline constexpr bool keeps_by_flag = is_patch<value_type_of_field<F, Element>>;
template <class F, class Element>
inline constexpr bool keeps_by_null = is_optional<value_type_of_field<F, Element>> && !F::column::nullable;

template <class Element, class... Keys, class... Sets>
void write_update_cell(void const* data, int cell, cell_sink& sink, span_field_list<Keys...>,
                       span_field_list<Sets...>) {
  auto const& element = *static_cast<Element const*>(data);
  int at = 0;
  auto const value = [&]<class F>() {
    if (at++ != cell) return false;
    write_named_value<typename F::column>(sink, 1, value_of_field<F>(element));
    return true;
  };
  auto const flag = [&]<class F>() {
    if constexpr (keeps_by_flag<F, Element>) {
      if (at++ != cell) return false;
      codec<bool, storage::boolean>::write(sink, 1, !value_of_field<F>(element).is_unset());
      return true;
    } else {
      return false;
    }
  };
  static_cast<void>((value.template operator()<Keys>() || ...) || (value.template operator()<Sets>() || ...) ||
                    (flag.template operator()<Sets>() || ...));
}
template <class Element, class Keys, class Sets>
void update_cell(void const* data, int cell, cell_sink& sink) {
  write_update_cell<Element>(data, cell, sink, Keys{}, Sets{});
}

}  // namespace detail
}  // namespace forge_db
