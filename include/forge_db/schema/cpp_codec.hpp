// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/bytes.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/keeping_sink.hpp>
#include <forge_db/schema/storage.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace forge_db {

/// How a C++ type of your own is stored: specialise it for each type that a spec names by `cpp:`, in the header that
/// the spec names there.
///
///     template <>
///     struct forge_db::cpp_codec<shop::money> {
///       static std::int64_t to_storage(shop::money const& value) { return value.cents(); }
///       static shop::money from_storage(std::int64_t cents) { return shop::money{cents}; }
///     };
///
/// What is stored is the value of the column's `type:` (int64: std::int64_t, timestamp: forge_db::timestamp). Text is
/// given to from_storage as a std::string_view, bytes as a std::span<std::byte const>, both only for the call.
/// from_storage answers a T, or a std::optional<T>, empty for what is no T: a decode_error then. to_storage answers
/// what converts to what from_storage takes; a reference or view that it answers must live as long as the value does.
/// Conditions and orders in SQL compare what is stored, so equal values must be stored alike. What either throws
/// leaves the statement.
template <class T>
struct cpp_codec;

namespace detail {

template <class Stored>
struct stored_form {
  using type = Stored const&;
};
template <>
struct stored_form<std::string> {
  using type = std::string_view;
};
template <>
struct stored_form<bytes> {
  using type = std::span<std::byte const>;
};

/// What a cpp_codec's functions take and give for a column whose own type is Stored.
template <class Stored>
using stored_form_t = typename stored_form<Stored>::type;

template <class Answer, class T>
inline constexpr bool answers =
    std::convertible_to<Answer, T> || std::same_as<std::remove_cvref_t<Answer>, std::optional<T>>;

}  // namespace detail

/// True if values of T can be kept in a column whose own type is Stored: T has a cpp_codec that fits, and rows can
/// hold it.
template <class T, class Stored>
concept storable_as = std::default_initializable<T> && std::movable<T> &&
    requires(T const& value, detail::stored_form_t<Stored> stored) {
  { cpp_codec<T>::to_storage(value) } -> std::convertible_to<detail::stored_form_t<Stored>>;
  requires detail::answers<decltype(cpp_codec<T>::from_storage(stored)), T>;
};

template <class T, class Stored, class Storage>
struct codec<T, storage::as<Stored, Storage>> {
  template <class Row>
  static void read(Row& row, int column, T& out) {
    static_assert(storable_as<T, Stored>,
                  "forge_db: a column of a C++ type of your own requires a forge_db::cpp_codec of it that fits the "
                  "column's type; specialise it in the header that the spec names");
    if constexpr (!storable_as<T, Stored>) {
      static_cast<void>(row), static_cast<void>(column), static_cast<void>(out);
    } else if constexpr (std::same_as<Stored, std::string>) {
      detail::require_kind(row, column, value_kind::text, "text");
      take(column, out, cpp_codec<T>::from_storage(row.text(column)));
    } else if constexpr (std::same_as<Stored, bytes>) {
      detail::require_kind(row, column, value_kind::blob, "a blob");
      take(column, out, cpp_codec<T>::from_storage(row.blob(column)));
    } else {
      Stored stored{};
      codec<Stored, Storage>::read(row, column, stored);
      take(column, out, cpp_codec<T>::from_storage(stored));
    }
  }

  template <class Sink>
  static void write(Sink& sink, int index, T const& value) {
    static_assert(storable_as<T, Stored>,
                  "forge_db: a column of a C++ type of your own requires a forge_db::cpp_codec of it that fits the "
                  "column's type; specialise it in the header that the spec names");
    if constexpr (storable_as<T, Stored>) {
      using answer = decltype(cpp_codec<T>::to_storage(value));
      if constexpr (std::is_reference_v<answer> || std::is_trivially_copyable_v<answer>) {
        codec<Stored, Storage>::write(sink, index, cpp_codec<T>::to_storage(value));
      } else {  // ends here, before the statement runs
        detail::keeping_sink<Sink> keeper(sink);
        codec<Stored, Storage>::write(keeper, index, cpp_codec<T>::to_storage(value));
      }
    }
  }

 private:
  template <class Answer>
  static void take(int column, T& out, Answer&& answer) {
    if constexpr (std::same_as<std::remove_cvref_t<Answer>, std::optional<T>>) {
      if (!answer) detail::refuse_content(column, "a value that the cpp_codec of its C++ type accepts");
      out = *std::forward<Answer>(answer);
    } else {
      out = std::forward<Answer>(answer);
    }
  }
};

/// A stored value as a T: what generated defaults are made by. Throws invalid_value for what the cpp_codec of T
/// refuses.
template <class T, class Form>
[[nodiscard]] T cpp_value(Form const& stored) {
  auto answer = cpp_codec<T>::from_storage(stored);
  if constexpr (std::same_as<decltype(answer), std::optional<T>>) {
    if (!answer) {
      throw invalid_value("forge_db: a default requires to be a value that the cpp_codec of its C++ type accepts");
    }
    return *std::move(answer);
  } else {
    return answer;
  }
}

}  // namespace forge_db
