// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

namespace forge_db {

/// The type of `null`. Not default-constructible, so that `{}` means "unset" and never "null".
struct null_t {
  struct tag {};
  explicit constexpr null_t(tag) noexcept {}
};

/// SQL's NULL, for a field of type patch: `change.shelf_id = forge_db::null`.
inline constexpr null_t null{null_t::tag{}};

/// What a write says of a nullable column: nothing (unset, the default), NULL, or a value.
/// In an update, unset leaves the column as it is; in an insert, unset takes the column's default.
/// A std::optional does not convert to it, and says so: whether an empty one means "unset" or "null" is for the caller
/// to say, who writes or_null(value) for the latter.
template <class T>
class patch {
 public:
  using value_type = T;

  constexpr patch() noexcept = default;
  constexpr patch(null_t) noexcept : null_(true) {}  // NOLINT(google-explicit-constructor): `= null` is the point

  template <class U = T>
    requires(!std::same_as<std::remove_cvref_t<U>, patch> && std::convertible_to<U&&, T>)
  constexpr patch(U&& value) : value_(std::in_place, std::forward<U>(value)) {}  // NOLINT(google-explicit-constructor)

  template <class U>
  constexpr patch(std::optional<U> const&) {  // NOLINT(google-explicit-constructor): it is there for its words
    static_assert(sizeof(U) == 0,
                  "forge_db: a patch requires a value or forge_db::null, and no std::optional; say or_null(optional) "
                  "where none is to be NULL, and assign *optional only if there is one where none leaves the column");
  }

  [[nodiscard]] constexpr bool is_unset() const noexcept { return !null_ && !value_.has_value(); }
  [[nodiscard]] constexpr bool is_null() const noexcept { return null_; }
  [[nodiscard]] constexpr bool has_value() const noexcept { return value_.has_value(); }

  /// The value. Throws std::bad_optional_access if there is none.
  [[nodiscard]] constexpr T const& value() const& { return value_.value(); }
  [[nodiscard]] constexpr T& value() & { return value_.value(); }
  [[nodiscard]] constexpr T&& value() && { return std::move(value_).value(); }

  friend bool operator==(patch const&, patch const&) = default;

 private:
  std::optional<T> value_{};
  bool null_ = false;  // never together with a value
};

/// The value, or NULL where there is none: for an optional in which "none" is what is to be written.
template <class T>
[[nodiscard]] constexpr patch<T> or_null(std::optional<T> value) {
  return value ? patch<T>(*std::move(value)) : patch<T>(null);
}

}  // namespace forge_db
