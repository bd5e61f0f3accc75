// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/condition.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/schema/table.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace forge_db {

enum class join_kind : std::uint8_t { inner, left, right, full, cross };

/// What stands after `from` or `join` for a row type: the table's name. Others, such as a subquery, specialise it; one
/// that is made of a column of the tables before it says which node that is, as `made_of`.
template <class Row>
struct table_source {
  static constexpr void render(sql_writer& out) {
    if constexpr (requires { table<Row>::source; }) {
      out.text(table<Row>::source);
    } else {
      out.text(table<Row>::quoted);
    }
  }
  template <class Sink>
  void bind(Sink&, int&) const {}
};

/// ` join table on condition`
template <join_kind Kind, class Row, class On>
struct joined_table {
  using row_type = Row;
  static constexpr join_kind kind = Kind;

  [[no_unique_address]] table_source<Row> source;
  [[no_unique_address]] On on;

  static constexpr void render(sql_writer& out) {
    constexpr std::string_view words[] = {" join ", " left join ", " right join ", " full join ", " cross join "};
    out.text(words[static_cast<int>(Kind)]);
    table_source<Row>::render(out);
    if constexpr (predicate<On>) {
      out.text(" on ");
      On::render(out);
    }
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    source.bind(sink, index);
    on.bind(sink, index);
  }
};

/// The tables of a select: the one after `from`, and what is joined to it.
template <class Row, class... Joins>
struct from_list {
  static constexpr bool is_joined = sizeof...(Joins) > 0;
  static constexpr bool is_grouped = false;
  static constexpr bool has_outer_join = ((Joins::kind != join_kind::inner && Joins::kind != join_kind::cross) || ...);

  [[no_unique_address]] table_source<Row> source{};
  [[no_unique_address]] detail::clause_list<Joins...> joins{};

  static constexpr void render(sql_writer& out) {
    table_source<Row>::render(out);
    (Joins::render(out), ...);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    source.bind(sink, index);
    if constexpr (is_joined) detail::bind_clauses(joins, sink, index);
  }

  /// True if every column of the node is of these tables; Scope is what else belongs_to() is told.
  template <class Node, class... Scope>
  static consteval bool holds() {
    return Node::template belongs_to<Scope..., Row, typename Joins::row_type...>();
  }
  template <class Other>
  static consteval bool has_table() {
    return std::same_as<Other, Row> || (std::same_as<Other, typename Joins::row_type> || ...);
  }

  /// True if a row of the table may be missing: an outer join found none, so that all its columns are NULL.
  template <class Other>
  static consteval bool is_optional() {
    [[maybe_unused]] bool seen = std::same_as<Other, Row>;
    [[maybe_unused]] bool optional = false;
    (
        [&] {
          constexpr bool here = std::same_as<Other, typename Joins::row_type>;
          bool const missing_before = Joins::kind == join_kind::right || Joins::kind == join_kind::full;
          bool const missing_here = Joins::kind == join_kind::left || Joins::kind == join_kind::full;
          optional = optional || (seen && missing_before) || (here && missing_here);
          seen = seen || here;
        }(),
        ...);
    return optional;
  }

  template <join_kind Kind, class Other, class On>
  [[nodiscard]] constexpr auto with(table_source<Other> other, On on) const {
    using join = joined_table<Kind, Other, On>;
    return append(joined_table<Kind, Other, On>{std::move(other), std::move(on)},
                  std::type_identity<from_list<Row, Joins..., join>>{});
  }

 private:
  template <class Join, class Longer>
  [[nodiscard]] constexpr Longer append(Join join, std::type_identity<Longer>) const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return Longer{source, detail::clause_list<Joins..., Join>(boost::hana::at_c<I>(joins)..., std::move(join))};
    }
    (std::index_sequence_for<Joins...>{});
  }
};

namespace detail {

/// The rule of join conditions, with its words.
template <join_kind Kind, class From, class Row, class On>
consteval bool check_join() {
  static_assert(!From::template has_table<Row>(),
                "forge_db: join() requires a table that is not in the statement yet; give it an alias");
  static_assert(predicate<On> || Kind == join_kind::cross,
                "forge_db: join() requires a condition; compare a column of each table");
  if constexpr (predicate<On>) {
    static_assert(From::template holds<On, Row>(),
                  "forge_db: join() requires columns of the joined tables; join the others first");
    static_assert(On::level != level::group,
                  "forge_db: join() requires a condition on rows; put aggregates in having()");
    static_assert(
        On::level != level::window,
        "forge_db: join() requires no window function; select it by a name in a derived table, and join that");
    static_assert(!On::has_choice, "forge_db: when() is not supported yet in join(); use it in where()");
  }
  if constexpr (requires { typename table_source<Row>::made_of; }) {  // of a column of each row before it
    static_assert(
        From::template holds<typename table_source<Row>::made_of>(),
        "forge_db: join() requires the table of the list to be joined before the list's items; join it first");
    static_assert(Kind == join_kind::inner || Kind == join_kind::left || Kind == join_kind::cross,
                  "forge_db: join() requires an inner, left or cross join for a list's items; PostgreSQL has no other");
  }
  return true;
}

}  // namespace detail
}  // namespace forge_db
