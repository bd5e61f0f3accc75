// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/repository/key.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace forge_db::detail {

/// Takes the parts of a key as they are bound, and makes text for a message of them.
class key_text_sink {
 public:
  void null(int) { add("null"); }
  void int64(int, std::int64_t value) { add(std::to_string(value)); }
  void float64(int, double value) { add(std::to_string(value)); }
  void text(int, std::string_view value) { add("'" + std::string(value) + "'"); }
  void blob(int, std::span<std::byte const> value) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string shown = "x'";
    for (std::byte const byte : value) {
      shown += digits[std::to_integer<std::size_t>(byte) / 16];
      shown += digits[std::to_integer<std::size_t>(byte) % 16];
    }
    add(shown + "'");
  }

  /// For a codec that makes its text; valid until the next call.
  std::span<char> scratch(std::size_t size) {
    scratch_.resize(size);
    return {scratch_.data(), size};
  }

  [[nodiscard]] std::string const& shown() const noexcept { return shown_; }

 private:
  void add(std::string const& part) {
    if (!shown_.empty()) shown_ += ", ";
    shown_ += part;
  }

  std::string shown_;
  std::string scratch_;
};

/// A key as the database stores it: `7`, or `'a', 2`.
template <class Row>
std::string key_text(key_of<Row> const& key) {
  key_text_sink sink;
  bind_key(sink, 1, key, typename table<Row>::key{});
  return sink.shown();
}

}  // namespace forge_db::detail
