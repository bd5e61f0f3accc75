// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

namespace forge_db {

namespace detail {
template <class>
inline constexpr bool column_was_given = false;
}  // namespace detail

/// A field that the initialiser must name: `NewBook{.title = "Emma"}` without `.isbn` does not compile.
/// Converts from whatever converts to T, so that the field is written to like a T.
template <class T>
class required {
 public:
  using value_type = T;

  // A template, so that the text appears where a field was forgotten and not where the type is named; not deleted,
  // because a deleted constructor is reported without our words. Hence std::is_default_constructible answers true,
  // while every use stops here.
  template <class U = T>
  required() {
    static_assert(detail::column_was_given<U>,
                  "forge_db: insert requires a value for every column without a default; name it in the initialiser");
  }

  template <class U = T>
    requires(!std::same_as<std::remove_cvref_t<U>, required> && std::convertible_to<U&&, T>)
  constexpr required(U&& value) : value_(std::forward<U>(value)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] constexpr T const& value() const& noexcept { return value_; }
  [[nodiscard]] constexpr T& value() & noexcept { return value_; }
  [[nodiscard]] constexpr T&& value() && noexcept { return std::move(value_); }

  friend bool operator==(required const&, required const&) = default;

 private:
  T value_;
};

}  // namespace forge_db
