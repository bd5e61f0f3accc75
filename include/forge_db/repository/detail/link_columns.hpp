// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/concatenated.hpp>
#include <forge_db/repository/detail/column_field.hpp>
#include <forge_db/repository/detail/relation_text.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/repository/relation.hpp>
#include <forge_db/repository/standing.hpp>

#include <concepts>
#include <type_traits>

// The columns of link tables: which say what is linked, and which are filled with their defaults.
namespace forge_db::detail {

/// The columns that link two rows: first those of the relation's own row, then those of the other.
template <class Tag>
using link_columns = decltype(concatenated(typename Tag::to{}, typename Tag::link_from{}));

/// True for a column of the link table that may be left out of an insert, or that has a default.
template <class Tag, class C>
consteval bool link_can_fill() {
  using row_table = table<typename Tag::link_type>;
  return contains_column<C>(link_columns<Tag>{}) || C::nullable || has_client_default<C> ||
         contains_column<C>(database_defaults<typename Tag::link_type>{}) ||
         (row_table::generated_key && contains_column<C>(typename row_table::key{}));
}
template <class Tag, class... Columns>
consteval bool link_fills(column_list<Columns...>) {
  return (link_can_fill<Tag, Columns>() && ...);
}

/// The columns of a list for which ForgeDB itself has a default, and that do not link.
template <class Tag, class C>
using if_filled = std::conditional_t<has_client_default<C> && !contains_column<C>(link_columns<Tag>{}), column_list<C>,
                                     column_list<>>;
template <class Tag, class... Columns>
decltype(concatenated(column_list<>{}, if_filled<Tag, Columns>{}...)) link_defaults(column_list<Columns...>);
template <class Tag>
using filled_link_columns = decltype(link_defaults<Tag>(written_columns<typename Tag::link_type>{}));

/// The key of what link() takes: a key as it is, or that of a row.
template <class Row, class T>
consteval bool names_row() {
  return std::derived_from<T, Row> || std::convertible_to<T const&, key_of<Row>>;
}
template <class Row, class T>
key_of<Row> key_of_row(T const& named) {
  if constexpr (std::derived_from<T, Row>) {
    return key_in_row<Row>(named);
  } else {
    return key_of<Row>(named);
  }
}

/// The rules of link() and its like, with their words.
template <class Row, class Tag, class Key, class Other>
consteval bool check_link() {
  static_assert(linked_relation_tag<Tag>,
                "forge_db: link() requires a many_to_many relation; set the foreign key instead");
  if constexpr (linked_relation_tag<Tag>) {
    static_assert(
        !requires { typename Tag::condition; } && !requires { Tag::limit_rows; },
        "forge_db: link() requires a relation without `where` and `limit` in the spec, which hide links; name "
        "one without them");
    static_assert(std::same_as<typename Tag::row_type, Row>,
                  "forge_db: link() requires a relation of the repository's table; take one of the same table");
    static_assert(std::same_as<typename Tag::from, typename table<Row>::key> &&
                      std::same_as<typename Tag::link_to, typename table<typename Tag::related_type>::key>,
                  "forge_db: link() requires a relation by primary keys; insert into the link table's repository");
    static_assert(names_row<Row, Key>(),
                  "forge_db: link() requires a key or row of the repository's table first; swap the two");
    static_assert(names_row<typename Tag::related_type, Other>(),
                  "forge_db: link() requires a key or row of the related table last; swap the two");
    static_assert(!has_scope<Row> && !has_scope<typename Tag::related_type>,
                  "forge_db: link() requires tables without a scope; write the link table by its repository");
    static_assert(!has_standing<typename Tag::link_type>,
                  "forge_db: link() requires a link table without soft deletion and scope; write it by its repository");
    static_assert(identifies_row<typename Tag::link_type, link_columns<Tag>>,
                  "forge_db: link() requires a link table whose two keys are its primary key or unique together; make "
                  "them so in the spec");
    static_assert(
        link_fills<Tag>(written_columns<typename Tag::link_type>{}),
        "forge_db: link() requires a link table whose other columns have defaults; insert into its repository");
  }
  return true;
}

}  // namespace forge_db::detail
