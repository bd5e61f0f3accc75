// SPDX-License-Identifier: MIT
#pragma once

#include "applications.hpp"
#include "event_bus.hpp"
#include "json_body.hpp"
#include "message.hpp"
#include "refusal.hpp"

#include <forge_db/core/uuid.hpp>
#include <forge_db/repository/page.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kernel::http {

/// What handlers work with. It outlives every call.
struct kernel_parts {
  forge_db::sqlite::database& database;
  applications& apps;
  event_bus& bus;
};

/// What a handler is given: the request, taken apart and checked as far as the route says.
struct call {
  kernel_parts& kernel;
  std::map<std::string, std::string, std::less<>> path{};
  std::map<std::string, std::string, std::less<>> query{};
  json_body body{};
  std::string last_event_id{};
  manifest const* from = nullptr;  ///< Of the application, where the route asks for a capability.

  [[nodiscard]] std::string const& app() const { return path.at("app"); }

  /// The id of a place in the path. What is no uuid names nothing: throws refusal 404 with the given words.
  template <class Id>
  [[nodiscard]] Id id(std::string_view place, char const* otherwise) const {
    auto const value = forge_db::parse_uuid(path.find(place)->second);
    if (!value) throw refusal(404, otherwise);
    return Id{*value};
  }

  /// Nothing where the parameter is missing or empty; throws refusal 422 for what is no uuid.
  template <class Id>
  [[nodiscard]] std::optional<Id> query_id(std::string_view name) const {
    auto const text = query_text(name);
    if (!text || text->empty()) return std::nullopt;
    auto const value = forge_db::parse_uuid(*text);
    if (!value) throw refusal(422, std::string(name) + " has to be a uuid");
    return Id{*value};
  }

  [[nodiscard]] std::optional<std::string> query_text(std::string_view name) const;
  /// Throws refusal 422 for what is no whole number of that range.
  [[nodiscard]] std::int64_t query_number(std::string_view name, std::int64_t least, std::int64_t most,
                                          std::int64_t otherwise) const;
  /// `page` and `per_page`, at most `most`.
  [[nodiscard]] forge_db::offset_page query_page(std::int64_t most) const;
};

}  // namespace kernel::http
