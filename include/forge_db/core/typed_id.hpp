// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <optional>  // std::hash
#include <type_traits>
#include <utility>

namespace forge_db {

/// The key of a Row, as a type of its own: a BookId is no LoanId, and neither is a number.
/// `BookId{7}` makes one, `value()` takes it apart; there is no other conversion. Row may be incomplete.
template <class Row, class T>
class typed_id {
 public:
  using row_type = Row;
  using value_type = T;

  constexpr typed_id() noexcept(std::is_nothrow_default_constructible_v<T>) = default;
  constexpr explicit typed_id(T value) noexcept(std::is_nothrow_move_constructible_v<T>) : value_(std::move(value)) {}

  [[nodiscard]] constexpr T const& value() const noexcept { return value_; }

  friend constexpr bool operator==(typed_id const& left, typed_id const& right) { return left.value_ == right.value_; }

  friend constexpr auto operator<=>(typed_id const& left, typed_id const& right) {
    if constexpr (std::three_way_comparable<T>) {
      return left.value_ <=> right.value_;
    } else {  // Boost's uuid has no <=> before 1.86
      if (left.value_ < right.value_) return std::strong_ordering::less;
      return right.value_ < left.value_ ? std::strong_ordering::greater : std::strong_ordering::equal;
    }
  }

 private:
  T value_{};
};

namespace detail {

template <class T>
concept std_hashable = requires(T const& value) {
  std::hash<T>{}(value);
};

template <class T>
concept boost_hashable = requires(T const& value) {
  { hash_value(value) } -> std::convertible_to<std::size_t>;
};

}  // namespace detail
}  // namespace forge_db

/// Equal to the hash of the value: std::hash, or else the type's own hash_value (Boost's uuid has no std::hash of old).
template <class Row, class T>
  requires(forge_db::detail::std_hashable<T> || forge_db::detail::boost_hashable<T>)
struct std::hash<forge_db::typed_id<Row, T>> {
  [[nodiscard]] std::size_t operator()(forge_db::typed_id<Row, T> const& id) const {
    if constexpr (forge_db::detail::std_hashable<T>) {
      return std::hash<T>{}(id.value());
    } else {
      return hash_value(id.value());
    }
  }
};
