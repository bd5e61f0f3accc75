// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/enum_text.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/core/typed_id.hpp>
#include <forge_db/core/uuid.hpp>

#include <concepts>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>

// What the application answers, written as plain_sql writes a row.
namespace tests {
namespace detail {

inline void put(std::ostream& out, std::string const& value) { out << value; }
inline void put(std::ostream& out, double value) { out << std::to_string(value); }
void put(std::ostream& out, std::integral auto value) { out << value; }
/// To milliseconds, as `strftime('%Y-%m-%d %H:%M:%f', ...)`, whatever the form that is stored.
inline void put(std::ostream& out, forge_db::timestamp value) {
  out << forge_db::timestamp_text(value).substr(0, sizeof "2026-01-01 00:00:00.000" - 1);
}
template <class Row>
void put(std::ostream& out, forge_db::typed_id<Row, forge_db::uuid> const& value) {
  out << forge_db::uuid_text(value.value());
}
template <class Enum>
  requires std::is_enum_v<Enum>
void put(std::ostream& out, Enum value) { out << forge_db::to_text(value); }
template <class T>
void put(std::ostream& out, std::optional<T> const& value) {
  value ? put(out, *value) : put(out, std::string("~"));
}

}  // namespace detail

/// The values joined by '|', an unset one as ~.
template <class First, class... Values>
std::string row_text(First const& first, Values const&... values) {
  std::ostringstream out;
  detail::put(out, first);
  ((out << '|', detail::put(out, values)), ...);
  return out.str();
}

}  // namespace tests
