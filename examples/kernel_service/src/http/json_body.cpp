// SPDX-License-Identifier: MIT
#include "json_body.hpp"

#include <forge_db/core/json_value.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace kernel::http {
namespace {

constexpr auto out_of_range = "The body has a number that is too large: at most some 1.8e308";

[[noreturn]] void refuse(std::string_view member, char const* what) {
  throw refusal(422, std::string(member) + ' ' + what);
}

boost::json::value value_of(forge_db::json const& json) {
  try {
    return forge_db::to_value(json);
  } catch (forge_db::invalid_value const&) {
    throw refusal(422, out_of_range);
  }
}

/// Those of all objects in `value`, of members with one name only one. Throws refusal 422 for a number that is none.
std::size_t count_members(boost::json::value const& value) {
  if (value.is_double() && !std::isfinite(value.get_double())) throw refusal(422, out_of_range);
  std::size_t count = 0;
  if (auto const* const list = value.if_array()) {
    for (boost::json::value const& each : *list) count += count_members(each);
  } else if (auto const* const object = value.if_object()) {
    count = object->size();
    for (auto const& member : *object) count += count_members(member.value());
  }
  return count;
}

/// As many colons as JSON has outside of its texts.
std::size_t written_members(std::string_view json) {
  std::size_t count = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '"') in_text = !in_text;
    if (in_text && json[i] == '\\') ++i;
    if (!in_text && json[i] == ':') ++count;
  }
  return count;
}

}  // namespace

json_body::json_body(std::string_view text) {
  if (text.empty()) return;
  auto const json = forge_db::json::try_parse(text);
  if (!json) throw refusal(422, "The body has to be JSON");
  boost::json::value value = value_of(*json);
  if (count_members(value) != written_members(text)) {
    throw refusal(400, "The body has an object with two members of one name");
  }
  if (!value.is_object()) throw refusal(422, "The body has to be a JSON object");
  object_ = std::move(value.as_object());
  given_ = true;
}

void json_body::require_known(std::span<std::string_view const> names) const {
  for (auto const& member : object_) {
    if (std::find(names.begin(), names.end(), std::string_view(member.key())) == names.end()) {
      refuse(member.key(), "is no member that this endpoint knows");
    }
  }
}

std::string json_body::text(std::string_view member) const {
  auto value = optional_text(member);
  if (!value) refuse(member, "is missing");
  return *std::move(value);
}

std::string json_body::name(std::string_view member) const {
  auto value = optional_name(member);
  if (!value) refuse(member, "is missing");
  return *std::move(value);
}

std::optional<std::string> json_body::optional_text(std::string_view member) const {
  auto const* const value = object_.if_contains(member);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (!value->is_string()) refuse(member, "has to be text");
  return std::string(value->as_string());
}

std::optional<std::string> json_body::optional_name(std::string_view member) const {
  auto value = optional_text(member);
  if (value && value->empty()) refuse(member, "must not be empty");
  if (value && value->size() > 1000) refuse(member, "must not be longer than 1000 bytes");
  return value;
}

std::optional<std::int32_t> json_body::optional_number(std::string_view member) const {
  auto const* const value = object_.if_contains(member);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (!value->is_int64() || value->as_int64() < 0 || value->as_int64() > std::numeric_limits<std::int32_t>::max()) {
    refuse(member, "has to be a whole number of 0 or more");
  }
  return static_cast<std::int32_t>(value->as_int64());
}

boost::json::object json_body::object(std::string_view member) const {
  auto const* const value = object_.if_contains(member);
  if (value == nullptr || value->is_null()) return {};
  if (!value->is_object()) refuse(member, "has to be a JSON object");
  return value->as_object();
}

std::optional<forge_db::json> json_body::optional_object(std::string_view member) const {
  auto const* const value = object_.if_contains(member);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (!value->is_object()) refuse(member, "has to be a JSON object");
  return forge_db::from_value(*value);
}

forge_db::patch<forge_db::json> json_body::object_patch(std::string_view member) const {
  if (!object_.contains(member)) return {};
  if (auto value = optional_object(member)) return *std::move(value);
  return forge_db::null;
}

}  // namespace kernel::http
