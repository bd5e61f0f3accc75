// SPDX-License-Identifier: MIT
#include "service.hpp"

#include "audit.hpp"
#include "letter_case.hpp"
#include "storage_limit.hpp"
#include "target.hpp"
#include "usage.hpp"

#include <forge_db/core/error.hpp>
#include <forge_db/repository/quota.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace kernel::http {
namespace {

using path_values = std::map<std::string, std::string, std::less<>>;

/// The values of the segments in braces; nothing where the pattern does not fit.
std::optional<path_values> fit(std::string_view pattern, std::vector<std::string> const& segments) {
  path_values values;
  std::size_t at = 0;
  while (pattern.size() > 1) {
    pattern.remove_prefix(1);  // the slash
    std::string_view const part = pattern.substr(0, std::min(pattern.find('/'), pattern.size()));
    pattern.remove_prefix(part.size());
    if (at == segments.size()) return std::nullopt;
    if (part.front() == '{') {
      values.emplace(part.substr(1, part.size() - 2), segments[at]);
    } else if (part != segments[at]) {
      return std::nullopt;
    }
    ++at;
  }
  if (at != segments.size()) return std::nullopt;
  return values;
}

char const* name_of(verb method) {
  switch (method) {
    case verb::get:
      return "GET, HEAD";
    case verb::post:
      return "POST";
    case verb::put:
      return "PUT";
    case verb::patch:
      return "PATCH";
    case verb::remove:
      return "DELETE";
  }
  return "";
}

/// `GET, HEAD, PUT`
std::string names_of(std::set<verb> const& methods) {
  std::string names;
  for (verb const each : methods) names += (names.empty() ? "" : ", ") + std::string(name_of(each));
  return names;
}

/// `localhost`, `127.0.0.1:8000`, `[::1]`, in small letters; clients of HTTP/1.0 need not say.
bool is_here(std::string_view host) {
  if (host.empty() || host == "[::1]" || host.starts_with("[::1]:")) return true;
  std::string_view const name = host.substr(0, host.rfind(':'));
  return name == "localhost" ||
         (name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string_view::npos);
}

void require_json(request const& asked) {
  std::string_view type = asked.content_type;
  type = type.substr(0, type.find(';'));
  type = type.substr(0, type.find_last_not_of(" \t") + 1);
  if (asked.body.empty() || lowered(type) == "application/json") return;
  throw refusal(415, "The body has to be sent as application/json");
}

void require_known_query(route const& found, path_values const& query) {
  for (auto const& [name, value] : query) {
    if (std::find(found.query.begin(), found.query.end(), name) == found.query.end()) {
      throw refusal(422, name + " is no parameter that this endpoint knows");
    }
  }
}

void count_call(write_session& session, manifest const& app) {
  try {
    app::usage(session, app.id).check_quota("api_calls", app.quotas);
  } catch (forge_db::quota_exceeded const& full) {
    throw refusal(429, "App '" + app.id + "' has used its " + std::to_string(full.usage().limit) +
                           " calls of the hour " + full.usage().period);
  }
}

}  // namespace

response closed(forge_db::json_writer& out, int status) {
  return {.status = status, .body = std::move(out.close_object()).text()};
}

std::vector<route> all_routes() {
  std::vector<route> routes;
  add_page_routes(routes);
  add_settings_routes(routes);
  add_storage_routes(routes);
  add_app_routes(routes);
  add_folder_routes(routes);
  add_file_routes(routes);
  add_audit_routes(routes);
  add_bus_routes(routes);
  return routes;
}

service::service(kernel_parts parts, reachable from) : parts_(parts), from_(from), routes_(all_routes()) {}

response service::handle(request const& asked) {
  try {
    return answer(asked);
  } catch (...) {
    return answer_to_exception();
  }
}

response service::answer(request const& asked) {
  target const named = parse_target(asked.target);
  std::string const host = lowered(named.host.empty() ? asked.host : named.host);
  if (from_ == reachable::from_here && !is_here(host)) throw refusal(421, "This is not a host of that name");
  if (asked.method != verb::get && !asked.origin.empty() && lowered(asked.origin) != "http://" + host) {
    throw refusal(403, "Pages of other sites may not write");
  }
  std::set<verb> others;
  for (route const& each : routes_) {
    auto values = fit(each.pattern, named.segments);
    if (!values) continue;
    if (each.method != asked.method) {
      others.insert(each.method);
      continue;
    }
    require_json(asked);
    require_known_query(each, named.query);
    call in{.kernel = parts_,
            .path = *std::move(values),
            .query = named.query,
            .body = json_body(asked.body),
            .last_event_id = asked.last_event_id};
    if (each.body.empty() || each.body.front() != "*") in.body.require_known(each.body);
    if (!each.capability.empty()) in.from = &parts_.apps.require(in.app(), each.capability);
    return run(each, in);
  }
  if (others.empty()) throw refusal(404, "There is no such endpoint; GET / lists all");
  response refused = refused_with(405, "There is no such method here, but " + names_of(others));
  refused.allow = names_of(others);
  return refused;
}

response service::run(route const& found, call const& in) {
  if (auto const* const plain = std::get_if<plain_handler>(&found.work)) return (*plain)(in);
  if (auto const* const changes = std::get_if<write_handler>(&found.work)) return write(*changes, in);
  return parts_.database.read([&](read_session& session) {
    if (in.from != nullptr) require_enabled(session, *in.from);
    return std::get<read_handler>(found.work)(session, in);
  });
}

response service::write(write_handler work, call const& in) {
  if (closing_ && locked_out_) throw refusal(503, "The database is busy, and the service is stopping");
  try {
    return parts_.database.write([&](write_session& session) {
      locked_out_ = false;
      if (in.from != nullptr) {
        require_enabled(session, *in.from);
        count_call(session, *in.from);
      }
      written done = in.from == nullptr
                         ? work(session, in)
                         : app::within_storage(session, in.app(), in.from->quotas, [&] { return work(session, in); });
      if (done.action.empty()) return std::move(done.answer);
      app::audit_trail(session, in.app()).log_action(done.action, done.resource_type, done.resource_id, done.details);
      return std::move(done.answer);
    });
  } catch (forge_db::busy const&) {
    locked_out_ = true;
    throw;
  }
}

void service::close() {
  closing_ = true;
  parts_.bus.close();
}

}  // namespace kernel::http
