// SPDX-License-Identifier: MIT
#pragma once

#include "server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace kernel::http {

/// One connection: reads a request, has it answered, sends the answer, and begins again; or sends events until either
/// side ends. All of it on one strand, so that nothing here needs a lock; stop() alone is called from elsewhere.
class connection : public std::enable_shared_from_this<connection> {
 public:
  /// `at_end` is called by the destructor.
  connection(boost::asio::ip::tcp::socket socket, service& kernel, server_options const& options,
             std::function<void(connection*)> at_end);
  ~connection();
  connection(connection const&) = delete;
  connection& operator=(connection const&) = delete;

  void start();
  /// No request after the one that is being worked on; if there is none, this is the end.
  void stop();

 private:
  void read();
  void look_at_header();
  void read_body();
  void refuse_reading(boost::system::error_code failure);
  void answer();
  void send(response const& what, bool keep_open, bool without_body);
  void linger();
  void close();

  void send_events();
  void next_event();
  void end_events();
  void write_event(frame event);
  void watch();

  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  boost::beast::http::response<boost::beast::http::string_body> answer_;
  service& kernel_;
  server_options const& options_;
  std::function<void(connection*)> at_end_;
  bool working_ = false;                // from a request that was read to its answer that was sent
  std::atomic<bool> stopping_ = false;  // the one member that another thread sets

  std::shared_ptr<listener> events_;
  boost::asio::steady_timer silence_;
  bool writing_ = false;
  std::array<char, 4096> unread_{};
};

}  // namespace kernel::http
