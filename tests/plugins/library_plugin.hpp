// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/sqlite.hpp>

#include <cstddef>
#include <cstdint>

/// What a plugin does with the connection of the program that loads it. It is compiled with hidden symbols, so nothing
/// of it is merged with the program: it has slots, and a counter for their numbers, of its own.
struct library_plugin {
  /// Numbers are taken until the plugin's statement for remove_books() has `wanted`; answers the one it has.
  std::size_t (*take_number)(std::size_t wanted);
  /// Deletes one book; answers how many were deleted.
  std::int64_t (*remove_book)(forge_db::sqlite::connection&, std::int64_t id);
  /// Counts the books with one of these keys.
  std::int64_t (*count_books)(forge_db::sqlite::connection&, std::int64_t const* ids, std::size_t count);
  /// Renames a book, by text that is joined for the fields that are set.
  std::int64_t (*rename_book)(forge_db::sqlite::connection&, std::int64_t id, char const* title);
};

/// The one symbol that a plugin shows.
inline constexpr char library_plugin_symbol[] = "library_plugin_functions";
