// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/session/detail/nesting.hpp>
#include <forge_db/session/pool.hpp>
#include <forge_db/session/sessions.hpp>

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace forge_db::detail {

/// A transaction that every session of a database runs in, as a savepoint, until it is rolled back: what tests use to
/// leave no trace. Sessions of other threads wait for each other, as on a database with one connection.
template <driver::connection Connection>
class enclosing_transaction {
 public:
  using pool_type = connection_pool<Connection>;

  enclosing_transaction(pool_type& writer, std::chrono::milliseconds patience)
      : lease_(writer, patience), patience_(patience) {
    connection().begin_write();
    connection().refuse_commits(true);
  }
  enclosing_transaction(enclosing_transaction const&) = delete;
  enclosing_transaction& operator=(enclosing_transaction const&) = delete;
  ~enclosing_transaction() {
    connection().refuse_commits(false);
    connection().rollback();
  }

  Connection& connection() noexcept { return lease_.connection(); }

  /// Calls `work(session)` in a savepoint. `session` is what `make` makes of the connection.
  template <class Make, class Work>
  auto run(char const* call, Make make, Work& work) {
    std::unique_lock const alone{mutex_, patience_};
    if (!alone)
      throw busy("forge_db: a session found another one open within the test's transaction until its timeout");
    require_open(call);
    savepoint_scope scope{connection()};
    auto session = make(connection());
    return run_then([&] { return work(session); }, [&] { scope.keep(call); });
  }

  /// An error that rolls back everything would let later savepoints be transactions of their own, which stay.
  void require_open(char const* call) {
    if (connection().in_transaction()) return;
    throw session_misuse(std::string("forge_db: ") + call +
                         "() requires the test's transaction to be open; an error has rolled all of it back");
  }

 private:
  struct savepoint_scope {
    Connection& connection;
    std::size_t const statements_before = connection.statements_in_use();
    bool kept = false;

    explicit savepoint_scope(Connection& used) : connection(used) { connection.savepoint(); }
    savepoint_scope(savepoint_scope const&) = delete;
    savepoint_scope& operator=(savepoint_scope const&) = delete;
    ~savepoint_scope() {
      if (!kept) connection.rollback_to_savepoint();
    }

    /// What a commit would check, and the release of a savepoint does not, is checked here.
    void keep(char const* call) {
      require_finished(connection, call, statements_before);
      if constexpr (requires { connection.require_deferred_keys(); }) connection.require_deferred_keys();
      connection.release_savepoint();
      kept = true;
    }
  };

  typename pool_type::lease lease_;
  std::chrono::milliseconds const patience_;
  std::timed_mutex mutex_{};
};

}  // namespace forge_db::detail
