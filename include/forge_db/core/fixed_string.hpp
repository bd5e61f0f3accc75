// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace forge_db {

/// Text of a fixed length that can be a template argument: `template <fixed_string Name> ...`, `f<"books">`.
/// Structural, zero-terminated, NULs inside are kept.
template <std::size_t Size>
struct fixed_string {
  char characters[Size + 1]{};

  constexpr fixed_string() = default;

  constexpr fixed_string(char const (&literal)[Size + 1]) {  // NOLINT(google-explicit-constructor): a literal is one
    for (std::size_t i = 0; i < Size; ++i) characters[i] = literal[i];
  }

  [[nodiscard]] static constexpr std::size_t size() noexcept { return Size; }
  [[nodiscard]] constexpr char const* c_str() const noexcept { return characters; }
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {characters, Size}; }
  constexpr operator std::string_view() const noexcept { return view(); }  // NOLINT(google-explicit-constructor)

  template <std::size_t Other>
  [[nodiscard]] constexpr fixed_string<Size + Other> operator+(fixed_string<Other> const& other) const {
    fixed_string<Size + Other> joined;
    for (std::size_t i = 0; i < Size; ++i) joined.characters[i] = characters[i];
    for (std::size_t i = 0; i < Other; ++i) joined.characters[Size + i] = other.characters[i];
    return joined;
  }

  template <std::size_t Other>
  [[nodiscard]] constexpr bool operator==(fixed_string<Other> const& other) const noexcept {
    return view() == other.view();
  }
};

template <std::size_t Length>
fixed_string(char const (&)[Length]) -> fixed_string<Length - 1>;

}  // namespace forge_db
