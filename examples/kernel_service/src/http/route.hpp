// SPDX-License-Identifier: MIT
#pragma once

#include "call.hpp"
#include "message.hpp"

#include <forge_db/core/json.hpp>
#include <forge_db/session/sqlite_database.hpp>
#include <forge_db/text/json_writer.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kernel::http {

using read_session = forge_db::sqlite::read_session;
using write_session = forge_db::sqlite::write_session;

/// What a write answers, and the audit row that is written in the same transaction.
struct written {
  response answer{};
  std::string action{};  ///< Empty where nothing was changed: there is no audit row then.
  std::string resource_type{};
  std::optional<std::string> resource_id{};
  std::optional<forge_db::json> details{};
};

/// The answer that `out` wrote, but for the end of its object.
response closed(forge_db::json_writer& out, int status = 200);

/// Handlers are functions, not objects: what they need is in the call. Those that are given a session may run again
/// (see database::write), and change nothing else.
using plain_handler = response (*)(call const&);
using read_handler = response (*)(read_session&, call const&);
using write_handler = written (*)(write_session&, call const&);

/// An endpoint. The page lists what stands here.
struct route {
  verb method;
  std::string_view pattern;  ///< A segment in braces takes any text, under that name.
  std::string_view summary;
  std::string_view capability;          ///< Of the application {app}; empty: none is asked for.
  std::vector<std::string_view> query;  ///< The parameters there are; others are refused.
  std::vector<std::string_view> body;   ///< The members there are; others are refused. `*`: any.
  std::variant<plain_handler, read_handler, write_handler> work;
};

/// All endpoints. Where two patterns fit, the first one counts.
std::vector<route> all_routes();

void add_settings_routes(std::vector<route>& routes);
void add_storage_routes(std::vector<route>& routes);
void add_app_routes(std::vector<route>& routes);
void add_folder_routes(std::vector<route>& routes);
void add_file_routes(std::vector<route>& routes);
void add_audit_routes(std::vector<route>& routes);
void add_bus_routes(std::vector<route>& routes);
void add_page_routes(std::vector<route>& routes);

}  // namespace kernel::http
