// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

namespace kernel::http {

class listener;

/// HEAD is `get`: the server leaves out the body.
enum class verb { get, post, put, patch, remove };

/// A request, as far as the kernel looks at it.
struct request {
  verb method = verb::get;
  std::string target{};  ///< As it was sent: escaped, with its query.
  std::string host{};
  std::string origin{};  ///< Of the page that asks; only browsers say it.
  std::string content_type{};
  std::string last_event_id{};
  std::string body{};
};

struct response {
  int status = 200;
  std::string body{};
  std::string content_type = "application/json";
  std::string allow{};  ///< Of a 405: the methods that there are.
  /// The answer to a subscription, whose events follow the header for as long as both sides like.
  std::shared_ptr<listener> events{};
};

}  // namespace kernel::http
