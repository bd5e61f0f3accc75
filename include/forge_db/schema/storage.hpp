// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

/// How a column's values lie in the database. Generated columns name one of these as `storage_type`; with the C++ type
/// it chooses the codec (schema/codec.hpp). Each says what a list of its values is on PostgreSQL, and whether parts of
/// it can be looked for as text (is_text) or as items of a list (is_list); what says nothing is `::text[]` and neither.
namespace forge_db::storage {

struct integer {
  static constexpr std::string_view postgres_array = "::bigint[]";
};
struct real {
  static constexpr std::string_view postgres_array = "::double precision[]";
};
struct text {
  static constexpr bool is_text = true;
};
struct blob {
  static constexpr std::string_view postgres_array = "::bytea[]";
};

/// Integer 0 or 1 on SQLite.
struct boolean {
  static constexpr std::string_view postgres_array = "::boolean[]";
};
struct boolean_text : boolean {};    ///< `true` or `false` as text.
struct boolean_letter : boolean {};  ///< `Y` or `N`.

/// `YYYY-MM-DD HH:MM:SS.ffffff`, UTC: sorts as time does.
struct timestamp_text {
  static constexpr std::string_view postgres_array = "::timestamptz[]";
};
struct timestamp_text_s : timestamp_text {};  ///< `YYYY-MM-DD HH:MM:SS`, as SQLite's CURRENT_TIMESTAMP.
struct timestamp_iso : timestamp_text {};     ///< `YYYY-MM-DDTHH:MM:SS.ffffffZ`.
struct timestamp_s : timestamp_text {};       ///< Seconds since 1970 as an integer.
struct timestamp_ms : timestamp_text {};      ///< Milliseconds since 1970 as an integer.
struct timestamp_real : timestamp_text {};    ///< Seconds since 1970 as a real number.
struct timestamp_julian : timestamp_text {};  ///< Julian day as a real number: exact to a millisecond.
struct timestamp_us : timestamp_text {};      ///< Microseconds since 1970 as an integer.

/// `YYYY-MM-DD`.
struct date_text {
  static constexpr std::string_view postgres_array = "::date[]";
};
struct date_number : date_text {};  ///< The integer YYYYMMDD.
struct date_s : date_text {};       ///< Midnight UTC as seconds since 1970; any time of the day is read.

/// Lower case with hyphens.
struct uuid_text36 {
  static constexpr std::string_view postgres_array = "::uuid[]";
};
struct uuid_hex32 : uuid_text36 {};  ///< Lower case without hyphens.
struct uuid_blob : uuid_text36 {};   ///< 16 bytes.

/// JSON as text.
struct json_text {
  static constexpr std::string_view postgres_array = "::jsonb[]";
  static constexpr bool is_text = true;
};
/// A list of text as JSON; anything else is a decode_error.
struct string_list : json_text {
  static constexpr bool is_list = true;
};
struct string_list_lenient : string_list {
};  ///< As string_list, but what is no list reads as empty, and items of other types as text.

/// The number times 10 to the scale, as an integer: sorts and sums exactly.
struct decimal_scaled {
  static constexpr std::string_view postgres_array = "::numeric[]";
};
struct decimal_real : decimal_scaled {};  ///< A real number, rounded to the scale: at most 15 digits.
struct decimal_text : decimal_scaled {};  ///< All digits as text: has no order in SQL.

struct enum_text {};     ///< The enumerator's name.
struct enum_integer {};  ///< The enumerator's position, from 0.

/// A value of the user's own C++ type, kept as a Stored in Storage by its cpp_codec (schema/cpp_codec.hpp).
template <class Stored, class Storage>
struct as : Storage {
  using stored_type = Stored;
};

/// As Storage, but what cannot be read is empty instead of a decode_error (schema/lenient.hpp).
template <class Storage>
struct lenient : Storage {};

}  // namespace forge_db::storage

namespace forge_db::detail {

template <class Storage>
inline constexpr bool is_lenient = false;
template <class Storage>
inline constexpr bool is_lenient<storage::lenient<Storage>> = true;

}  // namespace forge_db::detail
