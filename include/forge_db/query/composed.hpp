// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/expression.hpp>
#include <forge_db/query/operand.hpp>
#include <forge_db/query/predicate.hpp>

#include <concepts>
#include <utility>

namespace forge_db::detail {

/// What nodes made of others share: they keep them, and ask all of them. Operands stand in the order of the text.
template <class... Operands>
struct operands {
  constexpr explicit operands(Operands... nodes) : nodes_(std::move(nodes)...) {}

  template <class Sink>
  void bind(Sink& sink, int& index) const {
    bind_clauses(nodes_, sink, index);
  }

 private:
  clause_list<Operands...> nodes_;
};

template <class... Operands>
inline constexpr level highest_level = [] {
  level result = level::row;
  ((result = higher(result, Operands::level)), ...);
  return result;
}();

/// A condition on expressions.
template <class... Operands>
struct composed_predicate : predicate_base, operands<Operands...> {
  using operands<Operands...>::operands;

  static constexpr detail::level level = highest_level<Operands...>;
  template <class... Scope>
  static consteval bool belongs_to() {
    return (Operands::template belongs_to<Scope...>() && ...);
  }
};

template <class Operand>
consteval bool holds_choice() {
  if constexpr (predicate<Operand>) {
    return Operand::has_choice;
  } else {
    return false;
  }
}

/// An expression made of others; Self is what it is, so that it can be grouped by as a whole. It can be NULL if one of
/// them can.
template <class Self, class... Operands>
struct composed : expression_methods<Self>, operands<Operands...> {
  using operands<Operands...>::operands;
  static_assert(!(holds_choice<Operands>() || ...),
                "forge_db: when() requires to stand in where() of a select; say case_when() in an expression");

  static constexpr detail::level level = highest_level<Operands...>;
  template <class... Scope>
  static consteval bool belongs_to() {
    return is_in_scope<Self, Scope...> || (Operands::template belongs_to<Scope...>() && ...);
  }
  template <class From>
  static consteval bool is_nullable() {
    return (operand_is_nullable<Operands, From>() || ...);
  }

 private:
  /// A condition among the operands can be NULL wherever what it compares can.
  template <class Operand, class From>
  static consteval bool operand_is_nullable() {
    if constexpr (expression<Operand>) {
      return Operand::template is_nullable<From>();
    } else {
      return true;
    }
  }
};

}  // namespace forge_db::detail
