// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/driver.hpp>
#include <forge_db/session/detail/database_core.hpp>
#include <forge_db/session/pool_status.hpp>
#include <forge_db/session/sessions.hpp>

#include <memory>
#include <string>
#include <utility>

namespace forge_db {

namespace detail {
struct database_access;
}  // namespace detail

/// A database: one connection that writes and a pool of connections that read, opened when first needed. In memory
/// there is one connection for both, and sessions exclude each other.
///
///     auto db = forge_db::sqlite::open("library.db");
///     auto book = db.read([&](auto& session) { return library::BookRepository{session}.find(id); });
///     db.write([&](auto& session) { library::BookRepository{session}.insert({...}); });
///
/// Any thread may call any function. It can be moved while no session is open, and must outlive its sessions.
template <driver::connection Connection>
class database {
 public:
  using connection_type = Connection;
  using options_type = typename Connection::options_type;
  using read_session_type = read_session<Connection>;
  using write_session_type = write_session<Connection>;

  /// Opens the first connection at once, so that a file that cannot be used is reported here. Errors: see the
  /// connection's open; invalid_value for options that contradict each other.
  static database open(std::string path, options_type settings = {}) {
    return database(std::make_unique<detail::database_core<Connection>>(std::move(path), std::move(settings)));
  }

  /// Calls `work(read_session&)` in a read transaction and answers what it answers.
  /// Errors: session_misuse inside of another session of this database on this thread, or when a stream outlives the
  /// session; busy when no connection becomes free within options::acquire_timeout; whatever `work` throws.
  template <class Work>
  auto read(Work&& work) {
    return core_->read(work);
  }

  /// Calls `work(write_session&)` in a write transaction, commits it, and answers what `work` answers. One write runs
  /// at a time; others wait. `work` MAY BE CALLED AGAIN: when another process holds the database (busy), the whole
  /// transaction is undone and run anew, at most options::write_retries times. So it should change nothing but the
  /// database. Errors: as read(); read_only when the database was opened so; constraint_violation, also from the
  /// commit. On any exception the transaction is rolled back: it either happened as a whole or not at all.
  template <class Work>
  auto write(Work&& work) {
    return core_->write(work);
  }

  /// How full the pools are. With a single connection both are the same.
  pool_status readers() const { return core_->readers().status(); }
  pool_status writer() const { return core_->writer().status(); }

  /// Copies the write-ahead log into the file and empties it, waiting for the readers that hold it as long as a session
  /// may wait for a lock. Answers whether it could be done. Errors: as write().
  bool checkpoint() requires requires(Connection& connection, options_type const& settings) {
    connection.checkpoint(settings.busy_timeout);
  }
  {
    if (core_->is_enclosed()) return false;
    return core_->with_writer(
        "checkpoint", [&](Connection& connection) { return connection.checkpoint(core_->settings().busy_timeout); });
  }

  /// Gives the writing connection to `work`, outside of any transaction: for backups, vacuum and migrations. What
  /// `work` leaves open is rolled back. Errors: as write(), without the retries.
  template <class Work>
  auto with_writer(Work&& work) {
    return core_->with_writer("with_writer", work);
  }

  options_type const& settings() const noexcept { return core_->settings(); }
  std::string const& path() const noexcept { return core_->path(); }

 private:
  friend detail::database_access;
  explicit database(std::unique_ptr<detail::database_core<Connection>> core) noexcept : core_(std::move(core)) {}

  std::unique_ptr<detail::database_core<Connection>> core_;  // by pointer: leases and nested sessions refer to it
};

namespace detail {
/// Who may see what a database is made of: the test fixture.
struct database_access {
  template <driver::connection Connection>
  static database_core<Connection>& core(database<Connection>& database) noexcept {
    return *database.core_;
  }
};
}  // namespace detail

}  // namespace forge_db
