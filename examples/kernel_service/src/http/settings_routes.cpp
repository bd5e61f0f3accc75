// SPDX-License-Identifier: MIT
#include "route.hpp"
#include "row_json.hpp"
#include "settings.hpp"

#include <forge_db/core/json_value.hpp>

#include <boost/json/array.hpp>
#include <utility>

namespace kernel::http {
namespace {

template <class Session>
response answer(Session& session, call const& in, forge_db::offset_page asked) {
  auto const found = app::settings<Session>(session, in.app()).get_all(asked);
  auto out = json_line();
  out.open_object().member("app_id", std::string_view{in.app()}).key("settings").open_object();
  for (auto const& [key, value] : found.settings) out.key(key).raw(value.text());
  out.close_object().member("total", found.total);
  put_list(out, "unreadable", found.unreadable);
  return closed(out);
}

response get_settings(read_session& session, call const& in) { return answer(session, in, in.query_page(1000)); }

/// `{"settings": {...}}`, or the map alone: what has a member `settings` and no other one is the first form. A setting
/// of the name `settings` alone is `{"settings": {"settings": ...}}`.
boost::json::object const& settings_of(boost::json::object const& body) {
  auto const* const inner = body.if_contains("settings");
  if (inner == nullptr || body.size() > 1) return body;
  if (!inner->is_object()) throw refusal(422, "settings has to be a JSON object");
  return inner->as_object();
}

void require_schema(manifest const& app, std::string const& key, boost::json::value const& value) {
  if (app.settings_schema.empty()) return;
  auto const* const setting = app.settings_schema.if_contains(key);
  if (setting == nullptr) throw refusal(422, "The app has no setting of this name: " + key);
  std::string const type(setting->at("type").as_string());
  if (!is_of_type(value, type)) throw refusal(422, "The setting " + key + " has to be of type " + type);
}

written put_settings(write_session& session, call const& in) {
  if (!in.body.is_given()) throw refusal(422, "The body is missing");
  std::vector<forge_db::setting> values;
  boost::json::array keys;
  for (auto const& member : settings_of(in.body.members())) {
    std::string const key(member.key());
    require_schema(*in.from, key, member.value());
    values.push_back({key, forge_db::from_value(member.value())});
    keys.emplace_back(key);
  }
  app::settings(session, in.app()).set_all(values);
  auto details = forge_db::from_value(boost::json::object{{"keys", std::move(keys)}});
  return {answer(session, in, {}), "update", "settings", std::nullopt, std::move(details)};
}

written delete_settings(write_session& session, call const& in) {
  auto out = json_line();
  out.open_object().member("app_id", std::string_view{in.app()});
  out.member("deleted", app::settings(session, in.app()).reset());
  return {closed(out), "reset", "settings", std::nullopt, std::nullopt};
}

}  // namespace

void add_settings_routes(std::vector<route>& routes) {
  constexpr auto path = "/api/kernel/settings/{app}";
  routes.insert(
      routes.end(),
      {{verb::get, path, "All settings of an app", "settings:read", {"page", "per_page"}, {}, get_settings},
       {verb::put, path, "Sets these settings and leaves the others", "settings:write", {}, {"*"}, put_settings},
       {verb::remove, path, "Deletes all settings of an app", "settings:write", {}, {}, delete_settings}});
}

}  // namespace kernel::http
