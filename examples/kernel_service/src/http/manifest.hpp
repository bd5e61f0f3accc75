// SPDX-License-Identifier: MIT
#pragma once

#include "event_contract.hpp"
#include "usage.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kernel::http {

/// What an application says of itself. Members of its own, beside those that the kernel knows, are only shown.
struct manifest {
  std::string id{};
  std::string name{};
  std::string version{};
  std::string icon{};
  std::string accent_color{};
  std::vector<std::string> required{};  ///< Capabilities.
  std::vector<std::string> optional{};
  std::vector<std::string> requires_services{};
  app::quotas quotas{};
  boost::json::object settings_schema{};  ///< By key {"type": "string", ...}; empty: any setting.
  std::vector<event_contract> contracts{};
  std::vector<std::string> subscriptions{};  ///< Types of events.
  std::size_t windows = 0;
  std::size_t routers = 0;
  boost::json::object text{};  ///< All of it, as it was written.

  [[nodiscard]] bool may(std::string_view capability) const;
};

/// Reads `{"apps": [...]}`. Throws std::runtime_error, naming application and member, for what is not of its type,
/// for an id that is missing, reserved (`__...`) or there twice, for capabilities that there are not, for schemas that
/// are not supported yet, and for members that it would have to ignore: of the objects within an application each one
/// that is unknown, of the application itself those that look like a known one misspelt.
std::vector<manifest> parse_manifests(std::string_view text);

}  // namespace kernel::http
