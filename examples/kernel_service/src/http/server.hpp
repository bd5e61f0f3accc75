// SPDX-License-Identifier: MIT
#pragma once

#include "service.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace kernel::http {

struct server_options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;                 ///< 0: any that is free.
  std::size_t threads = 16;               ///< Of them each works on one request at a time. Streams of events need none.
  std::size_t most_connections = 1024;    ///< One more is closed at once.
  std::size_t most_body_bytes = 8 << 20;  ///< More is a 413.
  std::size_t most_header_bytes = 16 << 10;  ///< More is a 431.
  std::chrono::seconds idle{60};             ///< A connection that sends nothing, or not all of a request, is closed.
  std::chrono::seconds keepalive{30};        ///< A stream that is silent for so long gets a comment.
  std::chrono::seconds stop_grace{10};       ///< What has not ended by then is cut off.
  std::function<void()> at_stop{};           ///< Called when a stop begins, by the thread of run(); has to be quick.
};

/// HTTP/1.1 for a service, by Boost.Beast: connections wait asynchronously, requests are worked on by a few threads.
class server {
 public:
  /// Listens from now on. Throws std::runtime_error for an address that is none, and one with the cure for an address
  /// that is taken or not this machine's.
  server(service& kernel, server_options options);
  ~server();
  server(server const&) = delete;
  server& operator=(server const&) = delete;

  [[nodiscard]] std::uint16_t port() const;

  /// Answers requests until SIGTERM or SIGINT. Then no connection is accepted any more, requests that have been read
  /// are carried out and answered, connections without one are closed, and streams of events end after what waits in
  /// them. Returns when all of that is done, or after options.stop_grace.
  void run();

 private:
  struct implementation;
  std::unique_ptr<implementation> implementation_;
};

}  // namespace kernel::http
