// SPDX-License-Identifier: MIT
#pragma once

/// How a column's values lie in the database. Generated columns name one of these as `storage_type`; with the C++ type
/// it chooses the codec (schema/codec.hpp).
namespace forge_db::storage {

struct integer {};
struct real {};
struct text {};
struct blob {};
struct boolean {};         ///< Integer 0 or 1 on SQLite.
struct timestamp_text {};  ///< `YYYY-MM-DD HH:MM:SS.ffffff`, UTC: sorts as time does.
struct timestamp_us {};    ///< Microseconds since 1970 as an integer.
struct date_text {};       ///< `YYYY-MM-DD`.
struct uuid_text36 {};     ///< Lower case with hyphens.
struct uuid_hex32 {};      ///< Lower case without hyphens.
struct uuid_blob {};       ///< 16 bytes.
struct json_text {};       ///< JSON as text.
struct decimal_scaled {};  ///< The number times 10 to the scale, as an integer: sorts and sums exactly.
struct enum_text {};       ///< The enumerator's name.
struct string_list {};     ///< A list of text as JSON; anything else is a decode_error.
struct string_list_lenient {
};  ///< As string_list, but what is no list reads as empty, and items of other types as text.

}  // namespace forge_db::storage
