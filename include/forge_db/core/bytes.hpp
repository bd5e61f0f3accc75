// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace forge_db {

/// The value of a bytes column.
using bytes = std::vector<std::byte>;

/// `text` seen as bytes; a view, valid as long as the text.
[[nodiscard]] inline std::span<std::byte const> as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<std::byte const*>(text.data()), text.size()};
}

/// `data` seen as text, whatever it holds; a view, valid as long as the data.
[[nodiscard]] inline std::string_view as_text(std::span<std::byte const> data) noexcept {
  return {reinterpret_cast<char const*>(data.data()), data.size()};
}

/// A copy of `data` that owns its bytes.
[[nodiscard]] inline bytes to_bytes(std::span<std::byte const> data) { return {data.begin(), data.end()}; }
[[nodiscard]] inline bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }

}  // namespace forge_db
