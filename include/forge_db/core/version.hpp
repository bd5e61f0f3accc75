// SPDX-License-Identifier: MIT
#pragma once

#include <compare>

#define FORGE_DB_VERSION_MAJOR 0
#define FORGE_DB_VERSION_MINOR 1
#define FORGE_DB_VERSION_PATCH 0

#if __cplusplus < 202002L
#error "forge_db: requires C++20; compile with -std=c++20"
#endif

// Older compilers lack parts of the C++20 library that the headers use, and fail with pages of unrelated text.
// Analysers (clang-tidy) only read the code, and may be older.
#if defined(__clang__)
#if !defined(__apple_build_version__) && !defined(__clang_analyzer__) && __clang_major__ < 16
#error "forge_db: requires clang 16 or newer; on Debian 12 install clang-19"
#endif
#elif defined(__GNUC__) && __GNUC__ < 12
#error "forge_db: requires GCC 12 or newer"
#endif

namespace forge_db {

struct version_number {
  int major;
  int minor;
  int patch;

  friend constexpr auto operator<=>(version_number const&, version_number const&) = default;
};

/// The version of these headers.
inline constexpr version_number version{FORGE_DB_VERSION_MAJOR, FORGE_DB_VERSION_MINOR, FORGE_DB_VERSION_PATCH};

/// True if code generated for `major.minor` works with these headers.
/// Before 1.0 every minor version may change what generated code looks like; from 1.0 on, headers read the output of
/// every older minor version.
[[nodiscard]] consteval bool generated_for(int major, int minor) {
  if (major != version.major) return false;
  return version.major == 0 ? minor == version.minor : minor <= version.minor;
}

}  // namespace forge_db
