// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/operators.hpp>

#include <concepts>
#include <cstddef>

namespace forge_db {

namespace detail {

// Not constexpr: a text that gets here does not compile, and the error shows the name.
[[noreturn]] inline void outer_requires_a_statement_around_its_select() {
  throw invalid_value("forge_db: outer() requires a statement around the select that it stands in; leave outer() out");
}

template <class... Scope>
inline constexpr std::size_t outer_scopes = ((std::same_as<Scope, outer_scope> ? 1U : 0U) + ... + 0U);

}  // namespace detail

/// A column of a statement around a subquery, `Levels` statements further out.
template <column_tag C, std::size_t Levels>
struct outer_column : detail::expression_methods<outer_column<C, Levels>> {
  using value_type = typename C::value_type;
  using storage_type = typename C::storage_type;

  static constexpr void render(sql_writer& out) {
    if (out.depth() < static_cast<int>(Levels)) detail::outer_requires_a_statement_around_its_select();
    out.column(table<typename C::row_type>::quoted, C::quoted);
  }
  template <class Sink>
  void bind(Sink&, int&) const {}

  /// Of the statement that it stands in it is no column; those around it are asked with an outer_scope for each.
  template <class... Scope>
  static consteval bool belongs_to() {
    if constexpr (detail::outer_scopes<Scope...> < Levels) {
      static_assert(!detail::is_in_scope<typename C::row_type, Scope...>,
                    "forge_db: outer() requires a table that its own statement does not select from; give one of them "
                    "an alias");
      return true;
    } else {
      return detail::column_operand<C>::template belongs_to<Scope...>();
    }
  }
  /// An outer join of the statement around may have found no row of its table; which is not known here.
  template <class>
  static consteval bool is_nullable() {
    return true;
  }
};

/// In a subquery: a column of the statement around it, as in
///
///     select<Book>().where(exists(select<Loan>().where(loans::book_id == outer(books::id))))
///
/// `outer(outer(column))` is of the statement around that one.
template <column_tag C>
[[nodiscard]] constexpr auto outer(C) {
  return outer_column<C, 1>{};
}
template <class C, std::size_t Levels>
[[nodiscard]] constexpr auto outer(outer_column<C, Levels>) {
  return outer_column<C, Levels + 1>{};
}

}  // namespace forge_db
