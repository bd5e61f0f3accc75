// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/detail/shifted_sink.hpp>
#include <forge_db/query/detail/statement_parts.hpp>
#include <forge_db/query/query_columns.hpp>
#include <forge_db/query/set_operation.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace forge_db {

namespace detail {

struct cte_family {};

// Not constexpr: a text that gets here does not compile, and the error shows the name.
[[noreturn]] inline void cte_requires_with_to_name_it_before_the_statement() {
  throw invalid_value("forge_db: cte() requires with() to name it before the statement that selects from it");
}

constexpr void check_known(sql_writer const& out, std::string_view name) {
  auto const* known = out.known();
  while (known != nullptr && known->name != name) known = known->before;
  if (known == nullptr) cte_requires_with_to_name_it_before_the_statement();
}

}  // namespace detail

/// What stands for a select of a `with` where a table's row type would.
template <fixed_string Name, query_expression Query>
using cte_row = detail::query_row<detail::cte_family, Name, Query>;

/// The name of a select that with() named before.
template <fixed_string Name, class Query>
struct table_source<detail::query_row<detail::cte_family, Name, Query>> {
  static constexpr void render(sql_writer& out) {
    detail::check_known(out, Name);
    out.text(detail::quoted_name<Name>);
  }
  template <class Sink>
  void bind(Sink&, int&) const {}
};

/// A select that a statement begins with, under a name; see cte().
template <fixed_string Name, query_expression Query>
struct common_table : detail::query_columns<cte_row<Name, Query>> {
  static constexpr bool is_recursive = false;
  Query query;

  constexpr explicit common_table(Query q) : query(std::move(q)) {}

  static constexpr void render(sql_writer& out) { Query::render_within(out); }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    query.bind(sink, index);
  }
};

/// A select under a name, for with():
///
///     auto const busy = cte<"busy">(select(loans::book_id, as<"n">(count())).from<Loan>().group_by(loans::book_id));
///     with(busy, select(books::title, busy["n"_c]).from<Book>().join(busy, busy[loans::book_id] == books::id))
///
/// Its columns are reached as a derived table's; an alias<...> of it makes it stand in a statement twice.
template <fixed_string Name, class Query>
[[nodiscard]] constexpr auto cte(Query query) {
  static_assert(detail::is_plain_name<Name>(),
                "forge_db: cte() requires a name of letters, digits and underscores; rename it");
  static_assert(query_expression<Query>, "forge_db: cte() requires a select; say from which table");
  if constexpr (query_expression<Query>) {
    detail::check_named<Query>();
    static_assert(detail::query_traits<Query>::template belongs_within<>(),
                  "forge_db: cte() requires a select without outer(); join on a condition instead");
    return common_table<Name, Query>(std::move(query));
  }
}

namespace detail {

template <class T>
inline constexpr bool is_common_table = requires {
  T::is_recursive;
  typename T::source_tag;
};

/// `"name" as (select ...)`
template <class Table>
constexpr void render_common_table(sql_writer& out) {
  out.text(table<typename Table::row_type>::quoted);
  out.text(" as (");
  bool const qualified = out.enter();
  Table::render(out);
  out.leave(qualified);
  out.text(")");
}

}  // namespace detail

/// `with ... ` and a statement: a select, a set operation, an insert, update or remove.
template <class Statement, class... Tables>
class with_statement {
 public:
  static constexpr statement_kind kind = Statement::kind;
  static constexpr bool returns_rows = Statement::returns_rows;
  static constexpr bool is_dynamic = Statement::is_dynamic;
  using row_type = typename Statement::row_type;
  template <class Reader>
  using view_type = typename Statement::template view_type<Reader>;

  constexpr with_statement(detail::clause_list<Tables...> tables, Statement statement)
      : tables_(std::move(tables)), statement_(std::move(statement)) {}

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    sql_writer::known_query names[sizeof...(Tables)]{};
    auto const* const before = out.known();
    out.text((Tables::is_recursive || ...) ? "with recursive " : "with ");
    sql_separator separate;
    std::size_t i = 0;
    ((separate(out), names[i] = {table<typename Tables::row_type>::name, out.known()},
      render_table<Tables>(out, &names[i++])),
     ...);
    out.text(" ");
    detail::render_statement<Statement>(out, mask);
    out.know(before);
  }
  [[nodiscard]] shape_mask mask() const { return detail::mask_of_statement(statement_); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return detail::join_text(&with_statement::render, target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    detail::bind_clauses(tables_, sink, index);
    detail::shifted_sink<Sink> behind(sink, index - 1);
    statement_.bind(behind);
  }
  template <class Reader, class Result>
  static void decode(Reader& reader, Result& row) {
    Statement::decode(reader, row);
  }

 private:
  /// A recursive one knows itself.
  template <class Table>
  static constexpr void render_table(sql_writer& out, sql_writer::known_query const* name) {
    if (Table::is_recursive) out.know(name);
    detail::render_common_table<Table>(out);
    out.know(name);
  }

  detail::clause_list<Tables...> tables_;
  Statement statement_;
};

namespace detail {

template <std::size_t... I, class Tuple>
constexpr auto make_with(std::index_sequence<I...>, Tuple const& arguments) {
  constexpr std::size_t last = sizeof...(I);
  using list = clause_list<std::tuple_element_t<I, Tuple>...>;
  return with_statement<std::tuple_element_t<last, Tuple>, std::tuple_element_t<I, Tuple>...>(
      list(std::get<I>(arguments)...), std::get<last>(arguments));
}

template <class Tuple, std::size_t... I>
consteval bool are_common_tables(std::index_sequence<I...>) {
  return (is_common_table<std::tuple_element_t<I, Tuple>> && ...);
}

template <class Table>
inline constexpr std::string_view name_of_table = table<typename Table::row_type>::name;
template <class Tuple, std::size_t... I>
consteval bool have_own_names(std::index_sequence<I...>) {
  std::string_view const names[] = {name_of_table<std::tuple_element_t<I, Tuple>>...};
  for (std::size_t i = 0; i < sizeof...(I); ++i) {
    for (std::size_t other = 0; other < i; ++other) {
      if (names[i] == names[other]) return false;
    }
  }
  return true;
}

}  // namespace detail

/// `with(table..., statement)`: the selects of cte() and recursive() by which the statement begins, and the statement.
/// Each may select from those before it.
template <class... Arguments>
[[nodiscard]] constexpr auto with(Arguments... arguments) {
  using tuple = std::tuple<Arguments...>;
  constexpr std::size_t tables = sizeof...(Arguments) - 1;
  using positions = std::make_index_sequence<tables>;
  constexpr bool tables_first = tables > 0 && detail::are_common_tables<tuple>(positions{});
  static_assert(tables_first, "forge_db: with() requires cte() or recursive() before its statement; name them first");
  constexpr bool ends_in_statement = statement<std::tuple_element_t<tables, tuple>>;
  static_assert(ends_in_statement, "forge_db: with() requires a statement as its last argument; say what to select");
  if constexpr (tables_first && ends_in_statement) {
    static_assert(detail::have_own_names<tuple>(positions{}),
                  "forge_db: with() requires each of its selects to have a name of its own; rename one");
    return detail::make_with(positions{}, tuple(std::move(arguments)...));
  }
}

}  // namespace forge_db
