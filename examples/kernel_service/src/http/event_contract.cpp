// SPDX-License-Identifier: MIT
#include "event_contract.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string_view>

namespace kernel::http {
namespace {

constexpr std::array<std::string_view, 6> keywords{"type", "properties", "required", "title", "description", "default"};
constexpr std::array<std::string_view, 7> types{"string", "boolean", "integer", "number", "object", "array", "null"};

template <class List>
bool holds(List const& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

void require_known_schema(boost::json::object const& schema, std::string const& where) {
  for (auto const& member : schema) {
    if (!holds(keywords, member.key())) {
      throw std::runtime_error(where + ": the keyword " + std::string(member.key()) + " is not supported yet");
    }
  }
  if (auto const* const type = schema.if_contains("type"); type != nullptr) {
    if (!type->is_string() || !holds(types, type->as_string())) {
      throw std::runtime_error(where + ": type has to be the name of one type");
    }
  }
  if (auto const* const required = schema.if_contains("required"); required != nullptr) {
    auto const is_text = [](boost::json::value const& name) { return name.is_string(); };
    if (!required->is_array() || !std::all_of(required->as_array().begin(), required->as_array().end(), is_text)) {
      throw std::runtime_error(where + ": required has to be a list of names");
    }
  }
  auto const* const properties = schema.if_contains("properties");
  if (properties == nullptr) return;
  if (!properties->is_object()) throw std::runtime_error(where + ": properties has to be an object");
  for (auto const& property : properties->as_object()) {
    std::string const below = where + '.' + std::string(property.key());
    if (!property.value().is_object()) throw std::runtime_error(below + ": a schema has to be an object");
    require_known_schema(property.value().as_object(), below);
  }
}

bool is_of_type(boost::json::value const& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "null") return value.is_null();
  if (type == "number") return value.is_number();
  constexpr double last_exact = 9007199254740992.0;  // 2^53: beyond it a double stands for its neighbours, too
  return value.is_int64() || value.is_uint64() ||
         (value.is_double() && std::abs(value.get_double()) <= last_exact &&
          std::trunc(value.get_double()) == value.get_double());
}

std::optional<std::string> mismatch(boost::json::object const& schema, boost::json::value const& value,
                                    std::string const& where) {
  if (auto const* const type = schema.if_contains("type"); type != nullptr) {
    std::string const name(type->as_string());
    if (!is_of_type(value, name)) return where + " has to be of type " + name;
  }
  if (!value.is_object()) return std::nullopt;
  auto const& object = value.as_object();
  if (auto const* const required = schema.if_contains("required"); required != nullptr) {
    for (auto const& name : required->as_array()) {
      if (!object.contains(name.as_string())) return where + '.' + std::string(name.as_string()) + " is missing";
    }
  }
  auto const* const properties = schema.if_contains("properties");
  if (properties == nullptr) return std::nullopt;
  for (auto const& property : properties->as_object()) {
    auto const* const member = object.if_contains(property.key());
    if (member == nullptr) continue;
    auto problem = mismatch(property.value().as_object(), *member, where + '.' + std::string(property.key()));
    if (problem) return problem;
  }
  return std::nullopt;
}

}  // namespace kernel::http
