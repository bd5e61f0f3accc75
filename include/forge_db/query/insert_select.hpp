// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/concatenated.hpp>
#include <forge_db/query/insert.hpp>
#include <forge_db/query/query_traits.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

// An insert of what a select finds.
namespace forge_db {

namespace detail {

/// True if a unique constraint is of column C alone.
template <class C, class... Sets>
consteval bool is_unique_alone(column_sets<Sets...>) {
  return (std::same_as<Sets, column_list<C>> || ...);
}
/// True if every row needs a value for C that nobody but the statement can give: also for what has to be different in
/// each row, of which a default is the same in all.
template <class Row, class C>
consteval bool has_to_be_named() {
  if constexpr (is_key_column<Row, C>) {
    return !table<Row>::generated_key;
  } else if constexpr (contains_column<C>(database_defaults<Row>{})) {
    return has_client_default<C> && is_unique_alone<C>(typename table<Row>::uniques{});
  } else {
    return has_client_default<C> ? is_unique_alone<C>(typename table<Row>::uniques{}) : !C::nullable;
  }
}
template <class Row, class... Named, class... Written>
consteval bool names_what_it_has_to(column_list<Named...> named, column_list<Written...>) {
  return ((contains_column<Written>(named) || !has_to_be_named<Row, Written>()) && ...);
}

/// The columns that a default of the spec fills because they are not named.
template <class... Named, class... Written>
consteval auto filled_columns(column_list<Named...>, column_list<Written...>) {
  return decltype(concatenated(
      column_list<>{},
      std::conditional_t < has_client_default<Written> && !contains_column<Written>(column_list<Named...>{}),
      column_list<Written>, column_list < >> {}...)){};
}

/// The rows of a select, in the place of a row or a span of them.
template <class Row, class Named, class Query>
class selected_rows {
  using filled = decltype(filled_columns(Named{}, written_columns<Row>{}));

 public:
  using source_type = Row;

  explicit selected_rows(Query query) : query_(std::move(query)) {}

  static constexpr void render(sql_writer& out, shape_mask const&) {
    out.text(" (");
    sql_separator separate;
    render_names(out, separate, Named{});
    render_names(out, separate, filled{});
    out.text(") ");
    if constexpr (filled::size == 0) {
      Query::render(out);
    } else {
      out.text("select new_rows.*");
      render_values(out, filled{});
      out.text(" from (");
      Query::render(out);
      out.text(") as new_rows");
    }
    out.qualify(false);
  }
  /// Behind a table, SQLite reads `on` as the beginning of a join's condition.
  static constexpr std::string_view before_conflict =
      filled::size > 0 || query_traits<Query>::ends_in_from ? " where true " : " ";

  [[nodiscard]] shape_mask mask() const { return {}; }

  template <class Sink>
  void bind(Sink& sink, int index) const {
    bind_values(sink, index, filled{});
    query_.bind(sink, index);
  }

 private:
  template <class... C>
  static constexpr void render_names(sql_writer& out, sql_separator& separate, column_list<C...>) {
    ((separate(out), out.text(C::quoted)), ...);
  }
  template <class... C>
  static constexpr void render_values(sql_writer& out, column_list<C...>) {
    ((out.text(", "), bound_value<typename C::value_type, typename C::storage_type, true>::render(out)), ...);
  }
  template <class Sink, class... C>
  static void bind_values(Sink& sink, int& index, column_list<C...>) {
    (write_default<C>(sink, index++), ...);
  }

  Query query_;
};

/// True if column C can be filled by a result column.
template <class C, class Result>
inline constexpr bool can_fill = holds_values_of<C, Result>() && (C::nullable || !Result::nullable);

template <class... C, class... Results>
consteval bool can_fill_all(column_list<C...>, result_list<Results...>) {
  if constexpr (sizeof...(C) == sizeof...(Results)) {
    return (can_fill<C, Results> && ...);
  } else {
    return false;
  }
}

}  // namespace detail

/// What insert_into<Row>() gives: say from(select(...)) next.
template <class Row, class... Columns>
struct insert_target {
  /// The select gives a value for each named column, in their order; on_conflict() and returning() go on as behind
  /// insert(). Values are of the columns' types; integers of any width, as in assignments.
  template <class Query>
  [[nodiscard]] auto from(Query query) const {
    static_assert(query_expression<Query>, "forge_db: from() of insert_into() requires a select; say what to insert");
    if constexpr (query_expression<Query>) {
      using results = typename detail::query_traits<Query>::columns;
      static_assert(results::size == sizeof...(Columns),
                    "forge_db: insert_into() requires a select with one value for each named column; name the others");
      static_assert(results::size != sizeof...(Columns) || detail::can_fill_all(column_list<Columns...>{}, results{}),
                    "forge_db: insert_into() requires values of its columns' types, and none that can be NULL for one "
                    "that cannot; cast or coalesce() them");
      static_assert(detail::query_traits<Query>::template belongs_within<>(),
                    "forge_db: insert_into() requires a select without outer(); join on a condition instead");
      using source = detail::selected_rows<Row, column_list<Columns...>, Query>;
      return insert_statement<source>(source(std::move(query)));
    }
  }
};

/// Inserts what a select finds, without a row leaving the database:
///
///     insert_into<Author>(authors::name).from(select(members::name).from<Member>().where(members::active == true))
///
/// Columns that are not named take the spec's defaults, one value for all rows: the time is that of the statement.
/// Those without a default have to be named, and keys that the database does not give.
template <table_row Row, class... Columns>
[[nodiscard]] constexpr auto insert_into(Columns...) {
  static_assert(!view_row<Row>, "forge_db: insert_into() requires a table; the row is of a view, which is only read");
  constexpr bool columns = sizeof...(Columns) > 0 && (column_tag<Columns> && ...);
  static_assert(columns, "forge_db: insert_into() requires columns as its arguments; name them, as in books::title");
  if constexpr (columns) {
    static_assert((columns_belong_to<column_ref<Columns>, Row>() && ...),
                  "forge_db: insert_into() requires columns of its table; leave the others out");
    static_assert((!detail::is_generated<Columns> && ...),
                  "forge_db: insert_into() requires columns that are not generated; the database computes them");
    static_assert(detail::are_distinct(column_list<Columns...>{}),
                  "forge_db: insert_into() requires each column to be named once; remove one of them");
    static_assert(
        detail::names_what_it_has_to<Row>(column_list<Columns...>{}, detail::written_columns<Row>{}),
        "forge_db: insert_into() requires the columns that have no default, and keys that the database does not "
        "give; name them too");
    return insert_target<Row, Columns...>{};
  }
}

}  // namespace forge_db
