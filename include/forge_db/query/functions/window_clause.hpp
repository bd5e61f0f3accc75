// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/expression.hpp>
#include <forge_db/query/functions/window_frame.hpp>
#include <forge_db/query/grouping.hpp>
#include <forge_db/query/operand.hpp>
#include <forge_db/query/order.hpp>

#include <type_traits>
#include <utility>

namespace forge_db {

/// `partition by`: the rows that belong together. Without it all rows do.
template <class... Nodes>
struct window_partition {
  [[no_unique_address]] detail::clause_list<Nodes...> nodes{};

  static constexpr void render(sql_writer& out, sql_separator& space) {
    if constexpr (sizeof...(Nodes) > 0) {
      space(out);
      sql_separator separate(", ", "partition by ");
      ((separate(out), Nodes::render(out)), ...);
    }
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    detail::bind_clauses(nodes, sink, index);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return (Nodes::template belongs_to<Scope...>() && ...);
  }
};

/// `order by` of a window.
template <class... Terms>
struct window_order {
  [[no_unique_address]] detail::clause_list<Terms...> terms{};

  static constexpr bool is_said = sizeof...(Terms) > 0;
  static constexpr void render(sql_writer& out, sql_separator& space) {
    if constexpr (is_said) {
      space(out);
      sql_separator separate(", ", "order by ");
      ((separate(out), Terms::render(out)), ...);
    }
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    detail::bind_order(terms, sink, index);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return (Terms::template belongs_to<Scope...>() && ...);
  }
};

/// The rows that are alike in these columns and expressions, for over().
template <class... Xs>
[[nodiscard]] constexpr auto partition_by(Xs... operands) {
  constexpr bool nodes = sizeof...(Xs) > 0 && (detail::is_operand<Xs> && ...);
  static_assert(nodes, "forge_db: partition_by() requires columns or expressions; name what the rows have in common");
  if constexpr (nodes) {
    return window_partition<detail::node_for<Xs>...>{
        detail::clause_list<detail::node_for<Xs>...>(detail::node_of(std::move(operands))...)};
  }
}

/// The order of the rows of a window, for over().
template <class... Terms>
[[nodiscard]] constexpr auto order_by(Terms... terms) {
  constexpr bool good = sizeof...(Terms) > 0 && (is_order_term<Terms> && ...);
  static_assert(good, "forge_db: order_by() requires order terms; say column.asc() or column.desc()");
  if constexpr (good) return window_order<Terms...>{detail::clause_list<Terms...>(std::move(terms)...)};
}

namespace detail {

template <class T>
inline constexpr bool is_partition = false;
template <class... Nodes>
inline constexpr bool is_partition<window_partition<Nodes...>> = true;
template <class T>
inline constexpr bool is_window_order = false;
template <class... Terms>
inline constexpr bool is_window_order<window_order<Terms...>> = true;
template <class T>
inline constexpr bool is_window_frame = false;
template <frame_kind Kind, std::int64_t From, std::int64_t To>
inline constexpr bool is_window_frame<window_frame<Kind, From, To>> = true;

/// The first part that is of a kind, or `none`.
template <template <class> class Kind, class None>
constexpr None pick_part(None none) {
  return none;
}
template <template <class> class Kind, class None, class First, class... More>
constexpr auto pick_part(None none, First first, More... more) {
  if constexpr (Kind<First>::value) {
    return first;
  } else {
    return pick_part<Kind>(std::move(none), std::move(more)...);
  }
}
template <class T>
struct partition_kind : std::bool_constant<is_partition<T>> {};
template <class T>
struct order_kind : std::bool_constant<is_window_order<T>> {};
template <class T>
struct frame_part_kind : std::bool_constant<is_window_frame<T>> {};

}  // namespace detail
}  // namespace forge_db
