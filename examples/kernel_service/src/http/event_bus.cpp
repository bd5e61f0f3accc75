// SPDX-License-Identifier: MIT
#include "event_bus.hpp"

#include "refusal.hpp"

#include <forge_db/core/uuid.hpp>

#include <boost/json/serialize.hpp>

namespace kernel::http {
namespace {

std::string fresh_id() { return forge_db::uuid_text(forge_db::uuid_v4()); }

/// No line end can be in it: JSON escapes those in texts, and serialize() writes no others.
std::string line_of(std::string const& event_type, boost::json::object const& data, std::string const& source_app) {
  boost::json::object flat{{"event_type", event_type}, {"source_app", source_app}};
  for (auto const& member : data) flat.insert(member);
  std::string line = boost::json::serialize(flat);
  if (line.size() <= most_event_bytes) return line;
  throw refusal(413, "The event is longer than " + std::to_string(most_event_bytes) + " bytes");
}

frame frame_of(std::uint64_t id, std::string const& line) {
  return std::make_shared<std::string const>("id: " + std::to_string(id) + "\nevent: kernel_event\ndata: " + line +
                                             "\n\n");
}

frame gap_frame(std::uint64_t missed) {
  return std::make_shared<std::string const>("event: kernel_gap\ndata: {\"missed\": " + std::to_string(missed) +
                                             "}\n\n");
}

}  // namespace

void event_bus::declare(event_contract contract) {
  std::scoped_lock const lock(mutex_);
  std::string type = contract.event_type;
  contracts_.insert_or_assign(std::move(type), std::move(contract));
}

void event_bus::subscribe(std::string event_type, std::string app) {
  std::scoped_lock const lock(mutex_);
  subscriptions_.push_back({fresh_id(), std::move(event_type), std::move(app)});
}

std::uint64_t event_bus::publish(std::string const& event_type, boost::json::object const& data,
                                 std::string const& source_app) {
  for (char const* const name : {"event_type", "source_app"}) {
    if (data.contains(name)) throw refusal(422, std::string("data must not have a member named ") + name);
  }
  std::string const line = line_of(event_type, data, source_app);
  std::scoped_lock const lock(mutex_);
  if (closed_) throw refusal(503, "The event bus is closed");
  if (auto const found = contracts_.find(event_type); found != contracts_.end()) {
    if (auto const problem = mismatch(found->second.payload_schema, data, "data")) throw refusal(422, *problem);
  }
  frame const next = frame_of(last_ + 1, line);
  ++last_;
  ring_.emplace_back(last_, next);
  ring_bytes_ += next->size();
  while (ring_.size() > remembered_events || ring_bytes_ > remembered_bytes) {
    ring_bytes_ -= ring_.front().second->size();
    ring_.pop_front();
  }
  for (stream const& each : streams_) each.who->push(next);
  return last_;
}

std::shared_ptr<listener> event_bus::listen(std::optional<std::uint64_t> last_id) {
  auto who = std::make_shared<listener>();
  std::scoped_lock const lock(mutex_);
  if (closed_) throw refusal(503, "The event bus is closed");
  if (streams_.size() >= most_listeners) {
    throw refusal(503, "There are " + std::to_string(most_listeners) + " streams of events already; try again later");
  }
  if (last_id) {
    std::uint64_t const from = *last_id > last_ ? 0 : *last_id;
    std::uint64_t const first = ring_.empty() ? last_ + 1 : ring_.front().first;
    if (first > from + 1) who->push(gap_frame(first - from - 1));
    for (auto const& [id, event] : ring_) {
      if (id > from) who->push(event);
    }
  }
  streams_.push_back({fresh_id(), who});
  return who;
}

void event_bus::leave(std::shared_ptr<listener> const& who) {
  std::scoped_lock const lock(mutex_);
  std::erase_if(streams_, [&](stream const& each) { return each.who == who; });
}

void event_bus::close() {
  std::scoped_lock const lock(mutex_);
  closed_ = true;
  for (stream const& each : streams_) each.who->end();
}

std::vector<event_contract> event_bus::contracts() const {
  std::scoped_lock const lock(mutex_);
  std::vector<event_contract> all;
  for (auto const& [type, contract] : contracts_) all.push_back(contract);
  return all;
}

std::vector<subscription> event_bus::subscriptions() const {
  std::scoped_lock const lock(mutex_);
  std::vector<subscription> all = subscriptions_;
  for (stream const& each : streams_) all.push_back({each.id, "*", "__stream__"});
  return all;
}

}  // namespace kernel::http
