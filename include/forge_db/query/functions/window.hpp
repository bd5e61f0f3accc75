// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/aggregate.hpp>
#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/functions/function.hpp>
#include <forge_db/query/functions/window_clause.hpp>
#include <forge_db/query/functions/window_frame.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

// Functions over the rows around a row: `row_number().over(partition_by(books::shelf_id),
// order_by(books::score.desc()))`, and every aggregate with over(). They stand in the select list and in order_by()
// only; to compare with one, select it in a derived table.
namespace forge_db {

/// `call over (partition by ... order by ... frame)`
template <class Call, class Partition, class Order, class Frame>
struct windowed : detail::expression_methods<windowed<Call, Partition, Order, Frame>>,
                  detail::operands<Call, Partition, Order> {
  using detail::operands<Call, Partition, Order>::operands;
  using value_type = typename Call::value_type;
  using storage_type = typename Call::storage_type;
  static constexpr detail::level level = detail::level::window;

  static constexpr void render(sql_writer& out) {
    if (out.is_postgres()) out.text(Call::postgres_before);
    Call::render(out);
    out.text(" over (");
    sql_separator space(" ");
    Partition::render(out, space);
    Order::render(out, space);
    Frame::render(out, space);
    out.text(")");
    if (out.is_postgres()) out.text(Call::postgres_cast);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return Call::template belongs_to<Scope...>() && Partition::template belongs_to<Scope...>() &&
           Order::template belongs_to<Scope...>();
  }
  template <class From>
  static consteval bool is_nullable() {
    return Call::template is_nullable<From>(Frame::may_be_empty);
  }
};

namespace detail {

/// Makes a window of the parts of over(), which may be said in any order.
template <class Call, class... Parts>
constexpr auto make_window(Call call, Parts... parts) {
  constexpr int partitions = (0 + ... + int{is_partition<Parts>});
  constexpr int orders = (0 + ... + int{is_window_order<Parts>});
  constexpr int frames = (0 + ... + int{is_window_frame<Parts>});
  constexpr bool good = partitions <= 1 && orders <= 1 && frames <= 1 &&
                        partitions + orders + frames == static_cast<int>(sizeof...(Parts));
  static_assert(
      good,
      "forge_db: over() requires partition_by(), order_by() and a frame, each at most once; remove what is said twice");
  static_assert(
      !Call::needs_order || orders > 0,
      "forge_db: over() requires order_by() for a function that depends on the order; say which row is first");
  if constexpr (good) {
    using frame = decltype(pick_part<frame_part_kind>(default_frame{}, parts...));
    static_assert(
        !frame::needs_order || orders > 0,
        "forge_db: over() requires order_by() for a frame of ranges or groups; say it, or take rows_between()");
    auto partition = pick_part<partition_kind>(window_partition<>{}, parts...);
    auto order = pick_part<order_kind>(window_order<>{}, parts...);
    return windowed<Call, decltype(partition), decltype(order), frame>(std::move(call), std::move(partition),
                                                                       std::move(order));
  }
}

/// An aggregate as the function of a window: of the rows themselves, also where its statement is not grouped.
template <class Aggregate>
struct windowed_aggregate {
  Aggregate node;

  using value_type = typename Aggregate::value_type;
  using storage_type = typename Aggregate::storage_type;
  static constexpr bool needs_order = false;
  static constexpr std::string_view postgres_before = Aggregate::postgres_before;
  static constexpr std::string_view postgres_cast = Aggregate::postgres_cast;

  static constexpr void render(sql_writer& out) { Aggregate::render_call(out); }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    node.bind(sink, index);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return Aggregate::base::template belongs_to<Scope...>();
  }
  template <class From>
  static consteval bool is_nullable(bool may_be_empty) {
    return !Aggregate::counts && (may_be_empty || Aggregate::base::template is_nullable<From>());
  }
};

template <class Aggregate, class Condition>
struct windowed_aggregate<filtered_aggregate<Aggregate, Condition>> {
  filtered_aggregate<Aggregate, Condition> node;

  using value_type = typename Aggregate::value_type;
  using storage_type = typename Aggregate::storage_type;
  static constexpr bool needs_order = false;
  static constexpr std::string_view postgres_before = Aggregate::postgres_before;
  static constexpr std::string_view postgres_cast = Aggregate::postgres_cast;

  static constexpr void render(sql_writer& out) {
    Aggregate::render_call(out);
    out.text(" filter (where ");
    Condition::render(out);
    out.text(")");
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    node.bind(sink, index);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return Aggregate::base::template belongs_to<Scope...>() && Condition::template belongs_to<Scope...>();
  }
  template <class>
  static consteval bool is_nullable(bool) {
    return !Aggregate::counts;
  }
};

/// Neither dialect has windows of distinct values, PostgreSQL none of percentiles.
template <class Aggregate>
consteval bool has_windows() {
  if constexpr (requires { Aggregate::has_windows; }) {
    return Aggregate::has_windows;
  } else {
    return true;
  }
}
template <class Aggregate>
inline constexpr bool counts_distinct = false;
template <class E>
inline constexpr bool counts_distinct<count_values<E, true>> = true;

template <class Self, class... Operands>
template <class... Parts>
constexpr auto aggregate<Self, Operands...>::over(Parts... parts) const {
  static_assert(!counts_distinct<Self> && has_windows<Self>(),
                "forge_db: over() requires an aggregate without distinct, and no percentile; the dialects have them "
                "for groups only");
  return make_window(windowed_aggregate<Self>{static_cast<Self const&>(*this)}, std::move(parts)...);
}

}  // namespace detail

template <expression Aggregate, predicate Condition>
template <class... Parts>
constexpr auto filtered_aggregate<Aggregate, Condition>::over(Parts... parts) const {
  static_assert(!detail::counts_distinct<Aggregate> && detail::has_windows<Aggregate>(),
                "forge_db: over() requires an aggregate without distinct, and no percentile; the dialects have them "
                "for groups only");
  return detail::make_window(detail::windowed_aggregate<filtered_aggregate>{*this}, std::move(parts)...);
}

/// A function of a window, which is none before over() says which rows.
template <class Text, class Value, class Storage, class... Operands>
struct window_function : detail::operands<Operands...> {
  using detail::operands<Operands...>::operands;
  using value_type = Value;
  using storage_type = Storage;
  static constexpr bool needs_order = true;
  static constexpr std::string_view postgres_before{};
  static constexpr std::string_view postgres_cast = Text::postgres_cast;

  template <class... Parts>
  [[nodiscard]] constexpr auto over(Parts... parts) const {
    return detail::make_window(*this, std::move(parts)...);
  }

  static constexpr void render(sql_writer& out) {
    static_assert(((Operands::level != detail::level::window) && ...),
                  "forge_db: a window function requires its operands to be none; select it in a derived table");
    std::array<detail::text_operand, sizeof...(Operands)> nodes{detail::operand_of<Operands>()...};
    detail::render_pattern(out, out.is_postgres() ? Text::postgres : Text::sqlite, nodes);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return (Operands::template belongs_to<Scope...>() && ...);
  }
  template <class From>
  static consteval bool is_nullable(bool may_be_empty) {
    return Text::adds_null || (Text::of_frame && may_be_empty) || (Operands::template is_nullable<From>() || ...);
  }
};

namespace detail {

struct window_text {
  static constexpr std::string_view postgres_cast{};
  static constexpr bool adds_null = false;
  static constexpr bool of_frame = false;
};
struct row_number_text : window_text {
  static constexpr std::string_view sqlite = "row_number()";
  static constexpr std::string_view postgres = sqlite;
};
struct rank_text : window_text {
  static constexpr std::string_view sqlite = "rank()";
  static constexpr std::string_view postgres = sqlite;
};
struct dense_rank_text : window_text {
  static constexpr std::string_view sqlite = "dense_rank()";
  static constexpr std::string_view postgres = sqlite;
};
struct percent_rank_text : window_text {
  static constexpr std::string_view sqlite = "percent_rank()";
  static constexpr std::string_view postgres = sqlite;
};
struct cume_dist_text : window_text {
  static constexpr std::string_view sqlite = "cume_dist()";
  static constexpr std::string_view postgres = sqlite;
};
struct ntile_text : window_text {
  static constexpr std::string_view sqlite = "ntile(@1)";
  static constexpr std::string_view postgres = "ntile(@1::integer)";
  static constexpr std::string_view postgres_cast = "::bigint";
};
struct lag_text : window_text {
  static constexpr std::string_view sqlite = "lag(@1, @2)";
  static constexpr std::string_view postgres = "lag(@1, @2::integer)";
  static constexpr bool adds_null = true;
};
struct lead_text : window_text {
  static constexpr std::string_view sqlite = "lead(@1, @2)";
  static constexpr std::string_view postgres = "lead(@1, @2::integer)";
  static constexpr bool adds_null = true;
};
struct lag_or_text : window_text {
  static constexpr std::string_view sqlite = "lag(@1, @2, @3)";
  static constexpr std::string_view postgres = "lag(@1, @2::integer, @3)";
};
struct lead_or_text : window_text {
  static constexpr std::string_view sqlite = "lead(@1, @2, @3)";
  static constexpr std::string_view postgres = "lead(@1, @2::integer, @3)";
};
struct first_value_text : window_text {
  static constexpr std::string_view sqlite = "first_value(@1)";
  static constexpr std::string_view postgres = sqlite;
  static constexpr bool of_frame = true;
};
struct last_value_text : window_text {
  static constexpr std::string_view sqlite = "last_value(@1)";
  static constexpr std::string_view postgres = sqlite;
  static constexpr bool of_frame = true;
};
struct nth_value_text : window_text {
  static constexpr std::string_view sqlite = "nth_value(@1, @2)";
  static constexpr std::string_view postgres = "nth_value(@1, @2::integer)";
  static constexpr bool adds_null = true;
};

template <class Text>
using counting_window = window_function<Text, std::int64_t, storage::integer>;

constexpr auto bound_rows(std::int64_t value, std::int64_t least, char const* message) {
  if (value < least) throw invalid_value(message);
  return bound_value<std::int64_t, storage::integer>(std::in_place, value);
}

template <class Text, class First, class... More>
constexpr auto window_like(First first, More... more) {
  return window_function<Text, typename First::value_type, typename First::storage_type, First, More...>(
      std::move(first), std::move(more)...);
}

template <class Text, class X>
constexpr auto neighbour(X&& operand, std::int64_t rows) {
  auto distance =
      bound_rows(rows, 0, "forge_db: lag() and lead() require their distance to be 0 or more; take the other");
  return window_like<Text>(node_of(std::forward<X>(operand)), std::move(distance));
}
template <class Text, class X, class Default>
constexpr auto neighbour_or(X&& operand, std::int64_t rows, Default&& value) {
  auto distance =
      bound_rows(rows, 0, "forge_db: lag() and lead() require their distance to be 0 or more; take the other");
  auto node = node_of(std::forward<X>(operand));
  auto other = value_beside<decltype(node)>(std::forward<Default>(value));
  return window_like<Text>(std::move(node), std::move(distance), std::move(other));
}

}  // namespace detail

/// The place of the row in the window's order, from 1; rows that are equal get different ones.
[[nodiscard]] constexpr auto row_number() { return detail::counting_window<detail::row_number_text>(); }
/// The place of the first row that is equal in the order, from 1: 1, 1, 3.
[[nodiscard]] constexpr auto rank() { return detail::counting_window<detail::rank_text>(); }
/// The number of different values up to the row's: 1, 1, 2.
[[nodiscard]] constexpr auto dense_rank() { return detail::counting_window<detail::dense_rank_text>(); }
/// (rank - 1) / (rows - 1), 0 where there is one row.
[[nodiscard]] constexpr auto percent_rank() {
  return window_function<detail::percent_rank_text, double, storage::real>();
}
/// The share of the rows that come before the row or are equal to it.
[[nodiscard]] constexpr auto cume_dist() { return window_function<detail::cume_dist_text, double, storage::real>(); }

/// The number, from 1, of the row's part when the window is cut into so many of equal size. Throws invalid_value if
/// that is less than 1.
[[nodiscard]] constexpr auto ntile(std::int64_t parts) {
  auto bound = detail::bound_rows(parts, 1, "forge_db: ntile() requires its number of parts to be 1 or more");
  return window_function<detail::ntile_text, std::int64_t, storage::integer, decltype(bound)>(std::move(bound));
}

/// The operand in the row so many before; NULL, or `otherwise`, where there is none. Throws invalid_value if the
/// distance is negative.
template <class X>
[[nodiscard]] constexpr auto lag(X&& operand, std::int64_t rows = 1) {
  static_assert(detail::is_operand<X>, "forge_db: lag() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) return detail::neighbour<detail::lag_text>(std::forward<X>(operand), rows);
}
template <class X, class Default>
[[nodiscard]] constexpr auto lag(X&& operand, std::int64_t rows, Default&& otherwise) {
  constexpr bool alike = detail::takes_same_value<X, Default>();
  static_assert(alike,
                "forge_db: lag() requires a column or an expression, and a value of its type; convert or cast it");
  if constexpr (alike) {
    return detail::neighbour_or<detail::lag_or_text>(std::forward<X>(operand), rows, std::forward<Default>(otherwise));
  }
}

/// The operand in the row so many after.
template <class X>
[[nodiscard]] constexpr auto lead(X&& operand, std::int64_t rows = 1) {
  static_assert(detail::is_operand<X>, "forge_db: lead() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) return detail::neighbour<detail::lead_text>(std::forward<X>(operand), rows);
}
template <class X, class Default>
[[nodiscard]] constexpr auto lead(X&& operand, std::int64_t rows, Default&& otherwise) {
  constexpr bool alike = detail::takes_same_value<X, Default>();
  static_assert(alike,
                "forge_db: lead() requires a column or an expression, and a value of its type; convert or cast it");
  if constexpr (alike) {
    return detail::neighbour_or<detail::lead_or_text>(std::forward<X>(operand), rows, std::forward<Default>(otherwise));
  }
}

/// The operand in the first row of the frame.
template <class X>
[[nodiscard]] constexpr auto first_value(X&& operand) {
  static_assert(detail::is_operand<X>, "forge_db: first_value() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    return detail::window_like<detail::first_value_text>(detail::node_of(std::forward<X>(operand)));
  }
}

/// The operand in the last row of the frame, which without a frame is the current row or its last peer.
template <class X>
[[nodiscard]] constexpr auto last_value(X&& operand) {
  static_assert(detail::is_operand<X>, "forge_db: last_value() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    return detail::window_like<detail::last_value_text>(detail::node_of(std::forward<X>(operand)));
  }
}

/// The operand in the `row`th of the frame, from 1; NULL where the frame has fewer. Throws invalid_value if it is less.
template <class X>
[[nodiscard]] constexpr auto nth_value(X&& operand, std::int64_t row) {
  static_assert(detail::is_operand<X>, "forge_db: nth_value() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    return detail::window_like<detail::nth_value_text>(
        detail::node_of(std::forward<X>(operand)),
        detail::bound_rows(row, 1, "forge_db: nth_value() requires its row to be 1 or more"));
  }
}

}  // namespace forge_db
