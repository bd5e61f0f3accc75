// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/detail/page_join.hpp>
#include <forge_db/query/detail/page_segment.hpp>
#include <forge_db/query/detail/page_value.hpp>
#include <forge_db/query/detail/read_page.hpp>
#include <forge_db/query/page_cursor.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/select.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/schema/secret_column.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

// What select_statement::page_after() and page_before() answer, and how it is run. Include it where they are used.

namespace forge_db {

namespace detail {

template <class T>
inline constexpr bool is_column_order = false;
template <class C, direction Way, nulls Place>
inline constexpr bool is_column_order<order_term<C, Way, Place>> = true;

/// A cursor holds the values of the columns, and can be read.
template <class T>
inline constexpr bool is_secret_order = false;
template <class C, direction Way, nulls Place>
inline constexpr bool is_secret_order<order_term<C, Way, Place>> = is_secret<C>;

/// What the pages of select statements ask of them, with its words. True if it is there.
template <class From, class Limit, class Offset, class Grouping, class... Terms>
consteval bool check_page(clause_list<Terms...>) {
  constexpr bool plain = std::same_as<Grouping, no_grouping>;
  constexpr bool joined_by_key = page_joins<From>::find_one_row;
  constexpr bool of_columns = (is_column_order<Terms> && ...);
  constexpr bool of_first = !of_columns || (is_order_of<typename page_joins<From>::first, Terms> && ...);
  constexpr bool is_open = !(is_secret_order<Terms> || ...);
  constexpr bool unlimited = std::same_as<Limit, no_count> && std::same_as<Offset, no_count>;
  static_assert(plain, "forge_db: page_after() is not supported yet for groups and distinct rows; page a view of them");
  static_assert(joined_by_key,
                "forge_db: page_after() requires joins that find at most one row each, by its key or unique columns; "
                "load rows that are many as a relation");
  static_assert(sizeof...(Terms) > 0,
                "forge_db: page_after() requires an order_by(); a place lies between two rows of an order");
  static_assert(of_columns, "forge_db: page_after() requires an order_by() of columns; expressions have no index");
  static_assert(of_first,
                "forge_db: page_after() requires an order_by() of columns of the first table; begin with the one that "
                "has them");
  static_assert(is_open, "forge_db: page_after() requires an order_by() without secret columns; a cursor shows values");
  static_assert(unlimited, "forge_db: page_after() requires a statement without limit() and offset(); it has a size");
  return plain && joined_by_key && sizeof...(Terms) > 0 && of_columns && of_first && is_open && unlimited;
}

/// The column's name, with its table's where there are several.
template <bool Joined, class C>
constexpr std::string_view page_name_of() {
  if constexpr (Joined) {
    return qualified_name<C>::text;
  } else {
    return C::quoted;
  }
}

template <bool Joined, class C, direction Way, nulls Place>
constexpr page_column page_column_of(order_term<C, Way, Place>, int index) {
  bool const first = Place == nulls::lowest ? Way == direction::ascending : Place == nulls::first;
  return {page_name_of<Joined, C>(), index, C::nullable, Way == direction::descending, C::nullable && first, false};
}

template <class C, direction Way, nulls Place>
C column_of(order_term<C, Way, Place>);

/// The columns of an order, and behind them those of the key, in the first column's direction.
template <bool Joined, class Row, class... Terms>
struct select_order {
  template <class... Key>
  static constexpr page_columns with_key(column_list<Key...>) {
    page_columns all;
    int index = 0;
    (all.add(page_column_of<Joined>(Terms{}, index++)), ...);
    bool const descends = all[0].descending;
    ((all.holds(page_name_of<Joined, Key>())
          ? void()
          : all.add({page_name_of<Joined, Key>(), index++, false, descends, false, false})),
     ...);
    return all;
  }
  static constexpr page_columns columns = with_key(typename table<Row>::key{});

  /// Calls `visit.template operator()<C>(i)` for column number i of the order.
  template <class Visit>
  static void each(Visit visit) {
    std::size_t at = 0;
    (visit.template operator()<decltype(column_of(Terms{}))>(at++), ...);
    each_key(at, visit, typename table<Row>::key{});
  }

  /// The order's own number, which its cursors carry.
  static std::uint64_t number() {
    stable_hash hash;
    hash.add("select");
    hash.add(table<typename table<Row>::row_type>::name);
    each([&]<class C>(std::size_t at) { hash_column<C>(hash, columns[at]); });
    return hash.value();
  }

 private:
  template <class C>
  static constexpr bool is_sorted_by = ((C::quoted == decltype(column_of(Terms{}))::quoted) || ...);
  template <class Visit, class... Key>
  static void each_key(std::size_t at, Visit& visit, column_list<Key...>) {
    ((is_sorted_by<Key> ? void() : visit.template operator()<Key>(at++)), ...);
  }
};

template <class From, class Order>
struct select_order_of;
template <class Row, class... Joins, class... Terms>
struct select_order_of<from_list<Row, Joins...>, clause_list<Terms...>> {
  using type = select_order<(sizeof...(Joins) > 0), Row, Terms...>;
};

/// The order of the walk: as it is, or backwards.
inline page_columns walked(page_columns const& order, cursor_place const* place, bool backwards) {
  page_columns columns;
  for (std::size_t i = 0; i < order.size(); ++i) {
    page_column column = order[i];
    column.descending = column.descending != backwards;
    column.nulls_first = column.nullable && column.nulls_first != backwards;
    column.null_at_cursor = place != nullptr && place->values[i].is_null();
    columns.add(column);
  }
  return columns;
}

}  // namespace detail

/// The statement that page_after() or page_before() makes; fetch_page() runs it. Keeps a copy of the select statement,
/// and borrows the lvalues that it borrows.
template <class Select, bool Backwards>
class select_page;

template <class From, class Items, class Where, class Order, class Limit, class Offset, class Grouping, bool Backwards>
class select_page<select_statement<From, Items, Where, Order, Limit, Offset, Grouping>, Backwards> {
  static_assert(detail::check_page<From, Limit, Offset, Grouping>(Order{}));
  using select = select_statement<From, Items, Where, Order, Limit, Offset, Grouping>;
  using context = detail::grouped_from<From, false>;

 public:
  using order = typename detail::select_order_of<From, Order>::type;
  using cursor_type = page_cursor<detail::page_list<From, Order>>;
  using row_type = typename Items::template row_type<context>;

  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = true;

 private:
  // Bits of the mask: when() conditions from 0, then NULL at the cursor by column.
  static constexpr std::size_t null_bit = 230;
  static constexpr std::size_t has_cursor_bit = 254;
  static constexpr std::size_t includes_bit = 255;
  static_assert(detail::choices_in<Where> <= null_bit,
                "forge_db: page_after() requires at most 230 conditions by when(); join what belongs together");

  select select_;
  cursor_type cursor_;
  std::int64_t rows_;

 public:
  /// Throws invalid_value for a size below 1, bad_cursor for a cursor that no row of the order has.
  select_page(select of, cursor_type cursor, std::int64_t size)
      : select_(std::move(of)), cursor_(std::move(cursor)), rows_(size) {
    if (size < 1) {
      throw invalid_value(Backwards ? "forge_db: page_before() requires its size to be 1 or more; ask for some rows"
                                    : "forge_db: page_after() requires its size to be 1 or more; ask for some rows");
    }
    detail::cursor_place const* const at = place();
    if (at == nullptr) return;
    if (at->list != order::number() || at->values.size() != order::columns.size()) {
      detail::refuse_cursor("of the same table, sort columns and directions");
    }
    order::each([&]<class C>(std::size_t i) { detail::require_cursor_value<C>(at->values[i]); });
  }

  [[nodiscard]] shape_mask mask() const {
    shape_mask mask;
    if constexpr (select::is_dynamic) mask = select_.mask();
    detail::cursor_place const* const at = place();
    if (at == nullptr) return mask;
    mask.set(has_cursor_bit);
    mask.set(includes_bit, at->behind == Backwards);
    for (std::size_t i = 0; i < at->values.size(); ++i) mask.set(null_bit + i, at->values[i].is_null());
    return mask;
  }

  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return detail::written_text(target, [&](sql_writer& out) { render(out, mask); });
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    detail::cursor_place const* const at = place();
    if (at == nullptr) {
      select_.bind(sink, index);
    } else {
      detail::page_columns const columns = detail::walked(order::columns, at, Backwards);
      detail::each_segment(columns, at->behind == Backwards, [&](detail::page_segment segment) {
        select_.bind(sink, index);
        detail::bind_segment(sink, index, columns, segment, at->values);
      });
    }
    sink.int64(index, rows_);
  }

  template <class Reader, class Result>
  static void decode(Reader& reader, Result& row) {
    select::decode(reader, row);
  }

  [[nodiscard]] cursor_type const& cursor() const noexcept { return cursor_; }
  [[nodiscard]] std::int64_t size() const noexcept { return rows_; }
  /// The same, of another number of rows.
  [[nodiscard]] select_page with_rows(std::int64_t rows) const { return select_page(select_, cursor_, rows); }
  /// One row on the other side of a place, if there is one.
  [[nodiscard]] auto beyond(detail::cursor_place const& place) const {
    return select_page<select, !Backwards>(select_, detail::cursor_access::make<cursor_type>(place), 1);
  }

 private:
  [[nodiscard]] detail::cursor_place const* place() const noexcept { return detail::cursor_access::place(cursor_); }

  /// The order's columns stand behind the selected ones, under names of their own: a UNION is ordered by its result.
  static void render(sql_writer& out, shape_mask const& mask) {
    detail::page_columns columns;
    for (std::size_t i = 0; i < order::columns.size(); ++i) {
      detail::page_column column = detail::walked(order::columns, nullptr, Backwards)[i];
      column.null_at_cursor = mask.test(null_bit + i);
      columns.add(column);
    }
    out.qualify(From::is_joined);
    auto const render_rows = [&](detail::page_segment const* segment) {
      if constexpr (select::is_dynamic) out.choose(mask);
      out.text("select ");
      Items::template render<context>(out);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        out.text(", ");
        out.text(columns[i].quoted);
        out.text(" as forge_order_");
        out.number(i);
      }
      out.text(" from ");
      From::render(out);
      sql_separator separate(" and ", " where ");
      if constexpr (predicate<Where>) {
        separate(out);
        detail::render_operand_of<Where, 2>(out);
      }
      if (segment != nullptr) detail::render_segment(out, separate, columns, *segment);
    };
    if (mask.test(has_cursor_bit)) {
      sql_separator unite(" union all ");
      detail::each_segment(columns, mask.test(includes_bit), [&](detail::page_segment segment) {
        unite(out);
        render_rows(&segment);
      });
    } else {
      render_rows(nullptr);
    }
    sql_separator separate(", ", " order by ");
    for (std::size_t i = 0; i < columns.size(); ++i) {
      separate(out);
      out.text("forge_order_");
      out.number(i);
      detail::render_page_direction(out, columns[i]);
    }
    out.text(" limit ");
    out.parameter();
  }
};

/// The cursors of a select statement's order: `cursor_of<decltype(query)>::from_text(text)`.
template <class Select>
using cursor_of = typename select_page<std::remove_cvref_t<Select>, false>::cursor_type;

/// Runs the page of a select statement: its rows in the statement's order, and the places around them. A page that
/// starts at a cursor takes a second statement, which reads one row, for the side that it came from. Throws what the
/// session throws.
template <class Session, class Select, bool Backwards>
[[nodiscard]] auto fetch_page(Session& session, select_page<Select, Backwards> const& asked) {
  using query = select_page<Select, Backwards>;
  using order = typename query::order;

  return detail::read_page<typename query::row_type>(
      session, asked.with_rows(asked.size() + 1), asked.size(), asked.cursor(),
      {order::number(), Backwards, std::vector<detail::cursor_value>(order::columns.size())},
      [](auto const& running, std::size_t i) {
        return running.column_count() - static_cast<int>(order::columns.size()) + static_cast<int>(i);
      },
      [&](detail::cursor_place const& near) { return asked.beyond(near); });
}

}  // namespace forge_db
