// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/session/detail/nesting.hpp>
#include <forge_db/session/pool_status.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace forge_db {

enum class lease_use : std::uint8_t { read, other };

/// A read session that is open for longer than it should be.
struct old_read {
  std::chrono::nanoseconds age;
  bool ending;
};

/// A bounded set of connections, opened when first needed, handed to one thread at a time. The one that came back last
/// goes out first: its cache is warm. A thread that would have to wait and holds one already is refused by
/// session_misuse: it might wait for itself. Every function may be called from any thread; the pool must outlive its
/// leases.
template <class Connection>
class connection_pool {
 public:
  using clock = std::chrono::steady_clock;

  connection_pool(std::size_t size, std::function<Connection()> open) : size_(size), open_(std::move(open)) {
    idle_.reserve(size);
    leases_.reserve(size);
  }
  connection_pool(connection_pool const&) = delete;
  connection_pool& operator=(connection_pool const&) = delete;

  /// A connection in use; it goes back when the lease ends, or is closed when it is not in order (a statement is still
  /// in use).
  class lease {
   public:
    lease(connection_pool& pool, clock::duration timeout, lease_use use = lease_use::other)
        : pool_(pool), use_(use), connection_(pool.take(*this, timeout)) {}
    lease(lease const&) = delete;
    lease& operator=(lease const&) = delete;
    ~lease() { pool_.give_back(*this, std::move(connection_)); }

    Connection& connection() noexcept { return *connection_; }
    clock::duration age() const { return clock::now() - since_; }

    /// For the report of its age: the session is over.
    void end_soon() {
      std::lock_guard const lock{pool_.mutex_};
      ending_ = true;
    }

   private:
    friend connection_pool;

    connection_pool& pool_;
    lease_use const use_;
    std::thread::id const owner_ = std::this_thread::get_id();
    clock::time_point since_{};
    bool reported_ = false;  // this and the next: guarded by the pool's mutex
    bool ending_ = false;
    std::unique_ptr<Connection> connection_;
  };

  pool_status status() const {
    std::lock_guard const lock{mutex_};
    pool_status found{leases_.size(), opened_, size_, waited_, {}};
    auto const now = clock::now();
    for (lease const* each : leases_)
      found.oldest = std::max<std::chrono::nanoseconds>(found.oldest, now - each->since_);
    return found;
  }

  /// The reads that are older than `limit` and were not told of before; their sessions go on.
  std::vector<old_read> newly_old_reads(clock::duration limit) {
    std::vector<old_read> found;
    std::lock_guard const lock{mutex_};
    auto const now = clock::now();
    for (lease* each : leases_) {
      if (each->use_ != lease_use::read || each->reported_ || now - each->since_ <= limit) continue;
      found.push_back({now - each->since_, each->ending_});
      each->reported_ = true;
    }
    return found;
  }

  /// Closes the idle connections; those in use stay.
  void close_idle() {
    std::vector<std::unique_ptr<Connection>> closing;  // closed outside of the lock
    closing.reserve(size_);
    std::lock_guard const lock{mutex_};
    opened_ -= idle_.size();
    closing.swap(idle_);
    idle_.reserve(size_);
  }

 private:
  std::unique_ptr<Connection> take(lease& taker, clock::duration timeout);
  void refuse_nesting(lease const& taker) const;
  void give_back(lease& giver, std::unique_ptr<Connection> connection) noexcept;

  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t const size_;
  std::size_t opened_ = 0;
  std::size_t waiting_ = 0;
  std::uint64_t waited_ = 0;
  std::function<Connection()> const open_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::vector<lease*> leases_;
};

template <class Connection>
std::unique_ptr<Connection> connection_pool<Connection>::take(lease& taker, clock::duration timeout) {
  std::unique_lock lock{mutex_};
  if (idle_.empty() && opened_ >= size_) {
    refuse_nesting(taker);
    ++waited_;
    ++waiting_;
    bool const free = freed_.wait_for(lock, timeout, [&] { return !idle_.empty() || opened_ < size_; });
    --waiting_;
    if (!free) {
      throw busy("forge_db: a session found all " + std::to_string(size_) +
                 " connections of the pool in use until its timeout; end sessions sooner, or open with a larger pool");
    }
  }
  std::unique_ptr<Connection> found;
  if (!idle_.empty()) {
    found = std::move(idle_.back());
    idle_.pop_back();
  } else {
    ++opened_;  // the place is taken; opening itself needs no lock
    lock.unlock();
    try {
      found = std::make_unique<Connection>(open_());
    } catch (...) {
      lock.lock();
      --opened_;
      freed_.notify_one();
      throw;
    }
    lock.lock();
  }
  taker.since_ = clock::now();
  leases_.push_back(&taker);  // within the capacity: at most size_ are out
  return found;
}

/// session_guard finds most nested sessions; of one in a module with hidden symbols it cannot know.
template <class Connection>
void connection_pool<Connection>::refuse_nesting(lease const& taker) const {
  for (lease const* each : leases_)
    if (each->owner_ == taker.owner_) detail::refuse_nested_session("a session");
}

template <class Connection>
void connection_pool<Connection>::give_back(lease& giver, std::unique_ptr<Connection> connection) noexcept {
  bool const reusable = connection->make_reusable();
  if (!reusable) connection.reset();
  std::lock_guard const lock{mutex_};
  std::erase(leases_, &giver);
  if (reusable) {
    idle_.push_back(std::move(connection));
  } else {
    --opened_;
  }
  if (waiting_ != 0) freed_.notify_one();
}

}  // namespace forge_db
