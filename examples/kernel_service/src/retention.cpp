// SPDX-License-Identifier: MIT
#include "retention.hpp"

#include "audit.hpp"
#include "usage.hpp"

#include <forge_db/session/session.hpp>

#include <utility>

namespace kernel::app {

std::int64_t prune_step(forge_db::sqlite::write_session& session, forge_db::timestamp before, std::int64_t most) {
  auto const entries = whole_audit(session).prune_all_logs(before, most);
  return entries + whole_usage(session).prune_usage(before, most - entries);
}

retention::retention(forge_db::sqlite::database& database, retention_rules rules, failed tell)
    : database_(database),
      rules_(rules),
      tell_(std::move(tell)),
      thread_([this](std::stop_token const& stop) { run(stop); }) {}

retention::~retention() = default;

void retention::run(std::stop_token const& stop) {
  while (!stop.stop_requested()) wait(stop, prune(stop) ? rules_.every : rules_.again);
}

bool retention::prune(std::stop_token const& stop) try {
  auto const before = forge_db::timestamp::now() - rules_.keep;
  while (!stop.stop_requested()) {
    auto const removed = database_.write(
        [&](forge_db::sqlite::write_session& session) { return prune_step(session, before, rules_.most); });
    if (removed < rules_.most) break;
    wait(stop, rules_.pause);
  }
  return true;
} catch (std::exception const& failure) {
  tell_(failure);
  return false;
}

void retention::wait(std::stop_token const& stop, std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace kernel::app
