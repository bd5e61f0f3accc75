// SPDX-License-Identifier: MIT
#include "server.hpp"

#include "connection.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>

#include <csignal>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace kernel::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr auto accept_pause = std::chrono::milliseconds(100);  // when the system has no socket left

}  // namespace

struct server::implementation {
  implementation(service& of, server_options asked) : kernel(of), options(std::move(asked)) {
    asio::ip::tcp::endpoint const here(asio::ip::make_address(options.address), options.port);
    acceptor.open(here.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    error_code failure;
    acceptor.bind(here, failure);
    if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
    if (!failure) return;
    throw std::runtime_error("cannot listen on " + options.address + " port " + std::to_string(options.port) + ": " +
                             failure.message() + "; choose another one by --port (0: any that is free) or --listen");
  }

  void accept() {
    acceptor.async_accept(asio::make_strand(io), [this](error_code failure, asio::ip::tcp::socket socket) {
      if (!acceptor.is_open()) return;
      if (failure) {
        pause.expires_after(accept_pause);
        return pause.async_wait([this](error_code stopped) {
          if (!stopped) accept();
        });
      }
      if (auto const next = admit(std::move(socket))) next->start();
      accept();
    });
  }

  std::shared_ptr<connection> admit(asio::ip::tcp::socket socket) {
    std::scoped_lock const lock(mutex);
    if (connections.size() >= options.most_connections) return nullptr;
    auto next =
        std::make_shared<connection>(std::move(socket), kernel, options, [this](connection* gone) { forget(gone); });
    connections.insert(next.get());
    return next;
  }

  void forget(connection* gone) {
    std::scoped_lock const lock(mutex);
    connections.erase(gone);
    if (stopping && connections.empty()) asio::post(own, [this] { grace.cancel(); });
  }

  void stop() {
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    if (options.at_stop) options.at_stop();
    kernel.close();
    std::vector<std::shared_ptr<connection>> open;  // released after the lock: a last one would come back to forget()
    {
      std::scoped_lock const lock(mutex);
      stopping = true;
      for (connection* const each : connections) {
        if (auto alive = each->weak_from_this().lock()) open.push_back(std::move(alive));
      }
    }
    if (open.empty()) return;
    grace.expires_after(options.stop_grace);
    grace.async_wait([this](error_code all_gone) {
      if (!all_gone) io.stop();
    });
    for (auto const& each : open) each->stop();
  }

  /// What did not end in time is destroyed with `io`, and says so to forget(): the set outlives it.
  ~implementation() {
    std::scoped_lock const lock(mutex);
    stopping = false;
  }

  service& kernel;
  server_options options;
  std::mutex mutex;
  std::set<connection*> connections;
  bool stopping = false;
  asio::io_context io;   // of the connections
  asio::io_context own;  // of everything else, by one thread that works on no request: a stop waits for none of them
  asio::ip::tcp::acceptor acceptor{own};
  asio::steady_timer pause{own};
  asio::steady_timer grace{own};
  asio::signal_set signals{own, SIGTERM, SIGINT};
};

server::server(service& kernel, server_options options)
    : implementation_(std::make_unique<implementation>(kernel, std::move(options))) {}

server::~server() = default;

std::uint16_t server::port() const { return implementation_->acceptor.local_endpoint().port(); }

void server::run() {
  auto& of = *implementation_;
  of.signals.async_wait([&of](error_code failure, int) {
    if (!failure) of.stop();
  });
  of.accept();
  auto connections_may_come = asio::make_work_guard(of.io);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < of.options.threads; ++i) threads.emplace_back([&of] { of.io.run(); });
  of.own.run();
  connections_may_come.reset();
  for (std::thread& each : threads) each.join();
}

}  // namespace kernel::http
