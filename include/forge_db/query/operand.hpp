// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_ref.hpp>
#include <forge_db/query/expression.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/query/parameter.hpp>
#include <forge_db/query/predicate.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

namespace detail {

/// The members of an expression: what a column can do too.
template <class Self>
struct expression_methods : expression_base {
  /// Order terms; NULL sorts below every value unless nulls_first() or nulls_last() says otherwise.
  constexpr auto asc() const;
  constexpr auto desc() const;
  constexpr auto is_null() const;
  constexpr auto is_not_null() const;
  /// Both ends inclusive.
  template <class Low, class High>
  constexpr auto between(Low&& low, High&& high) const;
  /// A contiguous sequence as one parameter, kept as column::in() keeps it.
  template <class Values>
  auto in(Values&& values) const;
  template <class Value>
  auto in(std::initializer_list<Value> values) const;
  template <class Values>
  auto not_in(Values&& values) const;
  template <class Value>
  auto not_in(std::initializer_list<Value> values) const;

 private:
  constexpr Self const& self() const { return static_cast<Self const&>(*this); }
};

/// True if the key of Row's table is grouped by: every other column then has one value a group. (The key of a view is
/// what the spec says; the database does not know it.)
template <class Row, class... Scope>
consteval bool key_is_grouped() {
  if constexpr (!is_in_scope<grouped_scope, Scope...> || view_row<Row>) {
    return false;
  } else {
    return []<class... Key>(column_list<Key...>) {
      return sizeof...(Key) > 0 && (is_in_scope<Key, Scope...> && ...);
    }(typename table<Row>::key{});
  }
}

/// A column as an expression.
template <column_tag C>
struct column_operand : expression_methods<column_operand<C>> {
  using value_type = typename C::value_type;
  using storage_type = typename C::storage_type;

  static constexpr void render(sql_writer& out) { column_ref<C>::render(out); }
  template <class Sink>
  void bind(Sink&, int&) const {}
  template <class... Scope>
  static consteval bool belongs_to() {
    return column_ref<C>::template belongs_to<Scope...>() || key_is_grouped<typename C::row_type, Scope...>();
  }
  template <class From>
  static consteval bool is_nullable() {
    return C::nullable || is_lenient<storage_type> || From::template is_optional<typename C::row_type>();
  }
};

template <class E>
inline constexpr bool is_column_operand = false;
template <class C>
inline constexpr bool is_column_operand<column_operand<C>> = true;

/// The types that PostgreSQL is told of a bound value, whose type it could not see from its place.
template <class Storage>
constexpr std::string_view postgres_type() {
  if constexpr (requires { Storage::postgres_array; }) {
    return Storage::postgres_array.substr(0, Storage::postgres_array.size() - 2);  // without []
  } else {
    return "::text";
  }
}

/// A value that is bound as another operand's would be. `Cast`: PostgreSQL is told its type.
template <class T, class Storage, bool Cast = false>
struct bound_value : expression_methods<bound_value<T, Storage, Cast>> {
  using value_type = T;
  using storage_type = Storage;

  template <class V>
  constexpr bound_value(std::in_place_t, V&& v) : value(hold<T>(std::forward<V>(v))) {}

  static constexpr void render(sql_writer& out) {
    out.parameter();
    if (Cast && out.is_postgres()) out.text(postgres_type<Storage>());
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    bind_held<Storage, T>(sink, index++, value);
  }
  template <class...>
  static consteval bool belongs_to() {
    return true;
  }
  template <class>
  static consteval bool is_nullable() {
    return false;
  }

  held<T> value;
};

template <class T>
inline constexpr bool is_number = std::is_arithmetic_v<T> && !std::same_as<T, bool>;

/// Numbers of one kind, which compare and compute with each other whatever their width.
template <class E>
inline constexpr bool is_plain_number = is_number<typename E::value_type> &&
                                        (std::same_as<typename E::storage_type, storage::integer> ||
                                         std::same_as<typename E::storage_type, storage::real>);

/// True if a value of Left can be compared with one of Right without loss or guesswork.
template <class Left, class Right>
inline constexpr bool are_comparable = (std::same_as<typename Left::value_type, typename Right::value_type> &&
                                        std::same_as<typename Left::storage_type, typename Right::storage_type>) ||
                                       (is_plain_number<Left> && is_plain_number<Right>);

template <class X>
inline constexpr bool is_operand = column_tag<std::remove_cvref_t<X>> || expression<std::remove_cvref_t<X>>;

/// An operand's node: itself, or that of a column.
template <class X>
constexpr auto node_of(X&& operand) {
  using plain = std::remove_cvref_t<X>;
  if constexpr (column_tag<plain>) {
    return column_operand<plain>{};
  } else {
    return plain(std::forward<X>(operand));
  }
}
template <class X>
using node_for = decltype(node_of(std::declval<X>()));

/// The C++ type and the storage that a value has by itself, in `val(7)` or `coalesce(..., "none")`; void if none.
template <class V>
consteval auto own_storage() {
  using plain = std::remove_cvref_t<V>;
  if constexpr (std::same_as<plain, bool>) {
    return std::type_identity<std::pair<bool, storage::boolean>>{};
  } else if constexpr (std::integral<plain>) {
    return std::type_identity<std::pair<std::int64_t, storage::integer>>{};
  } else if constexpr (std::floating_point<plain>) {
    return std::type_identity<std::pair<double, storage::real>>{};
  } else if constexpr (std::convertible_to<V, std::string_view>) {
    return std::type_identity<std::pair<std::string, storage::text>>{};
  } else {
    return std::type_identity<void>{};
  }
}
template <class V>
using own_storage_t = typename decltype(own_storage<V>())::type;

/// A node for `value`, bound as Like's values are; Like gives value_type and storage_type.
template <class Like, bool Cast = false, class V>
constexpr auto bound_like(V&& value) {
  using number = own_storage_t<V>;
  if constexpr (is_plain_number<Like> && is_number<std::remove_cvref_t<V>> &&
                !is_value_of<typename Like::value_type, V>()) {
    return bound_value<typename number::first_type, typename number::second_type, Cast>(std::in_place,
                                                                                        std::forward<V>(value));
  } else {
    return bound_value<typename Like::value_type, typename Like::storage_type, Cast>(std::in_place,
                                                                                     std::forward<V>(value));
  }
}

/// True if V is a value that can stand beside an operand Like.
template <class Like, class V>
consteval bool is_value_like() {
  return is_value_of<typename Like::value_type, V>() || (is_plain_number<Like> && is_number<std::remove_cvref_t<V>>);
}

}  // namespace detail

/// A term of order_by() that is an expression.
template <expression E, direction Way, nulls Place = nulls::lowest>
struct expression_term {
  E expression;

  [[nodiscard]] constexpr auto nulls_first() const { return expression_term<E, Way, nulls::first>{expression}; }
  [[nodiscard]] constexpr auto nulls_last() const { return expression_term<E, Way, nulls::last>{expression}; }

  static constexpr detail::level level = E::level;
  static constexpr void render(sql_writer& out) {
    E::render(out);
    detail::render_direction(out, true, Way, Place);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    expression.bind(sink, index);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return E::template belongs_to<Scope...>();
  }
};
template <class E, direction Way, nulls Place>
inline constexpr bool is_order_term<expression_term<E, Way, Place>> = true;

}  // namespace forge_db
