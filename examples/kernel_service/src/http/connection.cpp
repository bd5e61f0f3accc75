// SPDX-License-Identifier: MIT
#include "connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <string>
#include <utility>

namespace kernel::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

constexpr auto send_limit = std::chrono::seconds(30);   // for a client that does not read its answer
constexpr auto linger_limit = std::chrono::seconds(2);  // for what a client still sends

std::optional<verb> verb_of(beast::http::verb method) {
  switch (method) {
    case beast::http::verb::get:
    case beast::http::verb::head:
      return verb::get;
    case beast::http::verb::post:
      return verb::post;
    case beast::http::verb::put:
      return verb::put;
    case beast::http::verb::patch:
      return verb::patch;
    case beast::http::verb::delete_:
      return verb::remove;
    default:
      return std::nullopt;
  }
}

/// Why another program on the way might see the end of the body, or the host, elsewhere than this one: what follows
/// such a header could be a second request that only one of them sees. (The parser refuses a length beside chunks.)
char const* ambiguity(beast::http::request_header<> const& header) {
  using beast::http::field;
  auto const codings = header.count(field::transfer_encoding);
  if (codings > 1 || (codings == 1 && !beast::iequals(header[field::transfer_encoding], "chunked"))) {
    return "Transfer-Encoding has to be chunked, or not there";
  }
  if (codings == 1 && header.version() < 11) return "HTTP/1.0 has no Transfer-Encoding";
  if (header.count(field::host) > 1) return "Host is there twice";
  if (header.count(field::host) == 0 && header.version() >= 11) return "Host is missing";
  return nullptr;
}

std::string text_of(beast::string_view text) { return {text.data(), text.size()}; }

frame keepalive() {
  static frame const comment = std::make_shared<std::string const>(": keepalive\n\n");
  return comment;
}

frame stream_header() {
  static frame const header = std::make_shared<std::string const>(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n");
  return header;
}

}  // namespace

connection::connection(asio::ip::tcp::socket socket, service& kernel, server_options const& options,
                       std::function<void(connection*)> at_end)
    : stream_(std::move(socket)),
      kernel_(kernel),
      options_(options),
      at_end_(std::move(at_end)),
      silence_(stream_.get_executor()) {}

connection::~connection() {
  if (events_) kernel_.leave(events_);
  at_end_(this);
}

void connection::start() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    error_code ignored;
    self->stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    self->read();
  });
}

void connection::stop() {
  stopping_ = true;  // at once: the request that the strand works on is told in its answer
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    if (self->working_ || self->events_) return;
    // Only the wait for more ends: what was read in this moment goes on to its answer, if it is a whole request.
    self->stream_.cancel();
    self->silence_.expires_after(linger_limit);
    self->silence_.async_wait([self](error_code failure) {
      if (!failure && !self->working_) self->close();
    });
  });
}

void connection::read() {
  if (stopping_) return close();
  parser_.emplace();
  parser_->body_limit(options_.most_body_bytes);
  parser_->header_limit(static_cast<std::uint32_t>(options_.most_header_bytes));
  stream_.expires_after(options_.idle);
  beast::http::async_read_header(stream_, buffer_, *parser_,
                                 [self = shared_from_this()](error_code failure, std::size_t) {
                                   failure ? self->refuse_reading(failure) : self->look_at_header();
                                 });
}

void connection::look_at_header() {
  auto const& header = parser_->get();
  if (char const* const why = ambiguity(header)) {
    return send(refused_with(400, why), false, header.method() == beast::http::verb::head);
  }
  if (header[beast::http::field::expect] != "100-continue") return read_body();
  static std::string const go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(stream_, asio::buffer(go_on),
                    [self = shared_from_this()](error_code, std::size_t) { self->read_body(); });
}

void connection::read_body() {
  beast::http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](error_code failure, std::size_t) {
    failure ? self->refuse_reading(failure) : self->answer();
  });
}

void connection::refuse_reading(error_code failure) {
  using beast::http::error;
  if (failure == error::body_limit) {
    return send(refused_with(413, "The body is longer than " + std::to_string(options_.most_body_bytes) + " bytes"),
                false, false);
  }
  if (failure == error::header_limit || failure == error::buffer_overflow) {
    return send(refused_with(431, "The header is longer than " + std::to_string(options_.most_header_bytes) + " bytes"),
                false, false);
  }
  bool const is_of_http = failure.category() == make_error_code(error::end_of_stream).category();
  if (is_of_http && failure != error::end_of_stream && failure != error::partial_message) {
    return send(refused_with(400, "This is not HTTP/1.1: " + failure.message()), false, false);
  }
  close();
}

void connection::answer() {
  if (!stream_.socket().is_open()) return;  // nobody could be told what became of it
  working_ = true;
  auto& message = parser_->get();
  bool const is_head = message.method() == beast::http::verb::head;
  auto const method = verb_of(message.method());
  if (!method) return send(refused_with(405, "There is no such method here"), message.keep_alive(), false);
  auto const field = [&](char const* name) { return text_of(message[name]); };
  response done = kernel_.handle({.method = *method,
                                  .target = text_of(message.target()),
                                  .host = field("Host"),
                                  .origin = field("Origin"),
                                  .content_type = field("Content-Type"),
                                  .last_event_id = field("Last-Event-ID"),
                                  .body = std::move(message.body())});
  if (!done.events) return send(done, message.keep_alive(), is_head);
  events_ = std::move(done.events);
  if (!is_head) return send_events();
  kernel_.leave(std::exchange(events_, nullptr));
  send(done, false, true);
}

void connection::send(response const& what, bool keep_open, bool without_body) {
  working_ = true;
  answer_ = {static_cast<beast::http::status>(what.status), 11};
  answer_.set(beast::http::field::content_type, what.content_type);
  answer_.set("X-Content-Type-Options", "nosniff");
  answer_.set("Cache-Control", "no-store");
  answer_.set("Content-Security-Policy", "default-src 'self'; img-src data:; frame-ancestors 'none'");
  if (!what.allow.empty()) answer_.set(beast::http::field::allow, what.allow);
  answer_.keep_alive(keep_open && !stopping_);
  answer_.content_length(what.body.size());
  if (!without_body) answer_.body() = what.body;
  stream_.expires_after(send_limit);
  beast::http::async_write(stream_, answer_, [self = shared_from_this()](error_code failure, std::size_t) {
    self->working_ = false;
    if (failure) return self->close();
    self->answer_.keep_alive() ? self->read() : self->linger();
  });
}

/// A socket that is closed while the client still sends would take the answer away from it.
void connection::linger() {
  error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  stream_.expires_after(linger_limit);
  auto const drain = [](auto const& again, std::shared_ptr<connection> const& self) -> void {
    self->stream_.async_read_some(asio::buffer(self->unread_), [again, self](error_code failure, std::size_t) {
      failure ? self->close() : again(again, self);
    });
  };
  drain(drain, shared_from_this());
}

void connection::close() {
  silence_.cancel();
  stream_.close();
}

void connection::send_events() {
  stream_.expires_never();
  events_->on_news([weak = weak_from_this()] {
    if (auto const self = weak.lock()) {
      asio::post(self->stream_.get_executor(), [self] { self->next_event(); });
    }
  });
  watch();
  write_event(stream_header());
}

void connection::next_event() {
  auto const state = events_->current();
  if (state == listener::state::abandoned) return close();
  if (writing_) return;
  if (frame event = events_->take()) return write_event(std::move(event));
  if (state == listener::state::ended) return end_events();
  silence_.expires_after(options_.keepalive);
  silence_.async_wait([self = shared_from_this()](error_code failure) {
    if (!failure && !self->writing_) self->write_event(keepalive());
  });
}

/// watch() still reads: it sees the client close its side.
void connection::end_events() {
  error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  silence_.expires_after(linger_limit);
  silence_.async_wait([self = shared_from_this()](error_code failure) {
    if (!failure) self->close();
  });
}

void connection::write_event(frame event) {
  writing_ = true;
  auto const bytes = asio::buffer(*event);
  asio::async_write(stream_, bytes,
                    [self = shared_from_this(), event = std::move(event)](error_code failure, std::size_t) {
                      self->writing_ = false;
                      if (failure) self->events_->abandon();
                      self->next_event();
                    });
}

/// A client that goes away is noticed by reading, since nothing else comes from it.
void connection::watch() {
  stream_.async_read_some(asio::buffer(unread_), [self = shared_from_this()](error_code failure, std::size_t) {
    if (!failure) return self->watch();
    self->events_->abandon();
  });
}

}  // namespace kernel::http
