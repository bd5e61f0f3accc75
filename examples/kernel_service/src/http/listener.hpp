// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace kernel::http {

/// An event as it goes over the wire, the same text for all listeners.
using frame = std::shared_ptr<std::string const>;

/// What waits for one listener at most.
inline constexpr std::size_t most_waiting_frames = 1000;
inline constexpr std::size_t most_waiting_bytes = 8 << 20;

/// One stream of events, between the bus that fills it and the connection that empties it. Thread safe.
class listener {
 public:
  enum class state {
    open,
    ended,      ///< No frame comes any more; those that wait are still to be sent.
    abandoned,  ///< The client is gone, or so slow that its queue was full: nothing is sent any more. One that comes
                ///< back with Last-Event-ID misses nothing that the ring still has.
  };

  /// `news` is called when there is something to take or the state changed, on any thread and under the lock of the
  /// bus: it must only tell somebody.
  void on_news(std::function<void()> news);

  /// The next frame; nothing if none waits.
  [[nodiscard]] frame take();
  [[nodiscard]] state current() const;

  void push(frame next);
  void end() { become(state::ended); }
  void abandon() { become(state::abandoned); }

 private:
  void become(state next);

  mutable std::mutex mutex_;
  std::deque<frame> waiting_;
  std::size_t waiting_bytes_ = 0;
  state state_ = state::open;
  std::function<void()> news_;
};

}  // namespace kernel::http
