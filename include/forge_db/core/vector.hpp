// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace forge_db {

/// A vector of N numbers, as models embed text and pictures in.
template <std::size_t N>
struct vector {
  static_assert(N > 0 && N <= 16'000, "forge_db: vector requires 1 to 16000 dimensions; split longer ones");
  static constexpr std::size_t dimensions = N;

  std::array<float, N> values{};

  [[nodiscard]] constexpr float& operator[](std::size_t i) noexcept { return values[i]; }
  [[nodiscard]] constexpr float operator[](std::size_t i) const noexcept { return values[i]; }
  friend bool operator==(vector const&, vector const&) = default;
};

}  // namespace forge_db
