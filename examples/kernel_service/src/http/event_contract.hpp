// SPDX-License-Identifier: MIT
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>

namespace kernel::http {

/// What an application promises of the events of a type.
struct event_contract {
  std::string event_type{};
  std::string source_app{};
  boost::json::object payload_schema{};
  boost::json::value response_schema{};  ///< An object, or null.
};

/// Throws std::runtime_error unless the schema keeps to the part of JSON Schema that mismatch() knows: `type`,
/// `properties` and `required`, and `title`, `description` and `default`, which say nothing about what is allowed.
void require_known_schema(boost::json::object const& schema, std::string const& where);

/// Why `value` does not fit the schema, in words that begin with `where`; nothing if it does. Members that the schema
/// does not name are allowed. A boolean is no number; a number without a fraction is an integer
/// if it is written as one (`3`), or no larger than 2^53 (`3.0`, `1e3`).
std::optional<std::string> mismatch(boost::json::object const& schema, boost::json::value const& value,
                                    std::string const& where);

/// Whether a value is of a type of JSON Schema, by the type's name.
bool is_of_type(boost::json::value const& value, std::string_view type);

}  // namespace kernel::http
