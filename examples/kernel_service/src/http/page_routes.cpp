// SPDX-License-Identifier: MIT
#include "page_files.hpp"
#include "route.hpp"
#include "row_json.hpp"

#include <utility>

namespace kernel::http {
namespace {

constexpr std::string_view names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};  // in the order of verb

response html(call const&) { return {.body = std::string(page_html), .content_type = "text/html; charset=utf-8"}; }
response script(call const&) {
  return {.body = std::string(page_script), .content_type = "text/javascript; charset=utf-8"};
}
response style(call const&) { return {.body = std::string(page_style), .content_type = "text/css; charset=utf-8"}; }

response list_endpoints(call const&) {
  auto const put_names = [](forge_db::json_writer& out, std::string_view key, auto const& list) {
    out.key(key).open_list();
    for (std::string_view const name : list) out.value(name);
    out.close_list();
  };
  auto out = json_line();
  out.open_object().key("endpoints").open_list();
  for (route const& each : all_routes()) {
    if (!each.pattern.starts_with("/api/kernel/")) continue;
    out.open_object().member("method", names[static_cast<std::size_t>(each.method)]).member("path", each.pattern);
    out.member("summary", each.summary).member("capability", each.capability);
    put_names(out, "query", each.query);
    put_names(out, "body", each.body);
    out.close_object();
  }
  out.close_list();
  return closed(out);
}

}  // namespace

void add_page_routes(std::vector<route>& routes) {
  routes.insert(routes.end(), {{verb::get, "/", "The page", "", {}, {}, html},
                               {verb::get, "/page.js", "Its script", "", {}, {}, script},
                               {verb::get, "/page.css", "Its style", "", {}, {}, style},
                               {verb::get, "/api/kernel", "What the page lists", "", {}, {}, list_endpoints}});
}

}  // namespace kernel::http
