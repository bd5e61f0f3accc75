// SPDX-License-Identifier: MIT
//
//     kernel_service --database FILE [--listen ADDRESS] [--port N] [--apps FILE] [--keepalive SECONDS] [--keep-days N]
//
// See README.md.
#include "http/applications.hpp"
#include "http/event_bus.hpp"
#include "http/server.hpp"
#include "http/service.hpp"
#include "retention.hpp"

#include "data_rules.hpp"

#include <forge_db/driver/sqlite/sqlite.hpp>
#include <forge_db/maintenance/maintenance.hpp>
#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <boost/asio/ip/address.hpp>
#include <boost/system/error_code.hpp>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <kernel/migrations.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace {

enum exit_code { done = 0, failed = 1, wrong_usage = 2 };

struct arguments {
  std::string database{};
  std::string listen = "127.0.0.1";
  std::uint16_t port = 8765;
  std::string apps{};
  unsigned keepalive = 30;
  unsigned keep_days = 0;
};

template <class Number>
bool read_number(std::string_view text, Number& number) {
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

struct usage_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

unsigned days_of(std::string_view text) {
  constexpr unsigned most = 36500;
  unsigned days = 0;
  if (read_number(text, days) && days <= most) return days;
  throw usage_error("--keep-days has to be a whole number of days, 1 to " + std::to_string(most) +
                    ", or 0 to remove nothing: " + std::string(text));
}

std::optional<arguments> parse(int argc, char** argv) {
  arguments read;
  for (int i = 1; i < argc; i += 2) {
    std::string_view const name = argv[i];
    if (i + 1 == argc) return std::nullopt;
    std::string_view const value = argv[i + 1];
    if (name == "--database") {
      read.database = value;
    } else if (name == "--listen") {
      read.listen = value;
    } else if (name == "--apps") {
      read.apps = value;
    } else if (name == "--port") {
      if (!read_number(value, read.port)) return std::nullopt;
    } else if (name == "--keepalive") {
      if (!read_number(value, read.keepalive) || read.keepalive == 0) return std::nullopt;
    } else if (name == "--keep-days") {
      read.keep_days = days_of(value);
    } else {
      return std::nullopt;
    }
  }
  if (read.database.empty()) return std::nullopt;
  return read;
}

std::string content_of(std::string const& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Brings the kernel's tables up to date, or makes them; modes 0600 of the file and 0700 of its directory.
void prepare(std::string const& file) {
  {
    auto connection = forge_db::sqlite::connection::open(file);
    promptforge_db::kernel_rules rules;
    auto const migrations = kernel::migrations(rules);
    forge_db::migration::runner{connection}.upgrade({&migrations});
  }
  forge_db::harden(file);
}

boost::asio::ip::address address_of(std::string const& text) {
  boost::system::error_code failure;
  auto const address = boost::asio::ip::make_address(text, failure);
  if (failure) {
    throw std::runtime_error("--listen has to be an address, such as 127.0.0.1, ::1 or 0.0.0.0, and no name: " + text);
  }
  return address;
}

/// A request waits for the other ones that write, and then for another program's lock, for so long each, and is not run
/// again: half a minute of waiting would keep all threads from answering anything, and a stop from ending in time.
forge_db::sqlite::options for_requests() {
  constexpr auto patience = std::chrono::seconds(4);
  forge_db::sqlite::options asked;
  asked.busy_timeout = asked.acquire_timeout = patience;
  asked.write_retries = 0;
  return asked;
}

void tell(std::exception const& failure) {
  std::fprintf(stderr,
               "kernel_service: what --keep-days does not keep is still there, and tried again in an hour: %s\n",
               failure.what());
}

void serve(arguments const& asked) {
  namespace http = kernel::http;
  auto const address = address_of(asked.listen);
  http::applications apps(asked.apps.empty() ? std::vector<http::manifest>{}
                                             : http::parse_manifests(content_of(asked.apps)));
  prepare(asked.database);
  auto database = forge_db::sqlite::open(asked.database, for_requests());
  http::event_bus bus;
  for (http::manifest const& app : apps.all()) {
    for (http::event_contract const& contract : app.contracts) bus.declare(contract);
    for (std::string const& type : app.subscriptions) bus.subscribe(type, app.id);
  }
  http::service kernel({database, apps, bus}, address.is_loopback() ? http::service::reachable::from_here
                                                                    : http::service::reachable::from_anywhere);
  std::optional<kernel::app::retention> retention;
  http::server server(
      kernel,
      {.address = asked.listen, .port = asked.port, .keepalive = std::chrono::seconds(asked.keepalive), .at_stop = [&] {
         if (retention) retention->stop();
       }});
  std::string const host = address.is_v6() ? '[' + asked.listen + ']' : asked.listen;
  std::printf("kernel_service listens on http://%s:%u/\n", host.c_str(), static_cast<unsigned>(server.port()));
  std::fflush(stdout);
  if (asked.keep_days != 0) {
    retention.emplace(database, kernel::app::retention_rules{.keep = std::chrono::days(asked.keep_days)}, tell);
  }
  server.run();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    auto const asked = parse(argc, argv);
    if (!asked) {
      std::fputs(
          "usage: kernel_service --database FILE [--listen ADDRESS] [--port N] [--apps FILE] [--keepalive SECONDS] "
          "[--keep-days N]\n",
          stderr);
      return wrong_usage;
    }
    serve(*asked);
    return done;
  } catch (usage_error const& failure) {
    std::fprintf(stderr, "kernel_service: %s\n", failure.what());
    return wrong_usage;
  } catch (std::exception const& failure) {
    std::fprintf(stderr, "kernel_service: %s\n", failure.what());
    return failed;
  }
}
