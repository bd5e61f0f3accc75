// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace forge_db::detail {

/// What becomes of rows that refer to a removed one.
enum class on_removal : std::uint8_t { removed, cleared, blocking };

/// A table that a removal reaches. Names are quoted for SQL, but `name`.
struct cascade_table {
  std::string_view name;
  std::string_view quoted;
};

/// A foreign key from one of these tables (`from`, by number) to another one; `matches` compares its columns as those
/// of `forge_child` and `forge_parent`.
struct cascade_link {
  std::size_t from;
  std::size_t to;
  on_removal action;
  std::string_view matches;
};

}  // namespace forge_db::detail
