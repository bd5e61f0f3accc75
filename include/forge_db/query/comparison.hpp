// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_ref.hpp>
#include <forge_db/query/detail/list_text.hpp>
#include <forge_db/query/expression.hpp>
#include <forge_db/query/parameter.hpp>
#include <forge_db/query/predicate.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

namespace forge_db {

enum class comparison_operator { equal, not_equal, less, less_equal, greater, greater_equal };

namespace detail {

constexpr std::string_view operator_text(comparison_operator op) {
  constexpr std::string_view texts[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
  return texts[static_cast<int>(op)];
}

/// True if lists are asked to be equal, where Operand is a column or an expression.
template <comparison_operator Operator, class Operand>
consteval bool compares_lists() {
  return (Operator == comparison_operator::equal || Operator == comparison_operator::not_equal) && requires {
    requires Operand::storage_type::is_list;
  };
}

/// SQLite's equality of lists; a PostgreSQL jsonb has one spelling.
template <comparison_operator Operator, class Left, class Right>
constexpr void render_list_comparison(sql_writer& out) {
  render_list_text<Left>(out);
  out.text(operator_text(Operator));
  render_list_text<Right>(out);
}

}  // namespace detail

/// `column operator right`, where right is a parameter or a column. A column that is NULL satisfies no comparison.
/// Lists of text are equal if their items are, however they are spelled.
template <comparison_operator Operator, column_tag C, class Right>
struct comparison : detail::predicate_base {
  [[no_unique_address]] Right right;

  constexpr explicit comparison(Right r) : right(std::move(r)) {}

  static constexpr void render(sql_writer& out) {
    if constexpr (detail::compares_lists<Operator, C>()) {
      if (!out.is_postgres()) return detail::render_list_comparison<Operator, column_ref<C>, Right>(out);
    }
    column_ref<C>::render(out);
    out.text(detail::operator_text(Operator));
    Right::render(out);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    right.bind(sink, index);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    if constexpr (requires { Right::template belongs_to<Rows...>(); }) {
      return column_ref<C>::template belongs_to<Rows...>() && Right::template belongs_to<Rows...>();
    } else {
      return column_ref<C>::template belongs_to<Rows...>();
    }
  }
};

/// True if column C can be compared with a V: the rule behind the operators' messages.
template <class C, class V>
consteval bool comparable_with() {
  using value = std::remove_cvref_t<V>;
  if constexpr (column_tag<value>) {
    return std::same_as<typename C::value_type, typename value::value_type> &&
           std::same_as<typename C::storage_type, typename value::storage_type>;
  } else {
    return detail::is_value_of<typename C::value_type, V>();
  }
}

namespace detail {

template <comparison_operator Operator, class C, class V>
constexpr auto compare(V&& value) {
  using plain = std::remove_cvref_t<V>;
  if constexpr (may_be_null<plain>) {
    static_assert(
        !may_be_null<plain>,
        "forge_db: comparison requires its value to be present; a comparison with NULL holds for no row, so use "
        ".is_null() or .is_not_null(), or dereference the optional");
  } else if constexpr (expression<plain>) {
    return compare_operands<Operator>(C{}, std::forward<V>(value));  // of operators.hpp, found by its arguments
  } else if constexpr (!comparable_with<C, V>()) {
    constexpr bool of_list = requires { requires C::storage_type::is_list; };
    static_assert(!of_list,
                  "forge_db: comparison of a list requires a list, as std::vector<std::string>; say column.has(item) "
                  "for the rows whose list holds one");
    static_assert(of_list || comparable_with<C, V>(),
                  "forge_db: comparison requires a value of the column's type; convert it, or compare another column");
  } else if constexpr (column_tag<plain>) {
    return comparison<Operator, C, column_ref<plain>>(column_ref<plain>{});
  } else {
    return comparison<Operator, C, parameter<C>>(parameter<C>(std::forward<V>(value)));
  }
}

/// What stands on the other side of a column: any value, but no node, whose own operators apply.
template <class V>
concept comparison_value =
    !column_tag<std::remove_cvref_t<V>> && !predicate<std::remove_cvref_t<V>> && !expression<std::remove_cvref_t<V>>;

}  // namespace detail

// All six in both orders: `7 == column` does not follow from `column == 7`, because a rewritten operator must return
// bool.

template <column_tag C, class V>
[[nodiscard]] constexpr auto operator==(C, V&& value) {
  return detail::compare<comparison_operator::equal, C>(std::forward<V>(value));
}
template <column_tag C, class V>
[[nodiscard]] constexpr auto operator!=(C, V&& value) {
  return detail::compare<comparison_operator::not_equal, C>(std::forward<V>(value));
}
template <column_tag C, class V>
[[nodiscard]] constexpr auto operator<(C, V&& value) {
  return detail::compare<comparison_operator::less, C>(std::forward<V>(value));
}
template <column_tag C, class V>
[[nodiscard]] constexpr auto operator<=(C, V&& value) {
  return detail::compare<comparison_operator::less_equal, C>(std::forward<V>(value));
}
template <column_tag C, class V>
[[nodiscard]] constexpr auto operator>(C, V&& value) {
  return detail::compare<comparison_operator::greater, C>(std::forward<V>(value));
}
template <column_tag C, class V>
[[nodiscard]] constexpr auto operator>=(C, V&& value) {
  return detail::compare<comparison_operator::greater_equal, C>(std::forward<V>(value));
}

template <detail::comparison_value V, column_tag C>
[[nodiscard]] constexpr auto operator==(V&& value, C) {
  return detail::compare<comparison_operator::equal, C>(std::forward<V>(value));
}
template <detail::comparison_value V, column_tag C>
[[nodiscard]] constexpr auto operator!=(V&& value, C) {
  return detail::compare<comparison_operator::not_equal, C>(std::forward<V>(value));
}
template <detail::comparison_value V, column_tag C>
[[nodiscard]] constexpr auto operator<(V&& value, C) {
  return detail::compare<comparison_operator::greater, C>(std::forward<V>(value));
}
template <detail::comparison_value V, column_tag C>
[[nodiscard]] constexpr auto operator<=(V&& value, C) {
  return detail::compare<comparison_operator::greater_equal, C>(std::forward<V>(value));
}
template <detail::comparison_value V, column_tag C>
[[nodiscard]] constexpr auto operator>(V&& value, C) {
  return detail::compare<comparison_operator::less, C>(std::forward<V>(value));
}
template <detail::comparison_value V, column_tag C>
[[nodiscard]] constexpr auto operator>=(V&& value, C) {
  return detail::compare<comparison_operator::less_equal, C>(std::forward<V>(value));
}

/// `column between low and high`, both inclusive.
template <column_tag C>
struct between_ends : detail::predicate_base {
  parameter<C> low;
  parameter<C> high;

  template <class Low, class High>
  constexpr between_ends(Low&& l, High&& h) : low(std::forward<Low>(l)), high(std::forward<High>(h)) {}

  static constexpr void render(sql_writer& out) {
    column_ref<C>::render(out);
    out.text(" between ");
    out.parameter();
    out.text(" and ");
    out.parameter();
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    low.bind(sink, index);
    high.bind(sink, index);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return column_ref<C>::template belongs_to<Rows...>();
  }
};

/// `column is null`, or `is not null`.
template <column_tag C, bool Null>
struct null_test : detail::predicate_base {
  static constexpr void render(sql_writer& out) {
    column_ref<C>::render(out);
    out.text(Null ? " is null" : " is not null");
  }
  template <class Sink>
  void bind(Sink&, int&) const {}
  template <class... Rows>
  static consteval bool belongs_to() {
    return column_ref<C>::template belongs_to<Rows...>();
  }
};

}  // namespace forge_db
