// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/query_traits.hpp>

#include <boost/hana/at.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace forge_db {

enum class set_operator : std::uint8_t { union_distinct, union_all, intersect, except };

namespace detail {

/// An order term of a result: by its column's place, which is the one thing that both dialects take for every select.
template <std::size_t Position, bool Nullable, direction Way, nulls Place>
struct result_term {
  static constexpr void render(sql_writer& out) {
    out.number(Position + 1);
    render_direction(out, Nullable, Way, Place);
  }
};

template <class Columns, class Key, direction Way, nulls Place>
consteval auto result_term_of() {
  constexpr found_column found = find_result<Key>(Columns{});
  static_assert(
      found.count == 1,
      "forge_db: order_by() of a set operation requires columns that its first select gives, each once; select "
      "them");
  if constexpr (found.count == 1) {
    constexpr bool nullable = std::tuple_element_t<found.position, typename Columns::tuple>::nullable;
    return result_term<found.position, nullable, Way, Place>{};
  }
}
template <class Columns, class C, direction Way, nulls Place>
consteval auto term_of_result(order_term<C, Way, Place>) {
  return result_term_of<Columns, C, Way, Place>();
}
template <class Columns, class E, direction Way, nulls Place>
constexpr auto term_of_result(expression_term<E, Way, Place> const&) {
  return result_term_of<Columns, E, Way, Place>();
}

/// Terms that name something of each row: a column, or what is computed of columns.
template <class Term>
inline constexpr bool is_term_of_result = false;
template <class C, direction Way, nulls Place>
inline constexpr bool is_term_of_result<order_term<C, Way, Place>> = true;
template <class E, direction Way, nulls Place>
inline constexpr bool is_term_of_result<expression_term<E, Way, Place>> = true;

template <class A, class B>
inline constexpr bool can_be_united = false;
template <class... A, class... B>
  requires(sizeof...(A) == sizeof...(B))
inline constexpr bool can_be_united<result_list<A...>, result_list<B...>> =
    ((have_same_values<A, B> && (A::nullable || !B::nullable)) && ...);

template <class Query>
inline constexpr bool is_set_operation = requires {
  Query::set_operator_tag;
};

}  // namespace detail

/// Several selects as one: their rows together, those in all of them, those in the first only. See union_all() and the
/// others. The rows are decoded as the first select's are, so the others give NULL only where it can.
template <set_operator Operator, class Queries, class Order = detail::clause_list<>, class Limit = detail::no_count,
          class Offset = detail::no_count>
class set_operation;

template <set_operator Operator, class First, class... More, class Order, class Limit, class Offset>
class set_operation<Operator, detail::clause_list<First, More...>, Order, Limit, Offset> {
  using queries = detail::clause_list<First, More...>;

 public:
  static constexpr bool set_operator_tag = true;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = typename First::row_type;
  template <class Reader>
  using view_type = detail::no_view<Reader>;

  constexpr explicit set_operation(queries selects, Limit limit = {}, Offset offset = {})
      : queries_(std::move(selects)), limit_(limit), offset_(offset) {}

  /// By columns of the first select: `books::title.asc()`, or what it computes; not random_order().
  template <class... Terms>
  [[nodiscard]] constexpr auto order_by(Terms... terms) const {
    static_assert(detail::clause_list_traits<Order>::empty,
                  "forge_db: order_by() requires to be the only one; give it all terms");
    static_assert(sizeof...(Terms) > 0 && (is_order_term<Terms> && ...),
                  "forge_db: order_by() requires order terms; say column.asc() or column.desc()");
    constexpr bool named = (detail::is_term_of_result<Terms> && ...);
    static_assert(named || !(is_order_term<Terms> && ...),
                  "forge_db: order_by() of a set operation requires columns that its first select gives; for another "
                  "order select from derived() of it");
    if constexpr (named) {
      using columns = typename detail::query_traits<First>::columns;
      using list = detail::clause_list<decltype(detail::term_of_result<columns>(terms))...>;
      return set_operation<Operator, queries, list, Limit, Offset>(queries_, limit_, offset_);
    } else {
      return *this;
    }
  }
  /// At most `rows` rows. Throws invalid_value if it is negative.
  [[nodiscard]] constexpr auto limit(std::int64_t rows) const {
    static_assert(std::same_as<Limit, detail::no_count>,
                  "forge_db: limit() requires to be the only one; remove the other");
    return set_operation<Operator, queries, Order, detail::row_count, Offset>(
        queries_,
        detail::checked_count(rows,
                              "forge_db: limit() requires its argument to be 0 or more; leave it out for all rows"),
        offset_);
  }
  /// Passes over the first `rows` rows. Throws invalid_value if it is negative.
  [[nodiscard]] constexpr auto offset(std::int64_t rows) const {
    static_assert(std::same_as<Offset, detail::no_count>,
                  "forge_db: offset() requires to be the only one; remove the other");
    return set_operation<Operator, queries, Order, Limit, detail::row_count>(
        queries_, limit_, detail::checked_count(rows, "forge_db: offset() requires its argument to be 0 or more"));
  }

  static constexpr void render_within(sql_writer& out) { render_all<true>(out); }
  static constexpr void render(sql_writer& out) { render_all<false>(out); }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind(sink, index);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    detail::bind_clauses(queries_, sink, index);
    limit_.bind(sink, index);
    offset_.bind(sink, index);
  }
  template <class Reader, class Result>
  static void decode(Reader& reader, Result& row) {
    First::decode(reader, row);
  }

 private:
  template <bool Within, class Query>
  static constexpr void render_one(sql_writer& out) {
    if constexpr (Within) {
      Query::render_within(out);
    } else {
      Query::render(out);
    }
  }
  template <bool Within>
  static constexpr void render_all(sql_writer& out) {
    constexpr std::string_view words[] = {" union ", " union all ", " intersect ", " except "};
    // SQLite goes from the left to the right, and knows no parentheses; PostgreSQL intersects first.
    constexpr bool nested = detail::is_set_operation<First>;
    if (nested && out.is_postgres()) out.text("(");
    render_one<Within, First>(out);
    if (nested && out.is_postgres()) out.text(")");
    ((out.text(words[static_cast<int>(Operator)]), render_one<Within, More>(out)), ...);
    if constexpr (!detail::clause_list_traits<Order>::empty) {
      out.text(" order by ");
      detail::clause_list_traits<Order>::render(out);
    }
    detail::render_limit<Limit, Offset>(out);
  }

  queries queries_;
  [[no_unique_address]] Limit limit_;
  [[no_unique_address]] Offset offset_;
};

namespace detail {

template <set_operator Operator, class First, class... More, class Order, class Limit, class Offset>
struct query_traits<set_operation<Operator, clause_list<First, More...>, Order, Limit, Offset>> {
  using columns = typename query_traits<First>::columns;
  static constexpr bool has_order = !clause_list_traits<Order>::empty;
  static constexpr bool has_limit = std::same_as<Limit, row_count> || std::same_as<Offset, row_count>;
  static constexpr bool is_cut = has_order || has_limit;
  static constexpr bool ends_in_from = !is_cut && (query_traits<More>::ends_in_from || ...);
  static constexpr bool at_least_one = false;
  static constexpr bool has_plain_rows = false;
  static constexpr bool can_be_locked = false;

  template <class... Outer>
  static consteval bool belongs_within() {
    return query_traits<First>::template belongs_within<Outer...>() &&
           (query_traits<More>::template belongs_within<Outer...>() && ...);
  }
  static constexpr void render_test(sql_writer& out) {
    set_operation<Operator, clause_list<First, More...>, Order, Limit, Offset>::render_within(out);
  }
};

template <set_operator Operator, class First, class... More>
constexpr auto make_set_operation(First first, More... more) {
  constexpr bool selects = query_expression<First> && (query_expression<More> && ...) && sizeof...(More) > 0;
  static_assert(selects, "forge_db: a set operation requires two selects or more; say from which tables");
  if constexpr (selects) {
    constexpr bool alike =
        (can_be_united<typename query_traits<First>::columns, typename query_traits<More>::columns> && ...);
    static_assert(
        alike,
        "forge_db: a set operation requires selects of the same types, NULL only where the first one's can be; select "
        "others, or put another one first");
    static_assert(
        !query_traits<First>::is_cut && (!query_traits<More>::is_cut && ...),
        "forge_db: a set operation requires selects without order_by() and limit(); say them of its result, or "
        "put the select in a derived table");
    static_assert(
        (!is_set_operation<More> && ...),
        "forge_db: a set operation requires another one to be its first operand; put it there, or in a derived "
        "table");
    if constexpr (alike) {
      return set_operation<Operator, clause_list<First, More...>>(
          clause_list<First, More...>(std::move(first), std::move(more)...));
    }
  }
}

}  // namespace detail

/// The rows of all, each once.
template <class... Queries>
// NOLINTNEXTLINE(readability-identifier-naming): the name without the underscore is a keyword
[[nodiscard]] constexpr auto union_(Queries... queries) {
  return detail::make_set_operation<set_operator::union_distinct>(std::move(queries)...);
}
/// The rows of all.
template <class... Queries>
[[nodiscard]] constexpr auto union_all(Queries... queries) {
  return detail::make_set_operation<set_operator::union_all>(std::move(queries)...);
}
/// The rows that all of them have, each once.
template <class... Queries>
[[nodiscard]] constexpr auto intersect(Queries... queries) {
  return detail::make_set_operation<set_operator::intersect>(std::move(queries)...);
}
/// The rows of the first that none of the others has, each once.
template <class... Queries>
[[nodiscard]] constexpr auto except(Queries... queries) {
  return detail::make_set_operation<set_operator::except>(std::move(queries)...);
}

}  // namespace forge_db
