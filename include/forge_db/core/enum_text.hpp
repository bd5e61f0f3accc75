// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace forge_db {

/// The texts of an enum's values, specialised by generated code:
///
///     template <> struct enum_traits<loan_status> {
///       static constexpr std::array<std::string_view, 3> names{"open", "returned", "lost"};
///     };
///
/// The enumerators are 0 to N-1, in the order of `names`.
template <class E>
struct enum_traits;

template <class E>
concept enum_with_text = std::is_enum_v<E> && requires {
  { enum_traits<E>::names[0] } -> std::convertible_to<std::string_view>;
  { enum_traits<E>::names.size() } -> std::convertible_to<std::size_t>;
};

/// The text that the database holds for `value`. It has static lifetime.
/// Throws invalid_value if `value` is none of the enumerators (a cast made it).
template <enum_with_text E>
[[nodiscard]] constexpr std::string_view to_text(E value) {
  auto const index = static_cast<std::size_t>(value);
  if (index >= enum_traits<E>::names.size()) {
    throw invalid_value(
        "forge_db: to_text() requires its argument to be an enumerator; do not cast integers to the enum");
  }
  return enum_traits<E>::names[index];
}

/// The enumerator whose text is exactly `text`, or nothing.
template <enum_with_text E>
[[nodiscard]] constexpr std::optional<E> from_text(std::string_view text) noexcept {
  for (std::size_t i = 0; i < enum_traits<E>::names.size(); ++i) {
    if (enum_traits<E>::names[i] == text) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace forge_db
