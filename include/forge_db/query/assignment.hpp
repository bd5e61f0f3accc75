// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_ref.hpp>
#include <forge_db/query/expression.hpp>
#include <forge_db/query/parameter.hpp>

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

namespace forge_db {

/// `column = null`
struct null_operand {
  static constexpr void render(sql_writer& out) { out.text("null"); }
  template <class Sink>
  void bind(Sink&, int&) const {}
};

/// A value or NULL, known when the statement runs.
template <column_tag C>
struct optional_parameter {
  std::optional<parameter<C>> value{};

  static constexpr void render(sql_writer& out) { out.parameter(); }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    if (value) {
      value->bind(sink, index);
    } else {
      sink.null(index++);
    }
  }
};

/// `column = right`, for update().set(): what `books::title = value` makes. Right is a parameter, NULL, a column
/// or another expression.
template <column_tag C, class Right>
struct assignment {
  using column_type = C;
  [[no_unique_address]] Right right;

  constexpr explicit assignment(Right r) : right(std::move(r)) {}

  static constexpr void render(sql_writer& out) {
    out.text(C::quoted);
    out.text(" = ");
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

template <class T>
inline constexpr bool is_assignment = false;
template <class C, class Right>
inline constexpr bool is_assignment<assignment<C, Right>> = true;

/// True if column C can be set to a V.
template <class C, class V>
consteval bool assignable_from() {
  using value = std::remove_cvref_t<V>;
  if constexpr (std::same_as<value, null_t> || std::same_as<value, std::nullopt_t>) {
    return C::nullable;
  } else if constexpr (detail::is_optional<value>) {
    return C::nullable && detail::is_value_of<typename C::value_type, typename value::value_type>();
  } else if constexpr (column_tag<value>) {
    return std::same_as<typename C::value_type, typename value::value_type> &&
           std::same_as<typename C::storage_type, typename value::storage_type> && (C::nullable || !value::nullable);
  } else {
    return detail::is_value_of<typename C::value_type, V>();
  }
}

namespace detail {

/// The rows of an update: none of them is missing, or a group.
struct present_rows {
  static constexpr bool is_grouped = false;
  template <class>
  static consteval bool is_optional() {
    return false;
  }
};

/// True if the values of E are values of column C. Integers are of any width: one beyond the column's is refused by
/// PostgreSQL, and a decode_error when it is read on SQLite.
template <class C, class E>
consteval bool holds_values_of() {
  using from = typename E::value_type;
  using to = typename C::value_type;
  constexpr bool same_storage = std::same_as<typename C::storage_type, typename E::storage_type>;
  if constexpr (std::same_as<from, to>) {
    return same_storage;
  } else if constexpr (std::same_as<from, bool> || std::same_as<to, bool> || !std::is_arithmetic_v<from>) {
    return false;
  } else {
    return (std::integral<from> && std::integral<to> && same_storage) ||
           (std::floating_point<to> && std::same_as<typename C::storage_type, storage::real>);
  }
}

template <class C, class E>
constexpr auto assign_expression(E&& value) {
  using plain = std::remove_cvref_t<E>;
  static_assert(holds_values_of<C, plain>(),
                "forge_db: assignment requires an expression of the column's type; cast it");
  static_assert(C::nullable || !plain::template is_nullable<present_rows>(),
                "forge_db: assignment of what can be NULL requires a nullable column; coalesce() it");
  static_assert(plain::level == level::row,
                "forge_db: assignment requires an expression of one row; put aggregates in a scalar() select");
  return assignment<C, plain>(std::forward<E>(value));
}

template <class C, class V>
constexpr auto assign(V&& value) {
  using plain = std::remove_cvref_t<V>;
  if constexpr (expression<plain>) {
    return assign_expression<C>(std::forward<V>(value));
  } else if constexpr (!assignable_from<C, V>()) {
    static_assert(!may_be_null<plain> || C::nullable || is_patch<plain>,
                  "forge_db: assignment of null requires a nullable column; give a value");
    constexpr bool to_list = !may_be_null<plain> && requires { requires C::storage_type::is_list; };
    static_assert(!to_list,
                  "forge_db: assignment to a list requires the whole list, as std::vector<std::string>; json_append() "
                  "adds an item");
    static_assert(to_list || assignable_from<C, V>(),
                  "forge_db: assignment requires a value of the column's type; convert it");
  } else if constexpr (is_optional<plain>) {
    optional_parameter<C> right;
    if (value) right.value.emplace(*std::forward<V>(value));
    return assignment<C, optional_parameter<C>>(std::move(right));
  } else if constexpr (may_be_null<plain>) {
    return assignment<C, null_operand>(null_operand{});
  } else if constexpr (column_tag<plain>) {
    return assignment<C, column_ref<plain>>(column_ref<plain>{});
  } else {
    return assignment<C, parameter<C>>(parameter<C>(std::forward<V>(value)));
  }
}

}  // namespace detail
}  // namespace forge_db
