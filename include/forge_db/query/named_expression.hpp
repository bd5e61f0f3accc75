// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/fixed_string.hpp>
#include <forge_db/query/alias.hpp>
#include <forge_db/query/composed.hpp>
#include <forge_db/query/operand.hpp>

#include <string_view>
#include <utility>

namespace forge_db {

/// An expression with a name, by which a derived table's columns are reached; `as<"total">(sum(loans::fee))`.
template <fixed_string Name, expression E>
struct named_expression : detail::composed<named_expression<Name, E>, E> {
  using detail::composed<named_expression, E>::composed;
  using value_type = typename E::value_type;
  using storage_type = typename E::storage_type;
  using expression_type = E;
  static constexpr std::string_view name = Name;
  static constexpr int strength = E::strength;

  /// In a clause: the expression; its name is said in the select list.
  static constexpr void render(sql_writer& out) { E::render(out); }
  static constexpr void render_item(sql_writer& out) {
    E::render(out);
    out.text(" as ");
    out.text(detail::quoted_name<Name>);
  }
};

template <fixed_string Name, class X>
[[nodiscard]] constexpr auto as(X&& operand) {
  static_assert(detail::is_plain_name<Name>(),
                "forge_db: as() requires a name of letters, digits and underscores; rename it");
  static_assert(detail::is_operand<X>, "forge_db: as() requires a column or an expression; make a value one by val()");
  if constexpr (detail::is_operand<X>) {
    return named_expression<Name, detail::node_for<X>>(detail::node_of(std::forward<X>(operand)));
  }
}

}  // namespace forge_db
