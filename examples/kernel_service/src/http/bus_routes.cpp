// SPDX-License-Identifier: MIT
#include "route.hpp"
#include "row_json.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

namespace kernel::http {
namespace {

response contracts(call const& in) {
  auto out = json_line();
  out.open_object().key("contracts").open_list();
  for (event_contract const& each : in.kernel.bus.contracts()) {
    out.open_object().member("event_type", std::string_view{each.event_type});
    out.member("source_app", std::string_view{each.source_app});
    put(out.key("payload_schema"), each.payload_schema);
    put(out.key("response_schema"), each.response_schema);
    out.close_object();
  }
  out.close_list();
  return closed(out);
}

response subscriptions(call const& in) {
  auto out = json_line();
  out.open_object().key("subscriptions").open_list();
  for (subscription const& each : in.kernel.bus.subscriptions()) {
    out.open_object().member("id", std::string_view{each.id}).member("event_type", std::string_view{each.event_type});
    out.member("app_id", std::string_view{each.app_id}).close_object();
  }
  out.close_list();
  return closed(out);
}

response events(call const& in) {
  std::optional<std::uint64_t> last;
  if (std::string const& text = in.last_event_id; !text.empty()) {
    last.emplace();
    auto const read = std::from_chars(text.data(), text.data() + text.size(), *last);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
      throw refusal(422, "Last-Event-ID has to be a number that an event had");
    }
  }
  return {.content_type = "text/event-stream", .events = in.kernel.bus.listen(last)};
}

response publish(call const& in) {
  std::string const type = in.body.name("event_type");
  in.kernel.bus.publish(type, in.body.object("data"), in.body.optional_name("source_app").value_or("frontend"));
  auto out = json_line();
  out.open_object().member("status", "accepted").member("event_type", std::string_view{type});
  return closed(out, 202);
}

}  // namespace

void add_bus_routes(std::vector<route>& routes) {
  routes.insert(
      routes.end(),
      {{verb::get, "/api/kernel/bus/contracts", "What apps promise of their events", "", {}, {}, contracts},
       {verb::get, "/api/kernel/bus/subscriptions", "Who listens to which events", "", {}, {}, subscriptions},
       {verb::get, "/api/kernel/bus/events", "The events as they come (text/event-stream)", "", {}, {}, events},
       {verb::post,
        "/api/kernel/bus/publish",
        "Publishes an event",
        "",
        {},
        {"event_type", "data", "source_app"},
        publish}});
}

}  // namespace kernel::http
