// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/patch.hpp>
#include <forge_db/core/required.hpp>
#include <forge_db/query/detail/columns.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/keeping_sink.hpp>

#include <optional>
#include <type_traits>

// How the fields of rows, new rows and patches are bound.
namespace forge_db::detail {

/// Binds what fills column C when an insert leaves it unset.
template <class C, class Sink>
void write_default(Sink& sink, int index) {
  using value_type = typename C::value_type;
  auto const value = table<typename C::row_type>::default_value(C{});
  // What a cpp_codec answers may be a view of the value, which ends here.
  if constexpr (std::is_trivially_copyable_v<value_type> && !requires { typename C::storage_type::stored_type; }) {
    codec<value_type, typename C::storage_type>::write(sink, index, value);
  } else {
    keeping_sink<Sink> keeper(sink);
    codec<value_type, typename C::storage_type>::write(keeper, index, value);
  }
}

/// What fills column C when it is unset: C if it has a default, void for NULL. Not C itself in either case, so that the
/// functions below are shared by all columns of one type, in all tables.
template <class C>
using fill_of = std::conditional_t<has_client_default<C>, C, void>;

template <class Fill, class Sink>
void write_unset(Sink& sink, int index) {
  if constexpr (std::is_void_v<Fill>) {
    sink.null(index);
  } else {
    write_default<Fill>(sink, index);
  }
}

// The fields of a new row, one overload for each form.

template <class Storage, class Fill, class Sink, class T>
void write_new(Sink& sink, int index, required<T> const& field) {
  codec<T, Storage>::write(sink, index, field.value());
}

template <class Storage, class Fill, class Sink, class T>
void write_new(Sink& sink, int index, std::optional<T> const& field) {
  if (field) {
    codec<T, Storage>::write(sink, index, *field);
  } else {
    write_unset<Fill>(sink, index);
  }
}

template <class Storage, class Fill, class Sink, class T>
void write_new(Sink& sink, int index, patch<T> const& field) {
  if (field.has_value()) {
    codec<T, Storage>::write(sink, index, field.value());
  } else if (field.is_null()) {
    sink.null(index);
  } else {
    write_unset<Fill>(sink, index);
  }
}

// The fields of a row as it is.

template <class Storage, class Sink, class T>
void write_whole(Sink& sink, int index, T const& field) {
  codec<T, Storage>::write(sink, index, field);
}

template <class Storage, class Sink, class T>
void write_whole(Sink& sink, int index, std::optional<T> const& field) {
  if (field) {
    codec<T, Storage>::write(sink, index, *field);
  } else {
    sink.null(index);
  }
}

template <class T>
constexpr bool is_set(T const&) {
  return true;
}
template <class T>
constexpr bool is_set(std::optional<T> const& field) {
  return field.has_value();
}
template <class T>
constexpr bool is_set(patch<T> const& field) {
  return !field.is_unset();
}

}  // namespace forge_db::detail
