// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/session/execute.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

namespace forge_db {

namespace detail {
/// Runs `work`, then `finish`, and answers what `work` answered, which may be nothing.
template <class Work, class Finish>
auto run_then(Work&& work, Finish&& finish) {
  if constexpr (std::is_void_v<decltype(work())>) {
    work();
    finish();
  } else {
    auto result = work();
    finish();
    return result;
  }
}
struct session_access;

/// What a session's function has to leave behind: as many statements as before, and its transaction.
template <class Connection>
void require_finished(Connection& connection, char const* call, std::size_t statements_before) {
  if (connection.statements_in_use() != statements_before) {
    throw session_misuse(
        std::string("forge_db: ") + call +
        "() requires every stream and statement to end within the function; let none of them out of it");
  }
  if (!connection.in_transaction()) {
    throw session_misuse(
        std::string("forge_db: ") + call +
        "() requires its transaction to be open when the function returns; leave commit and rollback to it");
  }
}
}  // namespace detail

/// One open read transaction: all its queries see the same moment, that of the first of them. A statement that changes
/// rows does not compile here. `database::read` makes it; it must not leave the function and the thread that it was
/// given to.
template <driver::connection Connection>
class read_session : public session_methods<Connection, false> {
 private:
  friend detail::session_access;
  explicit read_session(Connection& connection) noexcept : session_methods<Connection, false>(connection) {}
};

/// One open write transaction. `database::write` makes it, commits it when the function returns, and rolls it back when
/// the function throws; it must not leave the function and the thread that it was given to.
template <driver::connection Connection>
class write_session : public session_methods<Connection, true> {
 public:
  /// Calls `work(*this)` in a savepoint: what it changed stays if it returns, and is undone if it throws; the exception
  /// goes on, and the transaction around it remains usable. Answers what `work` answers. Savepoints nest.
  template <class Work>
  auto transaction(Work&& work) {
    struct scope {
      Connection* connection;
      ~scope() {
        if (connection != nullptr) connection->rollback_to_savepoint();
      }
    };
    this->connection().savepoint();
    scope undo{&this->connection()};
    return detail::run_then([&] { return work(*this); },
                            [&] {
                              undo.connection->release_savepoint();
                              undo.connection = nullptr;
                            });
  }

 private:
  friend detail::session_access;
  explicit write_session(Connection& connection) noexcept : session_methods<Connection, true>(connection) {}
};

namespace detail {
/// Who may make sessions: the database, and the migration runner, which runs its steps in transactions of its own.
struct session_access {
  template <driver::connection Connection>
  static read_session<Connection> read(Connection& connection) noexcept {
    return read_session<Connection>(connection);
  }
  template <driver::connection Connection>
  static write_session<Connection> write(Connection& connection) noexcept {
    return write_session<Connection>(connection);
  }
};
}  // namespace detail

}  // namespace forge_db
