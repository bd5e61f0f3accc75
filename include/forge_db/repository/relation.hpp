// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/condition.hpp>
#include <forge_db/query/predicate.hpp>
#include <forge_db/schema/table.hpp>

#include <cstdint>
#include <utility>

namespace forge_db {

/// A generated relation of a table: what with() and row[...] take. A relation to rows that are found by way of a link
/// table has link_type, too.
template <class T>
concept relation_tag = requires {
  typename T::row_type;
  typename T::related_type;
  typename T::from;
  typename T::to;
  T::to_many;
};

/// A relation whose rows hang on rows of a link table, which can be read and written.
template <class T>
concept linked_relation_tag = relation_tag<T> && requires {
  typename T::link_type;
  typename T::link_from;
  typename T::link_to;
};

namespace detail {

struct no_limit;

/// True if the columns of a node are of the related table, or of the link table.
template <class Tag, class Node>
consteval bool is_about_related() {
  if constexpr (linked_relation_tag<Tag>) {
    return columns_belong_to<Node, typename Tag::related_type, typename Tag::link_type>();
  } else {
    return columns_belong_to<Node, typename Tag::related_type>();
  }
}

}  // namespace detail

/// What a relation's `order_by` of the spec is: order terms, without values.
template <class... Terms>
using relation_order = detail::clause_list<Terms...>;

template <relation_tag Tag, class Where = detail::every_row, class Order = detail::clause_list<>,
          class Limit = detail::no_limit, class... Nested>
class relation_query;

/// Base of the generated relation tags:
///
///     struct loans_t : forge_db::relation<loans_t> {
///       using row_type = Book;
///       using related_type = Loan;
///       using from = forge_db::column_list<books::id_t>;       // these columns of Book ...
///       using to = forge_db::column_list<loans::book_id_t>;    // ... are equal to these of Loan
///       static constexpr bool to_many = true;
///       static constexpr std::string_view name = "loans";
///     };
///
/// With a link table between them, `to` are columns of link_type, and its link_from are equal to link_to of
/// related_type. A struct `condition` with SQL for both dialects says which rows are related at all, a type `order` how
/// they come and `limit_rows` how many of each parent, unless the program says otherwise.
///
/// The members narrow what is loaded; each may be said once, in any order.
template <class Self>
struct relation {
  using slot_key = Self;  ///< What row[...] finds the loaded rows by.

  /// Only rows that satisfy a condition on the related table, or on the link table.
  template <class P>
  [[nodiscard]] constexpr auto where(P condition) const {
    return relation_query<Self>().where(std::move(condition));
  }

  /// The order of the rows of each parent: by the terms, then by key. Without it: by key, ascending.
  template <class... Terms>
  [[nodiscard]] constexpr auto order_by(Terms... terms) const {
    return relation_query<Self>().order_by(std::move(terms)...);
  }

  /// At most `rows` rows for each parent, the first in the order. Throws invalid_value if it is negative.
  [[nodiscard]] constexpr auto limit(std::int64_t rows) const { return relation_query<Self>().limit(rows); }

  /// Relations of the related rows, loaded with them.
  template <class... Relations>
  [[nodiscard]] constexpr auto with(Relations... relations) const {
    return relation_query<Self>().with(std::move(relations)...);
  }
};

}  // namespace forge_db
