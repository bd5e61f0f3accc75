// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/concatenated.hpp>
#include <forge_db/query/detail/insert_piece.hpp>
#include <forge_db/query/predicate.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/repository/relation.hpp>
#include <forge_db/repository/standing.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

// What the statements of relations are written from: parents as a table, how they find their rows, and the conditions.
namespace forge_db::detail {

/// The column whose value every row of a table with a scope shares with its parents; none without a scope.
template <class Row>
consteval auto scope_columns_of() {
  if constexpr (has_scope<Row>) {
    return column_list<typename table<Row>::scope>{};
  } else {
    return column_list<>{};
  }
}

/// True if rows of Child may be looked for by rows of Parent: they are of the same tenant.
template <class Parent, class Child>
consteval bool scopes_agree() {
  if constexpr (!has_scope<Child>) {
    return true;
  } else if constexpr (has_scope<Parent>) {
    return std::same_as<typename table<Parent>::scope::value_type, typename table<Child>::scope::value_type>;
  } else {
    return false;
  }
}

/// The table that the parents' keys are looked for in: the related one, or the link table.
template <class Tag>
struct first_table {
  using type = typename Tag::related_type;
};
template <linked_relation_tag Tag>
struct first_table<Tag> {
  using type = typename Tag::link_type;
};

/// How parents find their rows: `from` of the parents equals `to` of the first table, and so does the tenant.
template <relation_tag Tag>
struct relation_match {
  using first = typename first_table<Tag>::type;
  static_assert(scopes_agree<typename Tag::row_type, first>(),
                "forge_db: with() requires rows of a table with a scope to be related to rows of the same scope; give "
                "both tables the scope");
  static constexpr bool is_scoped = has_scope<first>;
  using parent_scope =
      std::conditional_t<is_scoped, decltype(scope_columns_of<typename Tag::row_type>()), column_list<>>;

  using from = decltype(concatenated(typename Tag::from{}, parent_scope{}));
  using to = decltype(concatenated(typename Tag::to{}, scope_columns_of<first>()));
};

/// Whether rows live is said by their own table; the tenant is the parents'.
template <class Row>
constexpr void render_living(sql_writer& out, sql_separator& separate) {
  standing_pieces pieces = make_standing_pieces<Row>();
  pieces.scope = {};
  render_standing(out, separate, table<Row>::quoted, pieces);
}

/// The conditions of a relation, behind what `separate` writes.
template <relation_tag Tag, class Where>
constexpr void render_conditions_of(sql_writer& out, sql_separator& separate) {
  if constexpr (linked_relation_tag<Tag>) render_living<typename Tag::link_type>(out, separate);
  render_living<typename Tag::related_type>(out, separate);
  if constexpr (requires { typename Tag::condition; }) {
    separate(out);
    out.text("(");
    out.text(out.is_postgres() ? Tag::condition::postgres : Tag::condition::sqlite);
    out.text(")");
  }
  if constexpr (predicate<Where>) {
    separate(out);
    render_operand_of<Where, 2>(out);
  }
}

template <class... From>
constexpr void render_parents(sql_writer& out, column_list<From...>) {
  if (!out.is_postgres()) {
    out.text("forge_span(");
    out.parameter();
    out.text(") as _parents");  // no table of a spec begins with _
    return;
  }
  out.text("unnest(");
  sql_separator separate;
  ((separate(out), out.parameter(), out.text(postgres_array<typename From::storage_type>())), ...);
  out.text(") with ordinality as _parents(");
  for (std::size_t i = 0; i < sizeof...(From); ++i) {
    out.text("c");
    out.number(i);
    out.text(", ");
  }
  out.text("position)");
}

/// The parent's place in the span, from 0.
constexpr void render_position(sql_writer& out) {
  out.text(out.is_postgres() ? "_parents.position - 1" : "_parents.rowid");
}

template <class... To>
constexpr void render_parents_match(sql_writer& out, column_list<To...>) {
  sql_separator separate(" and ");
  std::size_t place = 0;
  ((separate(out), out.column(table<typename To::row_type>::quoted, To::quoted), out.text(" = _parents.c"),
    out.number(place++)),
   ...);
}

template <class... Left, class... Right>
constexpr void render_equal_columns(sql_writer& out, column_list<Left...>, column_list<Right...>) {
  sql_separator separate(" and ");
  ((separate(out), out.column(table<typename Left::row_type>::quoted, Left::quoted), out.text(" = "),
    out.column(table<typename Right::row_type>::quoted, Right::quoted)),
   ...);
}

template <class... Columns>
constexpr void render_qualified(sql_writer& out, sql_separator& separate, column_list<Columns...>) {
  ((separate(out), out.column(table<typename Columns::row_type>::quoted, Columns::quoted)), ...);
}

/// ` join related on ...` behind a link table: by its keys, and its tenant.
template <relation_tag Tag>
constexpr void render_related_join(sql_writer& out, std::string_view join) {
  using related = typename Tag::related_type;
  static_assert(scopes_agree<typename Tag::link_type, related>(),
                "forge_db: with() requires rows of a table with a scope to be linked by a table of the same scope; "
                "give the link table the scope");
  out.text(join);
  out.text(table<related>::quoted);
  out.text(" on ");
  render_equal_columns(out, typename Tag::link_to{}, typename Tag::link_from{});
  if constexpr (has_scope<related>) {
    out.text(" and ");
    render_equal_columns(out, scope_columns_of<related>(), scope_columns_of<typename Tag::link_type>());
  }
}

}  // namespace forge_db::detail
