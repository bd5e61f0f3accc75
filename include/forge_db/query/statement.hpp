// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>

namespace forge_db {

enum class statement_kind : std::uint8_t { read, write };

/// What a session can run:
///
///     S::kind, S::returns_rows, S::is_dynamic     constants
///     S::row_type                                 what one row decodes to; void without rows
///     s.bind(sink)                                binds every value, from index 1
///     S::decode(reader, row)                      if it returns rows
///     S::view_type<Reader>                        if it returns rows: the row seen in place
///     sql_text<S, D>                              the text, unless is_dynamic
///     s.mask(), S::join(dialect, mask)            if is_dynamic
template <class S>
concept statement = requires {
  { S::kind } -> std::convertible_to<statement_kind>;
  { S::returns_rows } -> std::convertible_to<bool>;
  { S::is_dynamic } -> std::convertible_to<bool>;
  typename S::row_type;
};

}  // namespace forge_db
