// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_operations.hpp>
#include <forge_db/query/conflict.hpp>
#include <forge_db/query/predicate.hpp>
#include <forge_db/query/render.hpp>

#include <concepts>
#include <string_view>

namespace forge_db {

namespace detail {

/// A type only; the text is made of it.
template <class Columns, class Condition>
struct partial_index {};

template <class First, class... More, class Condition>
struct partial_index<column_list<First, More...>, Condition> {
  using index_columns = column_list<First, More...>;
  using row_type = typename First::row_type;
  static constexpr std::size_t size = 1 + sizeof...(More);
};

/// A condition as a statement of its own, to look at its text.
template <class Condition>
struct condition_text {
  static constexpr bool is_dynamic = false;
  static constexpr void render(sql_writer& out) { Condition::render(out); }
};

}  // namespace detail

/// What index_on() gives; the condition makes it an index that on_conflict() can name.
template <class... Columns>
struct index_target {
  /// The condition of the index, word for word: the database looks for the index that has it. So no values are bound
  /// in it; say it by null tests and columns.
  template <class P>
  [[nodiscard]] constexpr auto where(P) const {
    static_assert(predicate<P>, "forge_db: where() requires a condition; compare a column with a value");
    if constexpr (predicate<P>) {
      static_assert(
          sql_text<detail::condition_text<P>, dialect::sqlite>.find('?') == std::string_view::npos,
          "forge_db: the condition of an index requires to have no values, which the database would not compare "
          "with the index's; say it by null tests and columns");
      return detail::partial_index<column_list<Columns...>, P>{};
    }
  }
};

/// A partial unique index, for on_conflict(): `index_on(members::card).where(members::card.is_not_null())`. Specs
/// declare it, the database knows it; where there is none, the statement throws sql_error.
template <class First, class... More>
[[nodiscard]] constexpr auto index_on(First, More...) {
  constexpr bool columns = column_tag<First> && (column_tag<More> && ...);
  static_assert(columns, "forge_db: index_on() requires columns as its arguments; name them, as in books::title");
  if constexpr (columns) {
    static_assert((std::same_as<typename First::row_type, typename More::row_type> && ...),
                  "forge_db: index_on() requires columns of one table; name those of the index");
    return index_target<First, More...>{};
  }
}

}  // namespace forge_db
