// SPDX-License-Identifier: MIT
#pragma once

#include "event_contract.hpp"
#include "listener.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kernel::http {

/// What a listener that comes back can still get: so many of the latest events, and no more bytes than these. It is
/// less than may wait for a listener, who gets all of it at once.
inline constexpr std::size_t remembered_events = 200;
inline constexpr std::size_t remembered_bytes = 4 << 20;
static_assert(remembered_bytes < most_waiting_bytes && remembered_events < most_waiting_frames);

inline constexpr std::size_t most_event_bytes = 64 << 10;
/// Streams at once. They are less than connections, so that requests find one.
inline constexpr std::size_t most_listeners = 256;

struct subscription {
  std::string id{};
  std::string event_type{};
  std::string app_id{};
};

/// Events from whoever publishes to all who listen, in memory: numbers begin at 1 with each start of the service. An
/// event has one number, whoever gets it, and all get them in the order of the numbers. Thread safe.
class event_bus {
 public:
  void declare(event_contract contract);
  void subscribe(std::string event_type, std::string app);

  /// Throws refusal: 422 where the type's contract does not allow the data, or where its members have the names of the
  /// envelope's; 413 where its JSON has more than most_event_bytes; 503 after close(). Answers the event's number.
  std::uint64_t publish(std::string const& event_type, boost::json::object const& data, std::string const& source_app);

  /// From now on, or from behind the event with that number on, as far as the ring goes back: without a gap and without
  /// a repetition. What the ring does not have any more is told by an event `kernel_gap`, `{"missed": 7}`. A number
  /// that was not given out yet is of an earlier life of the service: everything in the ring is news then.
  /// Throws refusal 503 after close(), and where there are most_listeners already.
  std::shared_ptr<listener> listen(std::optional<std::uint64_t> last_id = {});
  void leave(std::shared_ptr<listener> const& who);

  /// Ends every stream, after what waits in it.
  void close();

  [[nodiscard]] std::vector<event_contract> contracts() const;
  /// Those of the manifests, and one of each open stream, of `*` by `__stream__`.
  [[nodiscard]] std::vector<subscription> subscriptions() const;

 private:
  struct stream {
    std::string id;
    std::shared_ptr<listener> who;
  };

  mutable std::mutex mutex_;
  std::map<std::string, event_contract, std::less<>> contracts_;
  std::vector<subscription> subscriptions_;
  std::vector<stream> streams_;
  std::deque<std::pair<std::uint64_t, frame>> ring_;
  std::size_t ring_bytes_ = 0;
  std::uint64_t last_ = 0;
  bool closed_ = false;
};

}  // namespace kernel::http
