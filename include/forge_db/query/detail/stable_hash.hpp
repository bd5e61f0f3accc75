// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace forge_db::detail {

/// A hash that is the same in every program, on every machine: FNV-1a, its bits mixed at the end. It tells apart what
/// was mixed up by accident; who wants to can make two texts of one hash.
class stable_hash {
 public:
  constexpr void add(std::string_view text) noexcept {
    for (char const byte : text) add_byte(static_cast<unsigned char>(byte));
    add_byte(0xff);  // in no UTF-8: "ab", "c" is not "a", "bc"
  }
  constexpr void add_byte(unsigned char byte) noexcept { state_ = (state_ ^ byte) * 0x100000001b3U; }

  [[nodiscard]] constexpr std::uint64_t value() const noexcept {
    std::uint64_t mixed = (state_ ^ (state_ >> 33)) * 0xff51afd7ed558ccdU;
    mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53U;
    return mixed ^ (mixed >> 33);
  }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325U;
};

}  // namespace forge_db::detail
