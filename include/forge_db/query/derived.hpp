// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/query_columns.hpp>

#include <utility>

namespace forge_db {

namespace detail {
struct derived_family {};
}  // namespace detail

/// What stands for a derived table where a table's row type would.
template <fixed_string Name, query_expression Query>
using derived_row = detail::query_row<detail::derived_family, Name, Query>;

/// `(select ...) as "name"`
template <fixed_string Name, class Query>
struct table_source<detail::query_row<detail::derived_family, Name, Query>> {
  Query query;

  static constexpr void render(sql_writer& out) {
    detail::render_query<Query>(out);
    out.text(" as ");
    out.text(detail::quoted_name<Name>);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    query.bind(sink, index);
  }
};

/// A select that stands in from() or join(); see derived().
template <fixed_string Name, query_expression Query>
struct derived_table : detail::query_columns<derived_row<Name, Query>> {
  Query query;

  constexpr explicit derived_table(Query q) : query(std::move(q)) {}

  [[nodiscard]] constexpr auto source() const { return table_source<typename derived_table::row_type>{query}; }
};

/// A select to select from:
///
///     auto const busy =
///         derived<"busy">(select(loans::book_id, as<"n">(count())).from<Loan>().group_by(loans::book_id));
///     select(books::title, busy["n"_c]).from<Book>().join(busy, busy[loans::book_id] == books::id)
///
/// Its columns are typed and nullable as those of the select, and optional where an outer join may find no row. It
/// takes nothing from the statement around it. `"n"_c` needs `using namespace forge_db::literals`.
template <fixed_string Name, class Query>
[[nodiscard]] constexpr auto derived(Query query) {
  static_assert(detail::is_plain_name<Name>(),
                "forge_db: derived() requires a name of letters, digits and underscores; rename it");
  static_assert(query_expression<Query>, "forge_db: derived() requires a select; say from which table");
  if constexpr (query_expression<Query>) {
    detail::check_named<Query>();
    static_assert(detail::query_traits<Query>::template belongs_within<>(),
                  "forge_db: derived() requires a select without outer(); join on a condition instead");
    return derived_table<Name, Query>(std::move(query));
  }
}

}  // namespace forge_db
