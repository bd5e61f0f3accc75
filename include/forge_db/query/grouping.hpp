// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/condition.hpp>
#include <forge_db/query/expression.hpp>
#include <forge_db/query/from.hpp>
#include <forge_db/query/operand.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/when.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

// The rarer clauses of a select: distinct, group by, having, and the rules about what may stand beside an aggregate.
namespace forge_db::detail {

/// The tables of a statement as its items see them: in a group there is at least one row.
template <class From, bool Grouped>
struct grouped_from : From {
  static constexpr bool is_grouped = Grouped;
};

/// A column is in scope as itself; anything else as its node.
template <class Node>
struct group_key {
  using type = Node;
};
template <class C>
struct group_key<column_operand<C>> {
  using type = C;
};

/// A column by its name; an expression by its place in the select list, because its values would be other parameters
/// here.
template <class Items, class Node>
constexpr void render_group_term(sql_writer& out) {
  if constexpr (is_column_operand<Node>) {
    Node::render(out);
  } else {
    out.number(Items::template position_of<Node>());
  }
}

template <class Having, bool Distinct, class... Groups>
struct grouping {
  static constexpr bool is_distinct = Distinct;
  static constexpr bool is_grouped = sizeof...(Groups) > 0;
  static constexpr bool has_having = predicate<Having>;

  [[no_unique_address]] Having condition{};

  template <class From, class Items, class... Nodes>
  constexpr auto by([[maybe_unused]] Items const& items, Nodes const&... nodes) const {
    static_assert(!is_grouped, "forge_db: group_by() requires to be the only one; give it all terms");
    static_assert(sizeof...(Nodes) > 0,
                  "forge_db: group_by() requires columns or expressions; name what the rows have in common");
    static_assert((From::template holds<Nodes>() && ...),
                  "forge_db: group_by() requires columns of the selected tables; add a join, or group by others");
    static_assert(
        ((Nodes::level == level::row) && ...),
        "forge_db: group_by() requires no aggregate among its terms; conditions on aggregates belong to having()");
    static_assert((can_group_by<Items, Nodes>() && ...),
                  "forge_db: group_by() requires its expressions to be selected; select them, or group by columns");
    if (!std::is_constant_evaluated()) (require_selected_values(items, nodes), ...);
    return grouping<Having, Distinct, Nodes...>{condition};
  }

  template <class From, class P>
  constexpr auto having(P said) const {
    static_assert(!has_having, "forge_db: having() requires to be the only one; join conditions by &&");
    static_assert(predicate<P>, "forge_db: having() requires a condition; compare an aggregate with a value");
    if constexpr (predicate<P>) {
      static_assert(!P::has_choice, "forge_db: when() is not supported yet in having(); use it in where()");
      static_assert(From::template holds<P>(),
                    "forge_db: having() requires columns of the selected tables; add a join, or move the condition");
      static_assert(P::level != level::window,
                    "forge_db: having() requires no window function; put it in a derived table");
    }
    return grouping<P, Distinct, Groups...>{std::move(said)};
  }

  constexpr auto distinct() const {
    static_assert(!Distinct, "forge_db: distinct() requires to be the only one; remove the other");
    return grouping<Having, true, Groups...>{condition};
  }

  template <class Items>
  static constexpr void render(sql_writer& out) {
    if constexpr (is_grouped) {
      out.text(" group by ");
      sql_separator separate;
      ((separate(out), render_group_term<Items, Groups>(out)), ...);
    }
    if constexpr (has_having) {
      out.text(" having ");
      Having::render(out);
    }
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    condition.bind(sink, index);
  }

  /// True if a node has one value a group.
  template <class Node>
  static consteval bool holds() {
    return Node::template belongs_to<grouped_scope, typename group_key<Groups>::type...>();
  }

 private:
  template <class Items, class Node>
  static void require_selected_values(Items const& items, Node const& node) {
    if constexpr (!is_column_operand<Node> && can_group_by<Items, Node>()) items.require_values_of(node);
  }
  template <class Items, class Node>
  static consteval bool can_group_by() {
    if constexpr (is_column_operand<Node>) {
      return true;
    } else {
      return Items::template position_of<Node>() != 0;
    }
  }
};

using no_grouping = grouping<every_row, false>;

/// A column's term where an outer join may have found no row, so that it can be NULL.
template <class C, direction Way, nulls Place>
struct optional_term : order_term<C, Way, Place> {
  constexpr explicit optional_term(order_term<C, Way, Place>) {}
  static constexpr void render(sql_writer& out) {
    column_ref<C>::render(out);
    render_direction(out, true, Way, Place);
  }
};

/// A term of order_by() in the rows of From.
template <class From, class Term>
struct term_within {
  using type = Term;
};
template <class From, class C, direction Way, nulls Place>
  requires(!C::nullable && From::template is_optional<typename C::row_type>())
struct term_within<From, order_term<C, Way, Place>> {
  using type = optional_term<C, Way, Place>;
};
template <class From, class Term>
using term_in = typename term_within<From, Term>::type;

/// The expression of an order term.
template <class Term>
struct ordered_by {
  using type = Term;
};
template <class C, direction Way, nulls Place>
struct ordered_by<order_term<C, Way, Place>> {
  using type = column_operand<C>;
};
template <class C, direction Way, nulls Place>
struct ordered_by<optional_term<C, Way, Place>> {
  using type = column_operand<C>;
};
template <class E, direction Way, nulls Place>
struct ordered_by<expression_term<E, Way, Place>> {
  using type = E;
};

template <class Term>
consteval level level_of() {
  if constexpr (requires { Term::level; }) {
    return Term::level;
  } else {
    return level::row;
  }
}

template <class Grouping, class... Terms>
consteval bool holds_terms(std::type_identity<clause_list<Terms...>>) {
  return (Grouping::template holds<typename ordered_by<Terms>::type>() && ...);
}
template <class... Terms>
consteval bool holds_aggregate(std::type_identity<clause_list<Terms...>>) {
  return ((level_of<Terms>() == level::group) || ...);
}

template <class Items, class... Terms>
consteval bool selects_terms(std::type_identity<clause_list<Terms...>>) {
  return (Items::template selects<typename ordered_by<Terms>::type>() && ...);
}

/// What stands beside an aggregate or in a grouped statement has one value a group; distinct rows are sorted by what is
/// in them.
template <class Items, class Order, class Grouping>
consteval bool check_groups() {
  static_assert(!Grouping::is_distinct || selects_terms<Items>(std::type_identity<Order>{}),
                "forge_db: distinct() requires what order_by() names to be selected; select it, or order by another");
  constexpr bool aggregated = Items::has_aggregate || holds_aggregate(std::type_identity<Order>{}) ||
                              Grouping::is_grouped || Grouping::has_having;
  if constexpr (aggregated) {
    static_assert(Grouping::template holds<Items>(),
                  "forge_db: select() requires its columns to be grouped beside count() and other aggregates; name "
                  "them in group_by()");
    static_assert(holds_terms<Grouping>(std::type_identity<Order>{}),
                  "forge_db: order_by() requires grouped columns beside aggregates; name them in group_by()");
    if constexpr (Grouping::has_having) {
      static_assert(Grouping::template holds<decltype(Grouping::condition)>(),
                    "forge_db: having() requires grouped columns and aggregates; put other conditions in where()");
    }
  }
  return true;
}

/// The rule of where() in a select, with its words.
template <class P, class From>
consteval bool check_where_of() {
  static_assert(predicate<P>, "forge_db: where() requires a condition; compare a column with a value");
  if constexpr (predicate<P>) {
    static_assert(From::template holds<P>(),
                  "forge_db: where() requires columns of the selected table; add a join, or move the condition");
    static_assert(P::level != level::group,
                  "forge_db: where() requires a condition on rows; conditions on aggregates belong to having()");
    static_assert(P::level != level::window,
                  "forge_db: where() requires no window function; select it by a name in a derived table, and narrow "
                  "that");
    static_assert(!misplaces_choice<P>, "forge_db: when() requires to be joined by &&; write out what || and ! need");
  }
  return true;
}

template <class Term>
inline constexpr bool is_computed_term = false;
template <class E, direction Way, nulls Place>
inline constexpr bool is_computed_term<expression_term<E, Way, Place>> = true;

template <class... Terms, class Sink>
void bind_order(clause_list<Terms...> const& terms, Sink& sink, int& index) {
  if constexpr ((is_computed_term<Terms> || ...)) {
    boost::hana::for_each(terms, [&]<class Term>(Term const& term) {
      if constexpr (is_computed_term<Term>) term.bind(sink, index);
    });
  }
}

template <class Source>
inline constexpr bool is_source = requires {
  typename Source::row_type;
  requires table_row<typename Source::row_type>;
  typename Source::source_tag;
};

/// What a source brings along: nothing for an alias.
template <class Source>
constexpr auto source_of([[maybe_unused]] Source const& source) {
  if constexpr (requires { source.source(); }) {
    return source.source();
  } else {
    return table_source<typename Source::row_type>{};
  }
}

}  // namespace forge_db::detail
