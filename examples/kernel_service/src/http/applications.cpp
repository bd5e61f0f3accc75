// SPDX-License-Identifier: MIT
#include "applications.hpp"

#include "refusal.hpp"
#include "settings.hpp"

#include <forge_db/core/error.hpp>
#include <forge_db/core/json_value.hpp>

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <utility>

namespace kernel::http {
namespace {

constexpr char const* own_app = "__kernel__";
constexpr char const* states_key = "app_states";

void tell_unreadable_states() {
  static std::once_flag told;
  std::call_once(told, [] {
    std::fputs("kernel_service: the stored states of the apps cannot be read; all are enabled\n", stderr);
  });
}

/// The stored value is a JSON text that holds JSON: "{\"notes\": \"disabled\"}". Of what is no such thing: nothing, so
/// that it does not keep the service from starting, and the next change writes it anew.
template <class Session>
boost::json::object stored_states(Session& session) {
  try {
    auto const stored = app::settings<Session>(session, own_app).get(states_key);
    if (!stored) return {};
    boost::json::value value = forge_db::to_value(*stored);
    if (value.is_string()) value = forge_db::to_value(forge_db::json::parse(std::string(value.as_string())));
    if (value.is_object()) return value.as_object();
  } catch (forge_db::decode_error const&) {
  } catch (forge_db::invalid_value const&) {
  }
  tell_unreadable_states();
  return {};
}

bool is_disabled(boost::json::value const& state) { return state.is_string() && state.as_string() == "disabled"; }

}  // namespace

applications::applications(std::vector<manifest> manifests) : manifests_(std::move(manifests)) {}

manifest const* applications::find(std::string_view id) const {
  auto const found =
      std::find_if(manifests_.begin(), manifests_.end(), [&](manifest const& each) { return each.id == id; });
  return found == manifests_.end() ? nullptr : &*found;
}

manifest const& applications::require(std::string_view id, std::string_view capability) const {
  manifest const* const found = find(id);
  if (found == nullptr || !found->may(capability)) {
    throw refusal(403, "App '" + std::string(id) + "' lacks required capability: " + std::string(capability));
  }
  return *found;
}

template <class Session>
std::set<std::string, std::less<>> disabled_apps(Session& session) {
  std::set<std::string, std::less<>> disabled;
  for (auto const& state : stored_states(session)) {
    if (is_disabled(state.value())) disabled.insert(state.key());
  }
  return disabled;
}

template <class Session>
void require_enabled(Session& session, manifest const& app) {
  if (disabled_apps(session).contains(app.id)) throw refusal(503, "App '" + app.id + "' is disabled");
}

bool set_enabled(forge_db::sqlite::write_session& session, std::string const& id, bool enabled) {
  auto states = stored_states(session);
  boost::json::value& state = states[id];
  if (is_disabled(state) != enabled) return false;
  state = enabled ? "enabled" : "disabled";
  boost::json::value const text(boost::json::serialize(states));
  app::settings(session, own_app).set(states_key, forge_db::from_value(text));
  return true;
}

template std::set<std::string, std::less<>> disabled_apps(forge_db::sqlite::read_session&);
template void require_enabled(forge_db::sqlite::read_session&, manifest const&);
template void require_enabled(forge_db::sqlite::write_session&, manifest const&);

}  // namespace kernel::http
