// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_scanner.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/core/json.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>

// Access to what is inside a json column, by Boost.JSON. Nothing else in ForgeDB includes this header.
// The program links Boost.JSON, or includes <boost/json/src.hpp> in one of its files.
namespace forge_db {

/// The value that `text` stands for. Throws invalid_value if it is not JSON, which only unchecked text can be.
/// Integers are exact within int64 and uint64; other numbers are as exact as the installed Boost.JSON reads them
/// (before 1.83 the last bit can differ). Of members with the same name the last one counts.
[[nodiscard]] inline boost::json::value to_value(json const& text) {
  if (detail::find_json_error(text.text())) {
    throw invalid_value("forge_db: to_value() requires its text to be JSON; use json::parse() for text from outside");
  }
  boost::json::parse_options options;
  options.max_depth = detail::json_depth_limit;
  boost::system::error_code failure;
  auto value = boost::json::parse(text.text(), failure, {}, options);
  if (failure) throw invalid_value("forge_db: to_value() requires its text to be readable by Boost.JSON");
  return value;
}

/// The shortest text of `value`, without spaces. Throws invalid_value for what JSON cannot express: NaN, text that is
/// not UTF-8, more than 512 levels.
[[nodiscard]] inline json from_value(boost::json::value const& value) {
  return json::parse(boost::json::serialize(value));
}

}  // namespace forge_db
