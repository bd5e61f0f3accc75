// SPDX-License-Identifier: MIT
#include "audit.hpp"
#include "route.hpp"
#include "row_json.hpp"
#include "usage.hpp"

#include <cstdint>
#include <limits>
#include <utility>

namespace kernel::http {
namespace {

app::log_window window_of(call const& in) {
  return {.limit = in.query_number("limit", 1, 200, 50),
          .offset = in.query_number("offset", 0, std::numeric_limits<std::int64_t>::max(), 0)};
}

response logs_in(forge_db::json_writer& out, app::log_list const& found) {
  put_list(out, "logs", found.logs);
  out.member("total", found.total);
  return closed(out);
}

response app_logs(read_session& session, call const& in) {
  auto out = json_line();
  out.open_object().member("app_id", std::string_view{in.app()});
  return logs_in(out, app::audit_trail(session, in.app()).list_logs(window_of(in)));
}

response app_usage(read_session& session, call const& in) {
  auto out = json_line();
  out.open_object().member("app_id", std::string_view{in.app()});
  put_list(out, "usage", app::usage(session, in.app()).get_all_usage());
  return closed(out);
}

response all_logs(read_session& session, call const& in) {
  app::log_filter const filter{.action = in.query_text("action"), .resource_type = in.query_text("resource_type")};
  auto out = json_line();
  out.open_object();
  return logs_in(out, app::whole_audit(session).list_all_logs(window_of(in), filter));
}

response summary(read_session& session, call const&) {
  auto out = json_line();
  out.open_object().key("summary").open_list();
  for (auto const& [app_id, action, count] : app::whole_audit(session).get_summary()) {
    out.open_object().member("app_id", std::string_view{app_id}).member("action", std::string_view{action});
    out.member("count", count).close_object();
  }
  out.close_list();
  return closed(out);
}

response all_usage(read_session& session, call const&) {
  auto out = json_line();
  out.open_object();
  put_list(out, "usage", app::whole_usage(session).get_all_apps_usage());
  return closed(out);
}

}  // namespace

void add_audit_routes(std::vector<route>& routes) {
  routes.insert(
      routes.end(),
      {{verb::get,
        "/api/kernel/audit/all",
        "Audit log of all apps",
        "",
        {"limit", "offset", "action", "resource_type"},
        {},
        all_logs},
       {verb::get, "/api/kernel/audit/summary", "How often each app did what", "", {}, {}, summary},
       {verb::get, "/api/kernel/audit/usage", "What all apps used in this hour", "", {}, {}, all_usage},
       {verb::get, "/api/kernel/audit/usage/{app}", "What an app used in this hour", "audit:read", {}, {}, app_usage},
       {verb::get,
        "/api/kernel/audit/{app}",
        "Audit log of an app, the latest first",
        "audit:read",
        {"limit", "offset"},
        {},
        app_logs}});
}

}  // namespace kernel::http
