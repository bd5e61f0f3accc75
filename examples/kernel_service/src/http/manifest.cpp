// SPDX-License-Identifier: MIT
#include "manifest.hpp"

#include "letter_case.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <set>
#include <stdexcept>
#include <utility>

namespace kernel::http {
namespace {

using name_list = std::initializer_list<std::string_view>;

constexpr std::array<std::string_view, 8> known_capabilities{"settings:read", "settings:write", "storage:read",
                                                             "storage:write", "vfs:read",       "vfs:write",
                                                             "audit:read",    "llm:invoke"};
constexpr std::array<std::string_view, 13> app_members{"id",
                                                       "name",
                                                       "version",
                                                       "icon",
                                                       "accent_color",
                                                       "capabilities",
                                                       "resource_quotas",
                                                       "contracts",
                                                       "settings_schema",
                                                       "subscriptions",
                                                       "windows",
                                                       "routers",
                                                       "requires_services"};

void require_only(boost::json::object const& from, name_list known, std::string const& where) {
  for (auto const& member : from) {
    if (std::find(known.begin(), known.end(), std::string_view(member.key())) != known.end()) continue;
    std::string text = where + ": there is no member " + std::string(member.key()) + ", but";
    for (std::string_view const each : known) text.append(each == *known.begin() ? " " : ", ").append(each);
    throw std::runtime_error(text);
  }
}

/// How many letters have to be written over, put in or taken out to make one of the other.
std::size_t distance(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t j = 0; j <= other.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= other.size(); ++j) {
      std::size_t const over = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({over, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

/// An application may have members of its own, but hardly one that is a known one but for its case, or for two letters
/// of a long name.
void require_well_spelt(boost::json::object const& from, std::string const& app) {
  for (auto const& member : from) {
    std::string const name(member.key());
    if (std::find(app_members.begin(), app_members.end(), name) != app_members.end()) continue;
    for (std::string_view const known : app_members) {
      std::size_t const few = known.size() < 8 ? 0 : 2;
      if (distance(lowered(name), known) > few) continue;
      throw std::runtime_error(app + ": there is no member " + name + "; is " + std::string(known) + " meant?");
    }
  }
}

std::vector<std::string> known_only(std::vector<std::string> capabilities, std::string const& app) {
  for (std::string const& each : capabilities) {
    if (std::find(known_capabilities.begin(), known_capabilities.end(), each) != known_capabilities.end()) continue;
    std::string text = app + ": there is no capability " + each + ", but";
    for (std::string_view const known : known_capabilities) text.append(" ").append(known);
    throw std::runtime_error(text);
  }
  return capabilities;
}

[[noreturn]] void refuse(std::string const& where, std::string_view name, char const* what) {
  throw std::runtime_error(where + ": " + std::string(name) + " has to be " + what);
}

std::string text_of(boost::json::object const& from, std::string_view name, std::string const& where) {
  auto const* const value = from.if_contains(name);
  if (value == nullptr) return {};
  if (!value->is_string()) refuse(where, name, "text");
  return std::string(value->as_string());
}

boost::json::object object_of(boost::json::object const& from, std::string_view name, std::string const& where) {
  auto const* const value = from.if_contains(name);
  if (value == nullptr) return {};
  if (!value->is_object()) refuse(where, name, "an object");
  return value->as_object();
}

boost::json::array list_of(boost::json::object const& from, std::string_view name, std::string const& where) {
  auto const* const value = from.if_contains(name);
  if (value == nullptr) return {};
  if (!value->is_array()) refuse(where, name, "a list");
  return value->as_array();
}

std::vector<std::string> texts_of(boost::json::object const& from, std::string_view name, std::string const& where) {
  std::vector<std::string> texts;
  for (auto const& each : list_of(from, name, where)) {
    if (!each.is_string()) refuse(where, name, "a list of texts");
    texts.emplace_back(each.as_string());
  }
  return texts;
}

void read_limit(boost::json::object const& from, std::string_view name, std::string const& where, std::int64_t& limit) {
  auto const* const value = from.if_contains(name);
  if (value == nullptr) return;
  if (!value->is_int64() || value->as_int64() < 0) refuse(where, name, "a number of 0 or more");
  limit = value->as_int64();
}

event_contract contract_of(boost::json::value const& from, std::string const& app) {
  if (!from.is_object()) refuse(app, "contracts", "a list of objects");
  auto const& members = from.as_object();
  require_only(members, {"event_type", "payload_schema", "response_schema"}, app + ": a contract");
  event_contract contract{text_of(members, "event_type", app), app, object_of(members, "payload_schema", app), nullptr};
  if (contract.event_type.empty()) refuse(app, "event_type of a contract", "a text");
  if (members.contains("response_schema")) contract.response_schema = members.at("response_schema");
  require_known_schema(contract.payload_schema, app + ": payload_schema of " + contract.event_type);
  return contract;
}

void require_setting_types(boost::json::object const& schema, std::string const& app) {
  for (auto const& setting : schema) {
    std::string const where = app + ": settings_schema." + std::string(setting.key());
    if (!setting.value().is_object()) throw std::runtime_error(where + " has to be an object");
    require_only(setting.value().as_object(), {"type", "title", "description", "default"}, where);
    std::string const type = text_of(setting.value().as_object(), "type", where);
    if (type != "string" && type != "boolean" && type != "integer" && type != "number") {
      refuse(where, "type", "string, boolean, integer or number");
    }
  }
}

manifest manifest_of(boost::json::value const& from) {
  if (!from.is_object()) throw std::runtime_error("apps has to be a list of objects");
  auto const& text = from.as_object();
  std::string const id = text_of(text, "id", "an app");
  if (id.empty() || id.starts_with("__")) refuse("an app", "id", "a text that does not begin with __");
  require_well_spelt(text, id);
  auto const capabilities = object_of(text, "capabilities", id);
  require_only(capabilities, {"required", "optional"}, id + ": capabilities");
  auto const limits = object_of(text, "resource_quotas", id);
  require_only(limits, {"max_storage_mb", "max_api_calls_per_hour", "max_documents"}, id + ": resource_quotas");
  manifest read{.id = id,
                .name = text_of(text, "name", id),
                .version = text_of(text, "version", id),
                .icon = text_of(text, "icon", id),
                .accent_color = text_of(text, "accent_color", id),
                .required = known_only(texts_of(capabilities, "required", id), id),
                .optional = known_only(texts_of(capabilities, "optional", id), id),
                .requires_services = texts_of(text, "requires_services", id),
                .quotas = {},
                .settings_schema = object_of(text, "settings_schema", id),
                .contracts = {},
                .subscriptions = texts_of(text, "subscriptions", id),
                .windows = list_of(text, "windows", id).size(),
                .routers = list_of(text, "routers", id).size(),
                .text = text};
  read_limit(limits, "max_storage_mb", id, read.quotas.max_storage_mb);
  read_limit(limits, "max_api_calls_per_hour", id, read.quotas.max_api_calls_per_hour);
  read_limit(limits, "max_documents", id, read.quotas.max_documents);
  for (auto const& each : list_of(text, "contracts", id)) read.contracts.push_back(contract_of(each, id));
  require_setting_types(read.settings_schema, id);
  return read;
}

}  // namespace

bool manifest::may(std::string_view capability) const {
  return std::find(required.begin(), required.end(), capability) != required.end() ||
         std::find(optional.begin(), optional.end(), capability) != optional.end();
}

std::vector<manifest> parse_manifests(std::string_view text) {
  boost::system::error_code failure;
  auto const parsed = boost::json::parse({text.data(), text.size()}, failure);
  if (failure || !parsed.is_object()) throw std::runtime_error("manifests have to be a JSON object: {\"apps\": [...]}");
  std::vector<manifest> all;
  std::set<std::string> ids;
  require_only(parsed.as_object(), {"apps"}, "manifests");
  for (auto const& each : list_of(parsed.as_object(), "apps", "manifests")) {
    all.push_back(manifest_of(each));
    if (!ids.insert(all.back().id).second)
      throw std::runtime_error("manifests: the id is there twice: " + all.back().id);
  }
  return all;
}

}  // namespace kernel::http
