// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/random.hpp>

#include <boost/uuid/uuid.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forge_db {

/// Boost's type only. Its generators and its text functions cost 0.7 s a file, and 1.81 has no version 7.
using uuid = boost::uuids::uuid;

/// 122 random bits (RFC 9562, version 4). Throws io_error if the system gives no randomness. Thread safe.
[[nodiscard]] uuid uuid_v4();

/// A version 7 uuid (RFC 9562): 48 bits of milliseconds, 12 bits of fractions of one, 62 random bits.
/// Within a process each is greater than those made before it, on all threads and within one millisecond, whatever the
/// clock does: where the clock stands still or goes back, the time in the uuid moves on by 1/4096 ms instead.
/// Two processes are ordered by their clocks only. Throws io_error if the system gives no randomness. Thread safe.
[[nodiscard]] uuid uuid_v7();

/// Reads 36 characters with hyphens or 32 without, hexadecimal digits of either case, any version; else nothing.
[[nodiscard]] constexpr std::optional<uuid> parse_uuid(std::string_view text) noexcept;

/// Writes 36 characters, lower case with hyphens, and no zero after them.
constexpr void write_text36(uuid const& value, char* out36) noexcept;

/// Writes 32 characters, lower case without hyphens, and no zero after them.
constexpr void write_hex32(uuid const& value, char* out32) noexcept;

/// The 36 characters of write_text36().
[[nodiscard]] inline std::string uuid_text(uuid const& value) {
  std::string text(36, '-');
  write_text36(value, text.data());
  return text;
}

namespace detail {

[[nodiscard]] constexpr int hex_digit(char character) noexcept {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return -1;
}

/// True before the bytes of a uuid that a hyphen precedes.
[[nodiscard]] constexpr bool hyphen_before(std::size_t byte) noexcept {
  return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

constexpr void write_uuid(uuid const& value, char* out, bool hyphens) noexcept {
  constexpr char digits[] = "0123456789abcdef";
  for (std::size_t i = 0; i < 16; ++i) {
    if (hyphens && hyphen_before(i)) *out++ = '-';
    *out++ = digits[value.data[i] >> 4];
    *out++ = digits[value.data[i] & 15];
  }
}

inline void mark_uuid(uuid& value, unsigned version) noexcept {
  value.data[6] = static_cast<std::uint8_t>((value.data[6] & 0x0f) | (version << 4));
  value.data[8] = static_cast<std::uint8_t>((value.data[8] & 0x3f) | 0x80);
}

/// The last time handed out, in 1/4096 ms since the epoch.
inline std::atomic<std::uint64_t> last_uuid_tick{0};

/// Greater than every tick before it, and the present time unless that would not be.
[[nodiscard]] inline std::uint64_t next_uuid_tick() noexcept {
  using nanoseconds = std::chrono::nanoseconds;
  auto const since_epoch = std::chrono::system_clock::now().time_since_epoch();
  auto const elapsed = static_cast<std::uint64_t>(std::chrono::duration_cast<nanoseconds>(since_epoch).count());
  std::uint64_t const now = (elapsed / 1'000'000 << 12) | (elapsed % 1'000'000 << 12) / 1'000'000;
  std::uint64_t last = last_uuid_tick.load(std::memory_order_relaxed);
  std::uint64_t next = 0;
  do {
    next = now > last ? now : last + 1;
  } while (!last_uuid_tick.compare_exchange_weak(last, next, std::memory_order_relaxed));
  return next;
}

}  // namespace detail

inline uuid uuid_v4() {
  uuid value{};
  detail::fill_random(&value, 16);
  detail::mark_uuid(value, 4);
  return value;
}

inline uuid uuid_v7() {
  uuid value{};
  detail::fill_random(&value.data[8], 8);
  std::uint64_t const tick = detail::next_uuid_tick();
  std::uint64_t const milliseconds = tick >> 12;
  for (unsigned i = 0; i < 6; ++i) value.data[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
  value.data[6] = static_cast<std::uint8_t>(tick >> 8 & 0x0f);
  value.data[7] = static_cast<std::uint8_t>(tick);
  detail::mark_uuid(value, 7);
  return value;
}

constexpr std::optional<uuid> parse_uuid(std::string_view text) noexcept {
  bool const hyphens = text.size() == 36;
  if (!hyphens && text.size() != 32) return std::nullopt;
  uuid value{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < 16; ++i) {
    if (hyphens && detail::hyphen_before(i) && text[at++] != '-') return std::nullopt;
    int const high = detail::hex_digit(text[at++]);
    int const low = detail::hex_digit(text[at++]);
    if (high < 0 || low < 0) return std::nullopt;
    value.data[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return value;
}

constexpr void write_text36(uuid const& value, char* out36) noexcept { detail::write_uuid(value, out36, true); }
constexpr void write_hex32(uuid const& value, char* out32) noexcept { detail::write_uuid(value, out32, false); }

}  // namespace forge_db
