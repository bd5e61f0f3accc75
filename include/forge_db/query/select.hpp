// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/aggregate.hpp>
#include <forge_db/query/alias.hpp>
#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/column_operations.hpp>
#include <forge_db/query/condition.hpp>
#include <forge_db/query/from.hpp>
#include <forge_db/query/grouping.hpp>
#include <forge_db/query/missing_row.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/row_limit.hpp>
#include <forge_db/query/select_items.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/query/when.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace forge_db {

template <class List>
class page_cursor;
template <class Select, bool Backwards>
class select_page;

namespace detail {
/// What the cursors of a select's order are of.
template <class From, class Order>
struct page_list;
}  // namespace detail

/// A select statement; start one with select(). Tables are joined first; then each clause may be said once, in any
/// order, and gives a statement of a new type. Where a clause is missing, there is no such restriction. Values are kept
/// as parameter.hpp says: lvalues borrowed, rvalues owned.
template <class From, class Items, class Where = detail::every_row, class Order = detail::clause_list<>,
          class Limit = detail::no_count, class Offset = detail::no_count, class Grouping = detail::no_grouping>
class select_statement {
  using context = detail::grouped_from<From, Grouping::is_grouped>;

 public:
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = detail::choices_in<Where> > 0;
  using row_type = typename Items::template row_type<context>;
  template <class Reader>
  using view_type = typename Items::template view_type<context, Reader>;
  using from_type = From;
  using items_type = Items;

  constexpr explicit select_statement(From from = {}, Items items = {}, Where where = {}, Order order = {},
                                      Limit limit = {}, Offset offset = {}, Grouping grouping = {})
      : from_(std::move(from)),
        items_(std::move(items)),
        where_(std::move(where)),
        order_(std::move(order)),
        limit_(limit),
        offset_(offset),
        grouping_(std::move(grouping)) {}

  /// Joins a table on a condition; `left_join` and the other outer ones make the columns of what may be missing
  /// optional. The table is that of a row type, or an alias.
  template <table_row Row, class On>
  [[nodiscard]] constexpr auto join(On on) const {
    return with_join<join_kind::inner, Row>(std::move(on));
  }
  template <table_row Row, class On>
  [[nodiscard]] constexpr auto left_join(On on) const {
    return with_join<join_kind::left, Row>(std::move(on));
  }
  template <table_row Row, class On>
  [[nodiscard]] constexpr auto right_join(On on) const {
    return with_join<join_kind::right, Row>(std::move(on));
  }
  template <table_row Row, class On>
  [[nodiscard]] constexpr auto full_join(On on) const {
    return with_join<join_kind::full, Row>(std::move(on));
  }
  /// Every row of the one with every row of the other.
  template <table_row Row>
  [[nodiscard]] constexpr auto cross_join() const {
    return with_join<join_kind::cross, Row>(detail::every_row{});
  }

  template <class Source, class On>
  [[nodiscard]] constexpr auto join(Source const& source, On on) const {
    return with_source<join_kind::inner>(source, std::move(on));
  }
  template <class Source, class On>
  [[nodiscard]] constexpr auto left_join(Source const& source, On on) const {
    return with_source<join_kind::left>(source, std::move(on));
  }
  template <class Source, class On>
  [[nodiscard]] constexpr auto right_join(Source const& source, On on) const {
    return with_source<join_kind::right>(source, std::move(on));
  }
  template <class Source, class On>
  [[nodiscard]] constexpr auto full_join(Source const& source, On on) const {
    return with_source<join_kind::full>(source, std::move(on));
  }
  template <class Source>
  [[nodiscard]] constexpr auto cross_join(Source const& source) const {
    return with_source<join_kind::cross>(source, detail::every_row{});
  }

  /// Join several conditions by && and ||.
  template <class P>
  [[nodiscard]] constexpr auto where(P condition) const {
    static_assert(std::same_as<Where, detail::every_row>,
                  "forge_db: where() requires to be the only one; join conditions by &&");
    static_assert(detail::check_where_of<P, From>());
    return select_statement<From, Items, P, Order, Limit, Offset, Grouping>(from_, items_, std::move(condition), order_,
                                                                            limit_, offset_, grouping_);
  }

  /// One row a group: of rows that are alike in all of these columns and expressions. An expression must be selected;
  /// throws invalid_value if it was selected with other values.
  template <class... Terms>
  [[nodiscard]] constexpr auto group_by(Terms... terms) const {
    auto grouping = grouping_.template by<From>(items_, detail::node_of(std::move(terms))...);
    return select_statement<From, Items, Where, Order, Limit, Offset, decltype(grouping)>(
        from_, items_, where_, order_, limit_, offset_, std::move(grouping));
  }

  /// Only the groups that satisfy the condition.
  template <class P>
  [[nodiscard]] constexpr auto having(P condition) const {
    auto grouping = grouping_.template having<From>(std::move(condition));
    return select_statement<From, Items, Where, Order, Limit, Offset, decltype(grouping)>(
        from_, items_, where_, order_, limit_, offset_, std::move(grouping));
  }

  /// Rows that are alike in everything that is selected are one.
  [[nodiscard]] constexpr auto distinct() const {
    auto grouping = grouping_.distinct();
    return select_statement<From, Items, Where, Order, Limit, Offset, decltype(grouping)>(
        from_, items_, where_, order_, limit_, offset_, std::move(grouping));
  }

  template <class... Terms>
  [[nodiscard]] constexpr auto order_by(Terms... terms) const {
    static_assert(detail::clause_list_traits<Order>::empty,
                  "forge_db: order_by() requires to be the only one; give it all terms");
    constexpr bool are_terms = sizeof...(Terms) > 0 && (is_order_term<Terms> && ...);
    static_assert(are_terms, "forge_db: order_by() requires order terms; say column.asc() or column.desc()");
    if constexpr (are_terms) {
      static_assert(
          (From::template holds<Terms>() && ...),
          "forge_db: order_by() requires columns of the selected table; add a join, or order by another column");
      using list = detail::clause_list<detail::term_in<From, Terms>...>;
      return select_statement<From, Items, Where, list, Limit, Offset, Grouping>(
          from_, items_, where_, list(detail::term_in<From, Terms>(std::move(terms))...), limit_, offset_, grouping_);
    } else {
      return *this;
    }
  }

  /// At most `rows` rows. Throws invalid_value if it is negative.
  [[nodiscard]] constexpr auto limit(std::int64_t rows) const {
    static_assert(std::same_as<Limit, detail::no_count>,
                  "forge_db: limit() requires to be the only one; remove the other");
    return select_statement<From, Items, Where, Order, detail::row_count, Offset, Grouping>(
        from_, items_, where_, order_,
        detail::checked_count(rows,
                              "forge_db: limit() requires its argument to be 0 or more; leave it out for all rows"),
        offset_, grouping_);
  }

  /// Passes over the first `rows` rows. Throws invalid_value if it is negative.
  [[nodiscard]] constexpr auto offset(std::int64_t rows) const {
    static_assert(std::same_as<Offset, detail::no_count>,
                  "forge_db: offset() requires to be the only one; remove the other");
    return select_statement<From, Items, Where, Order, Limit, detail::row_count, Grouping>(
        from_, items_, where_, order_, limit_,
        detail::checked_count(rows, "forge_db: offset() requires its argument to be 0 or more"), grouping_);
  }

  /// The first rows behind a place in the statement's order; without a place, of all. Include query/select_page.hpp,
  /// whose fetch_page() runs it. The key breaks ties. Keeps a copy of the statement and the cursor. Throws
  /// invalid_value for a size below 1, bad_cursor for a cursor of another order.
  template <class Cursor = page_cursor<detail::page_list<From, Order>>>
  [[nodiscard]] auto page_after(Cursor const& cursor, std::int64_t size) const {
    check_cursor<Cursor>();
    return select_page<select_statement, false>(*this, cursor, size);
  }
  /// The last rows before a place; without one, of all.
  template <class Cursor = page_cursor<detail::page_list<From, Order>>>
  [[nodiscard]] auto page_before(Cursor const& cursor, std::int64_t size) const {
    check_cursor<Cursor>();
    return select_page<select_statement, true>(*this, cursor, size);
  }

  /// Too late: what a row becomes is said before the tables are.
  template <class Struct>
  constexpr auto into() const {
    static_assert(
        sizeof(Struct) == 0,
        "forge_db: into() requires to be said before from(); say select(columns...).into<Struct>().from<Row>()");
    return *this;
  }

  /// The statement from a place within another one: its columns are qualified there.
  static constexpr void render_within(sql_writer& out) {
    static_assert(From::template holds<Items>(),
                  "forge_db: select() requires columns of the table that from() names; add a join, or select other "
                  "columns");
    static_assert(Items::template fits<context>(),
                  "forge_db: into() requires a struct with one field for each selected item, of its type, in its "
                  "order; add, remove or retype its fields");
    static_assert(detail::check_groups<Items, Order, Grouping>());
    out.text(Grouping::is_distinct ? "select distinct " : "select ");
    Items::template render<context>(out);
    out.text(" from ");
    From::render(out);
    detail::render_where<Where>(out);
    Grouping::template render<Items>(out);
    if constexpr (!detail::clause_list_traits<Order>::empty) {
      out.text(" order by ");
      detail::clause_list_traits<Order>::render(out);
    }
    detail::render_limit<Limit, Offset>(out);
  }

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.qualify(From::is_joined);
    if constexpr (is_dynamic) out.choose(mask);
    render_within(out);
  }
  [[nodiscard]] shape_mask mask() const {
    static_assert(detail::choices_in<Where> <= shape_mask::capacity,
                  "forge_db: where() requires at most 256 conditions by when(); join what belongs together");
    shape_mask mask;
    std::size_t bit = 0;
    detail::mark_choices(where_, mask, bit);
    return mask;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return detail::join_text(&select_statement::render, target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind(sink, index);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    items_.bind(sink, index);
    from_.bind(sink, index);
    where_.bind(sink, index);
    grouping_.bind(sink, index);
    detail::bind_order(order_, sink, index);
    limit_.bind(sink, index);
    offset_.bind(sink, index);
  }

  template <class Reader, class Result>
  static void decode(Reader& reader, Result& row) {
    Items::template decode<context>(reader, row);
  }

 private:
  template <class Cursor>
  static consteval void check_cursor() {
    static_assert(std::same_as<Cursor, page_cursor<detail::page_list<From, Order>>>,
                  "forge_db: page_after() requires a cursor of this statement's order; read it by "
                  "cursor_of<decltype(query)>::from_text()");
  }
  template <join_kind Kind, class Row, class On>
  constexpr auto with_join(On on) const {
    return join_to<Kind, Row>(table_source<Row>{}, std::move(on));
  }
  template <join_kind Kind, class Source, class On>
  constexpr auto with_source(Source const& source, On on) const {
    static_assert(detail::is_source<Source>,
                  "forge_db: join() requires a table; say join<Row>(condition), or join(alias, condition)");
    if constexpr (detail::is_source<Source>) {
      return join_to<Kind, typename Source::row_type>(detail::source_of(source), std::move(on));
    }
  }
  template <join_kind Kind, class Row, class On>
  constexpr auto join_to(table_source<Row> source, On on) const {
    static_assert(std::same_as<Where, detail::every_row> && detail::clause_list_traits<Order>::empty &&
                      std::same_as<Grouping, detail::no_grouping>,
                  "forge_db: join() requires to be said before where(), group_by() and order_by(); say it first");
    static_assert(detail::check_join<Kind, From, Row, On>());
    auto from = from_.template with<Kind>(std::move(source), std::move(on));
    return select_statement<decltype(from), Items, Where, Order, Limit, Offset, Grouping>(
        std::move(from), items_, where_, order_, limit_, offset_, grouping_);
  }

  [[no_unique_address]] From from_;
  [[no_unique_address]] Items items_;
  [[no_unique_address]] Where where_;
  [[no_unique_address]] Order order_;
  [[no_unique_address]] Limit limit_;
  [[no_unique_address]] Offset offset_;
  [[no_unique_address]] Grouping grouping_;
};

/// All columns of Row's table, decoded into Row.
template <table_row Row>
[[nodiscard]] constexpr auto select() {
  return select_statement<from_list<Row>, detail::selected_row<Row>>();
}

/// What select(items...) gives: say from which table, and into<Struct>() before that for something else than tuples.
template <class Items>
struct selection;

template <class Result, class... Items>
struct selection<detail::selected_items<Result, Items...>> {
  detail::selected_items<Result, Items...> items;

  /// Asked for by what takes a statement, which this is not yet.
  using row_type = void;
  static constexpr auto kind() {
    static_assert(sizeof(selection) == 0,
                  "forge_db: select() of columns requires the table to be named; say select(...).from<Row>()");
  }

  template <table_row Row>
  [[nodiscard]] constexpr auto from() const {
    return select_statement<from_list<Row>, detail::selected_items<Result, Items...>>({}, items);
  }
  /// From an alias, or what else can be joined.
  template <class Source>
  [[nodiscard]] constexpr auto from(Source const& source) const {
    static_assert(detail::is_source<Source>, "forge_db: from() requires a table; say from<Row>(), or from(alias)");
    if constexpr (detail::is_source<Source>) {
      return select_statement<from_list<typename Source::row_type>, detail::selected_items<Result, Items...>>(
          from_list<typename Source::row_type>{detail::source_of(source)}, items);
    }
  }

  /// Rows become Struct, which has one field for each selected item.
  template <class Struct>
  [[nodiscard]] constexpr auto into() const {
    static_assert(std::is_void_v<Result>, "forge_db: into() requires to be the only one; remove the other");
    return selection<detail::selected_items<Struct, Items...>>{{items.nodes}};
  }
};

/// Columns, expressions, whole rows: each row becomes a std::tuple, in which what can be NULL is optional.
template <class... Items>
  requires(sizeof...(Items) > 0)
[[nodiscard]] constexpr auto select(Items... items) {
  constexpr bool selectable = (detail::is_selectable<Items> && ...);
  static_assert(selectable,
                "forge_db: select() requires columns, expressions such as count(), or row_of<Row>() as its arguments; "
                "make values expressions by val()");
  if constexpr (selectable) {
    using list = detail::selected_items<void, decltype(detail::item_of(std::move(items)))...>;
    return selection<list>{list{decltype(list::nodes)(detail::item_of(std::move(items))...)}};
  }
}

}  // namespace forge_db
