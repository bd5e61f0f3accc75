// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/concatenated.hpp>
#include <forge_db/repository/detail/key_values.hpp>
#include <forge_db/repository/standing.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

// Behaviours whose rows are found by columns among which the table's scope may be: what a program does not name,
// because the repository knows it.
namespace forge_db::detail {

template <class C>
consteval bool is_tenant_column() {
  if constexpr (has_scope<typename C::row_type>) {
    return std::same_as<C, typename table<typename C::row_type>::scope>;
  } else {
    return false;
  }
}

template <class... C>
auto without_tenant_list(column_list<C...>) {
  return concatenated(column_list<>{}, std::conditional_t<is_tenant_column<C>(), column_list<>, column_list<C>>{}...);
}
/// The columns, but the scope of their table.
template <class Columns>
using without_tenant = decltype(without_tenant_list(Columns{}));

/// The values of all Columns, from those of without_tenant<Columns>.
template <class Row, class Given, class... C>
std::tuple<typename C::value_type...> add_tenant([[maybe_unused]] Given given,
                                                 [[maybe_unused]] standing<Row> const& conditions, column_list<C...>) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    [[maybe_unused]] auto const value = [&]<std::size_t At, class Column>(auto const& of) ->
        typename Column::value_type {
          if constexpr (is_tenant_column<Column>()) {
            return of.tenant;
          } else {
            constexpr std::size_t tenants_before = [] {
              std::size_t count = 0;
              std::size_t place = 0;
              ((count += place++ < At && is_tenant_column<C>() ? 1 : 0), ...);
              return count;
            }();
            return std::get<At - tenants_before>(std::move(given));
          }
        };
    return std::tuple<typename C::value_type...>{value.template operator()<I, C>(conditions)...};
  }
  (std::index_sequence_for<C...>{});
}

/// The values of all Columns, from what fit_columns() of without_tenant<Columns>, one for each. Throws invalid_value
/// for an integer out of its column's range.
template <class Row, class Columns, class... Given>
auto key_with_tenant(standing<Row> const& conditions, Given&&... given) {
  return add_tenant<Row>(given_values(without_tenant<Columns>{}, std::forward<Given>(given)...), conditions, Columns{});
}

}  // namespace forge_db::detail
