// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/session/database.hpp>
#include <forge_db/session/detail/enclosing_transaction.hpp>
#include <forge_db/session/sessions.hpp>
#include <forge_db/session/sqlite_database.hpp>

#include <memory>

namespace forge_db {

/// A test's use of a database that leaves no trace: one write transaction that lasts as long as the fixture and is
/// always rolled back. The code under test uses the database as ever: its read() and write() become savepoints in that
/// transaction, see what the test has written, and are undone alone when they throw. So a migrated database can be
/// made once for a whole test program, in memory or in a file.
///
/// A plain class, for any test framework: a base of the fixture class (Catch2's TEST_CASE_METHOD, GoogleTest's TEST_F),
/// a member, or a local variable.
///
/// As outside of tests: sessions of a thread do not nest; what a commit would check (deferred foreign keys) is checked
/// when write() returns. Other than outside: there is one connection, so reads and writes of several threads wait for
/// each other and see each other's uncommitted work; nothing is retried; checkpoint() does nothing and answers false.
/// with_writer() (migrations, backups, vacuum) throws session_misuse. In a file, other processes cannot write
/// meanwhile. A commit in SQL fails and rolls back, as does an error that ends the transaction (raise(rollback), a full
/// disk): later sessions then throw session_misuse.
///
/// Preconditions: no session of the database is open when the fixture begins and ends; the database outlives it.
/// Errors: session_misuse for a second fixture of the same database; read_only; busy when another process is writing.
template <driver::connection Connection>
class basic_rollback_fixture {
 public:
  using database_type = database<Connection>;
  using session_type = write_session<Connection>;

  explicit basic_rollback_fixture(database_type& shared) : database_(shared) { begin(); }
  basic_rollback_fixture(basic_rollback_fixture const&) = delete;
  basic_rollback_fixture& operator=(basic_rollback_fixture const&) = delete;
  ~basic_rollback_fixture() { end(); }

  /// What is handed to the code under test.
  [[nodiscard]] database_type& db() noexcept { return database_; }

  /// A session that is open as long as the fixture: for the test itself, to arrange and to look. It belongs to the
  /// thread of the test, and must not be used while another thread has a session.
  [[nodiscard]] session_type& session() noexcept { return open_->session; }

  /// Rolls back what was done so far, and begins again.
  void start_over() {
    end();
    begin();
  }

 private:
  struct open_transaction {
    detail::enclosing_transaction<Connection> transaction;
    session_type session;

    explicit open_transaction(detail::database_core<Connection>& core)
        : transaction(core.writer(), core.settings().acquire_timeout),
          session(detail::session_access::write(transaction.connection())) {}
  };

  void begin() {
    auto& core = detail::database_access::core(database_);
    core.require_not_enclosed("rollback_fixture");
    open_ = std::make_unique<open_transaction>(core);
    core.enclose(&open_->transaction);
  }
  void end() noexcept {
    if (open_ == nullptr) return;
    detail::database_access::core(database_).enclose(nullptr);
    open_.reset();
  }

  database_type& database_;
  std::unique_ptr<open_transaction> open_{};
};

namespace sqlite {
using rollback_fixture = basic_rollback_fixture<connection>;
}  // namespace sqlite

}  // namespace forge_db
