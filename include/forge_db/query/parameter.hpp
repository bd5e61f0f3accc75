// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/core/patch.hpp>
#include <forge_db/query/detail/refused_value.hpp>
#include <forge_db/query/held_value.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/column.hpp>
#include <forge_db/schema/table.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace forge_db {

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_patch = false;
template <class T>
inline constexpr bool is_patch<patch<T>> = true;

/// True for what stands for NULL: null, nullopt, nullptr, and what may be empty.
template <class V>
inline constexpr bool may_be_null = std::same_as<V, null_t> || std::same_as<V, std::nullopt_t> ||
                                    std::same_as<V, std::nullptr_t> || is_optional<V> || is_patch<V>;

/// True if a V is a value of a column of type T without loss or guesswork: no floats for integers, no integers for
/// typed ids or booleans.
template <class T, class V>
consteval bool is_value_of() {
  using value = std::remove_cvref_t<V>;
  if constexpr (may_be_null<value>) {
    return false;
  } else if constexpr (std::same_as<T, bool> || std::same_as<value, bool>) {
    return std::same_as<T, bool> && std::same_as<value, bool>;
  } else if constexpr (std::integral<T>) {
    return std::integral<value>;
  } else if constexpr (std::floating_point<T>) {
    return std::is_arithmetic_v<value>;
  } else if constexpr (std::same_as<T, std::string>) {
    return std::convertible_to<V, std::string_view>;
  } else if constexpr (std::same_as<T, bytes>) {
    return std::convertible_to<V, std::span<std::byte const>>;
  } else {
    return std::convertible_to<V, T>;
  }
}

template <class T>
consteval auto held_type() {
  if constexpr (std::same_as<T, std::string>) {
    return std::type_identity<held_text>{};
  } else if constexpr (std::same_as<T, bytes>) {
    return std::type_identity<held_bytes>{};
  } else if constexpr (std::is_trivially_copyable_v<T>) {
    return std::type_identity<T>{};
  } else {
    return std::type_identity<owned_or_borrowed<T>>{};
  }
}

template <class T>
using held = typename decltype(held_type<T>())::type;

[[noreturn]] inline void refuse_range() {
  throw invalid_value(
      "forge_db: a value for an integer column requires to be in the range of the column's type; widen the type in the "
      "spec");
}

/// Makes the held form of a value that is_value_of<T, V>().
template <class T, class V>
constexpr held<T> hold(V&& value) {
  if constexpr (std::integral<T> && !std::same_as<T, bool>) {
    if (!std::in_range<T>(value)) refuse_range();
    return static_cast<T>(value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return static_cast<T>(value);
  } else if constexpr (std::is_trivially_copyable_v<T>) {
    return std::forward<V>(value);
  } else if constexpr (std::same_as<T, std::string> || std::same_as<T, bytes> ||
                       std::same_as<T, std::remove_cvref_t<V>>) {
    return held<T>(std::forward<V>(value));
  } else {
    return held<T>(T(std::forward<V>(value)));
  }
}

template <class Storage, class T, class Sink>
void bind_held(Sink& sink, int index, held<T> const& value) {
  if constexpr (requires { value.view(); }) {
    codec<T, Storage>::write(sink, index, value.view());
  } else if constexpr (requires { value.get(); }) {
    codec<T, Storage>::write(sink, index, value.get());
  } else {
    codec<T, Storage>::write(sink, index, value);
  }
}

}  // namespace detail

/// A bound value for column C: the node that every constant of a query becomes. Throws invalid_value, naming the
/// column, for what does not fit it: when it is made for an integer out of range, else when it is bound.
template <column_tag C>
class parameter {
 public:
  using value_type = typename C::value_type;

  template <class V>
    requires(detail::is_value_of<value_type, V>())
  constexpr explicit parameter(V&& value) try : value_(detail::hold<value_type>(std::forward<V>(value))) {
  } catch (invalid_value const& refused) {
    detail::name_refused(refused, table<typename C::row_type>::name, C::name);
  }

  static constexpr void render(sql_writer& out) { out.parameter(); }

  template <class Sink>
  void bind(Sink& sink, int& index) const {
    try {
      detail::bind_held<typename C::storage_type, value_type>(sink, index++, value_);
    } catch (invalid_value const& refused) {
      detail::name_refused(refused, table<typename C::row_type>::name, C::name);
    }
  }

 private:
  detail::held<value_type> value_;
};

}  // namespace forge_db
