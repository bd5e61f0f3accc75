// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/column_operations.hpp>
#include <forge_db/query/condition.hpp>
#include <forge_db/query/detail/not_built.hpp>
#include <forge_db/query/projection.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace forge_db {

/// The tables after `from`.
template <class... Rows>
struct from_list {
  static constexpr bool qualified = sizeof...(Rows) > 1;

  static constexpr void render(sql_writer& out) {
    sql_separator separate;
    ((separate(out), out.text(table<Rows>::quoted)), ...);
  }
  template <class Node>
  static consteval bool holds() {
    return Node::template belongs_to<Rows...>();
  }
};

namespace detail {

/// The row limit of a select, in a type of its own so that its absence costs nothing.
struct no_count {
  template <class Sink>
  void bind(Sink&, int&) const {}
};
struct row_count {
  std::int64_t value;
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    sink.int64(index++, value);
  }
};

constexpr row_count checked_count(std::int64_t value, char const* message) {
  if (value < 0) throw invalid_value(message);
  return {value};
}

}  // namespace detail

/// A select statement; start one with select(). Each clause may be said once and gives a statement of a new type. Where
/// a clause is missing, there is no such restriction. Values are kept as parameter.hpp says: lvalues borrowed, rvalues
/// owned.
template <class From, class Projection, class Where = detail::every_row, class Order = detail::clause_list<>,
          class Limit = detail::no_count, class Offset = detail::no_count>
class select_statement;

template <class... Rows, class Projection, class Where, class Order, class Limit, class Offset>
class select_statement<from_list<Rows...>, Projection, Where, Order, Limit, Offset> : public detail::not_built_clauses {
  using from = from_list<Rows...>;

 public:
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = typename Projection::row_type;
  template <class Reader>
  using view_type = typename Projection::template view_type<Reader>;

  constexpr explicit select_statement(Where where = {}, Order order = {}, Limit limit = {}, Offset offset = {})
      : where_(std::move(where)), order_(std::move(order)), limit_(limit), offset_(offset) {}

  /// Join several conditions by && and ||.
  template <class P>
  [[nodiscard]] constexpr auto where(P condition) const {
    static_assert(std::same_as<Where, detail::every_row>,
                  "forge_db: where() requires to be the only one; join conditions by &&");
    static_assert(detail::check_where<P, Rows...>());
    return select_statement<from, Projection, P, Order, Limit, Offset>(std::move(condition), order_, limit_, offset_);
  }

  template <class... Terms>
  [[nodiscard]] constexpr auto order_by(Terms... terms) const {
    using list = detail::clause_list<Terms...>;
    static_assert(detail::clause_list_traits<Order>::empty,
                  "forge_db: order_by() requires to be the only one; give it all terms");
    static_assert(sizeof...(Terms) > 0 && (is_order_term<Terms> && ...),
                  "forge_db: order_by() requires order terms; say column.asc() or column.desc()");
    if constexpr ((is_order_term<Terms> && ...)) {
      static_assert(
          (from::template holds<Terms>() && ...),
          "forge_db: order_by() requires columns of the selected table; add a join, or order by another column");
    }
    return select_statement<from, Projection, Where, list, Limit, Offset>(where_, list(terms...), limit_, offset_);
  }

  /// At most `rows` rows. Throws invalid_value if it is negative.
  [[nodiscard]] constexpr auto limit(std::int64_t rows) const {
    static_assert(std::same_as<Limit, detail::no_count>, "forge_db: limit() requires to be the only one");
    return select_statement<from, Projection, Where, Order, detail::row_count, Offset>(
        where_, order_,
        detail::checked_count(rows,
                              "forge_db: limit() requires its argument to be 0 or more; leave it out for all rows"),
        offset_);
  }

  /// Passes over the first `rows` rows. Throws invalid_value if it is negative.
  [[nodiscard]] constexpr auto offset(std::int64_t rows) const {
    static_assert(std::same_as<Offset, detail::no_count>, "forge_db: offset() requires to be the only one");
    return select_statement<from, Projection, Where, Order, Limit, detail::row_count>(
        where_, order_, limit_,
        detail::checked_count(rows, "forge_db: offset() requires its argument to be 0 or more"));
  }

  static constexpr void render(sql_writer& out) {
    out.qualify(from::qualified);
    out.text("select ");
    Projection::render(out);
    out.text(" from ");
    from::render(out);
    detail::render_where<Where>(out);
    if constexpr (!detail::clause_list_traits<Order>::empty) {
      out.text(" order by ");
      detail::clause_list_traits<Order>::render(out);
    }
    if constexpr (std::same_as<Limit, detail::row_count>) {
      out.text(" limit ");
      out.parameter();
    } else if constexpr (std::same_as<Offset, detail::row_count>) {
      if (!out.is_postgres()) out.text(" limit -1");  // SQLite has no offset without a limit
    }
    if constexpr (std::same_as<Offset, detail::row_count>) {
      out.text(" offset ");
      out.parameter();
    }
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    where_.bind(sink, index);
    limit_.bind(sink, index);
    offset_.bind(sink, index);
  }

  template <class Reader, class Result>
  static void decode(Reader& reader, Result& row) {
    Projection::decode(reader, row);
  }

 private:
  [[no_unique_address]] Where where_;
  [[no_unique_address]] Order order_;
  [[no_unique_address]] Limit limit_;
  [[no_unique_address]] Offset offset_;
};

/// All columns of Row's table, decoded into Row.
template <table_row Row>
[[nodiscard]] constexpr auto select() {
  return select_statement<from_list<Row>, detail::whole_row<Row>>();
}

/// What select(columns...) gives: say from which table, and into<Struct>() before that for something else than tuples.
template <template <class...> class Projection, class... Items>
struct selection;

namespace detail {

template <class Result>
struct projection_into {
  template <class... Items>
  using type = some_columns<Result, Items...>;
};

}  // namespace detail

template <template <class...> class Projection, class... Items>
struct selection {
  template <table_row Row>
  [[nodiscard]] constexpr auto from() const {
    static_assert(
        Projection<Items...>::template belongs_to<Row>(),
        "forge_db: select() requires columns of the table that from() names; add a join, or select other columns");
    return select_statement<from_list<Row>, Projection<Items...>>();
  }

  /// Rows become Result, a struct with one field for each selected item.
  template <class Result>
  [[nodiscard]] constexpr auto into() const {
    static_assert(
        holds_columns<Result, Items...>(),
        "forge_db: into() requires a struct with one field for each selected item, of its type, in its order");
    return selection<detail::projection_into<Result>::template type, Items...>{};
  }
};

/// Columns, or count(): each row becomes a std::tuple, where nullable columns are optional.
template <class... Items>
  requires(sizeof...(Items) > 0)
[[nodiscard]] constexpr auto select(Items...) {
  constexpr bool selectable = ((column_tag<Items> || requires { Items::is_aggregate; }) && ...);
  static_assert(selectable, "forge_db: select() requires columns or count() as its arguments");
  if constexpr (selectable) {
    static_assert(
        can_select_together<Items...>(),
        "forge_db: select() requires its columns to be grouped beside count(); group_by() is not supported yet");
    return selection<detail::tuple_of, Items...>{};
  }
}

}  // namespace forge_db
