// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace forge_db {

/// Which parts of a statement of variable shape are there: one bit a part. With the statement's type it determines the
/// text. Wide enough for a statement of 100 fields with two bits each, and the choice of a sort column.
class shape_mask {
 public:
  static constexpr std::size_t capacity = 256;

  constexpr void set(std::size_t bit) noexcept { words_[bit / 64] |= std::uint64_t{1} << (bit % 64); }
  constexpr void set(std::size_t bit, bool on) noexcept {
    if (on) set(bit);
  }
  [[nodiscard]] constexpr bool test(std::size_t bit) const noexcept {
    return (words_[bit / 64] >> (bit % 64) & 1) != 0;
  }

  /// Puts the lowest `width` bits of `number` at `bit`; they must not cross a multiple of 64.
  constexpr void set_number(std::size_t bit, std::size_t number) noexcept { words_[bit / 64] |= number << (bit % 64); }
  [[nodiscard]] constexpr std::size_t number(std::size_t bit, std::size_t width) const noexcept {
    return static_cast<std::size_t>(words_[bit / 64] >> (bit % 64) & ((std::uint64_t{1} << width) - 1));
  }

  [[nodiscard]] constexpr bool none() const noexcept { return (words_[0] | words_[1] | words_[2] | words_[3]) == 0; }

  [[nodiscard]] constexpr std::size_t hash() const noexcept {
    std::uint64_t hash = 0;
    for (std::uint64_t const word : words_) hash = (hash ^ word ^ (hash >> 29)) * 0x9e3779b97f4a7c15U;
    return static_cast<std::size_t>(hash ^ (hash >> 32));
  }

  friend constexpr bool operator==(shape_mask const&, shape_mask const&) = default;

 private:
  std::array<std::uint64_t, capacity / 64> words_{};
};

}  // namespace forge_db
