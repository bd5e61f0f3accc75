// SPDX-License-Identifier: MIT
#pragma once

#include "route.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kernel::http {

/// From a request to its answer, without a network. Thread safe: any number of requests at once.
///
/// GET and HEAD read in a read session, and write nothing. What writes does so in one transaction: the count of the
/// call against the hourly quota, the change, and the audit row; a request that fails leaves none of them behind.
class service {
 public:
  enum class reachable { from_here, from_anywhere };

  /// A service that is reached from its own machine answers only requests to an address of it: a page of another site
  /// whose name was made to point here (DNS rebinding) gets a 421.
  service(kernel_parts parts, reachable from);

  /// What goes wrong is an answer, too.
  response handle(request const& asked);

  /// The stream of an answer ended.
  void leave(std::shared_ptr<listener> const& events) { parts_.bus.leave(events); }

  /// For a stop: ends all streams of events, and lets no new one begin. Writes are still carried out, but once one of
  /// them did not get its turn the next ones are refused at once, lest each waits for the same lock.
  void close();

 private:
  response answer(request const& asked);
  response run(route const& found, call const& in);
  response write(write_handler work, call const& in);

  kernel_parts parts_;
  reachable from_;
  std::vector<route> routes_;
  std::atomic<bool> closing_ = false;
  std::atomic<bool> locked_out_ = false;  // the last write did not get its turn in time
};

}  // namespace kernel::http
