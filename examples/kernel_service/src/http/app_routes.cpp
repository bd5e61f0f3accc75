// SPDX-License-Identifier: MIT
#include "route.hpp"
#include "row_json.hpp"
#include "usage.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kernel::http {
namespace {

/// What this service offers; applications that require `llm` are told that it is missing.
constexpr std::array<std::string_view, 5> services{"db", "storage", "vfs", "bus", "contracts"};

bool has_services(manifest const& app) {
  return std::all_of(app.requires_services.begin(), app.requires_services.end(), [](std::string const& name) {
    return std::find(services.begin(), services.end(), name) != services.end();
  });
}

manifest const& known(call const& in) {
  manifest const* const found = in.kernel.apps.find(in.app());
  if (found == nullptr) throw refusal(404, "App '" + in.app() + "' not found");
  return *found;
}

char const* name_of_state(bool enabled) { return enabled ? "enabled" : "disabled"; }
char const* status_of(read_session& session, manifest const& app) {
  return name_of_state(!disabled_apps(session).contains(app.id));
}

/// What the list and the app itself have in common. No app is in error: a manifest that has one is refused at the
/// start.
void put_head(forge_db::json_writer& out, manifest const& app, char const* status) {
  out.member("id", std::string_view{app.id}).member("name", std::string_view{app.name});
  out.member("version", std::string_view{app.version}).member("icon", std::string_view{app.icon});
  out.member("accent_color", std::string_view{app.accent_color}).member("status", status);
  out.key("error").null();
  put_list(out, "requires_services", app.requires_services);
  out.member("services_satisfied", has_services(app));
}

void put_quotas(forge_db::json_writer& out, manifest const& app) {
  out.key("resource_quotas").open_object().member("max_storage_mb", app.quotas.max_storage_mb);
  out.member("max_api_calls_per_hour", app.quotas.max_api_calls_per_hour);
  out.member("max_documents", app.quotas.max_documents).close_object();
}

response list_apps(read_session& session, call const& in) {
  auto const disabled = disabled_apps(session);
  auto out = json_line();
  out.open_object().key("apps").open_list();
  for (manifest const& app : in.kernel.apps.all()) {
    out.open_object();
    put_head(out, app, name_of_state(!disabled.contains(app.id)));
    out.member("windows", static_cast<std::int64_t>(app.windows));
    out.member("routers", static_cast<std::int64_t>(app.routers));
    put_quotas(out, app);
    out.close_object();
  }
  out.close_list();
  return closed(out);
}

response get_app(read_session& session, call const& in) {
  manifest const& app = known(in);
  auto out = json_line();
  out.open_object();
  put_head(out, app, status_of(session, app));
  put(out.key("manifest"), app.text);
  return closed(out);
}

response get_status(read_session& session, call const& in) {
  manifest const& app = known(in);
  auto out = json_line();
  out.open_object().member("id", std::string_view{app.id}).member("status", status_of(session, app));
  out.key("error").null().key("capabilities").open_object();
  put_list(out, "required", app.required);
  put_list(out, "optional", app.optional);
  out.close_object();
  put_quotas(out, app);
  out.member("storage_bytes", app::usage(session, app.id).storage_used());
  out.member("services_satisfied", has_services(app));
  return closed(out);
}

written switched(write_session& session, call const& in, bool enabled) {
  manifest const& app = known(in);
  bool const is_new = set_enabled(session, app.id, enabled);
  auto out = json_line();
  out.open_object().member("id", std::string_view{app.id}).member("status", name_of_state(enabled));
  if (!is_new) out.member("message", std::string_view{std::string("App is already ") + name_of_state(enabled)});
  if (!is_new) return {.answer = closed(out)};
  return {closed(out), enabled ? "enable" : "disable", "app", app.id, std::nullopt};
}

written enable(write_session& session, call const& in) { return switched(session, in, true); }
written disable(write_session& session, call const& in) { return switched(session, in, false); }

}  // namespace

void add_app_routes(std::vector<route>& routes) {
  routes.insert(
      routes.end(),
      {{verb::get, "/api/kernel/apps", "All apps", "", {}, {}, list_apps},
       {verb::get, "/api/kernel/apps/{app}", "An app with its manifest", "", {}, {}, get_app},
       {verb::get, "/api/kernel/apps/{app}/status", "State, capabilities and quotas of an app", "", {}, {}, get_status},
       {verb::post, "/api/kernel/apps/{app}/enable", "Enables an app", "", {}, {}, enable},
       {verb::post,
        "/api/kernel/apps/{app}/disable",
        "Disables an app: its rows stay, unreachable",
        "",
        {},
        {},
        disable}});
}

}  // namespace kernel::http
