// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/sql_writer.hpp>

#include <boost/hana/basic_tuple.hpp>
#include <boost/hana/for_each.hpp>

namespace forge_db::detail {

/// The terms of an order_by(), the assignments of a set(): clauses of different types in their order.
template <class... Clauses>
using clause_list = boost::hana::basic_tuple<Clauses...>;

template <class List>
struct clause_list_traits;

template <class... Clauses>
struct clause_list_traits<clause_list<Clauses...>> {
  static constexpr bool empty = sizeof...(Clauses) == 0;

  /// Rendering needs the types only.
  static constexpr void render(sql_writer& out) {
    sql_separator separate;
    ((separate(out), Clauses::render(out)), ...);
  }
};

template <class... Clauses, class Sink>
void bind_clauses(clause_list<Clauses...> const& clauses, Sink& sink, int& index) {
  boost::hana::for_each(clauses, [&](auto const& clause) { clause.bind(sink, index); });
}

}  // namespace forge_db::detail
