// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/forks.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/session/detail/backoff.hpp>
#include <forge_db/session/detail/enclosing_transaction.hpp>
#include <forge_db/session/detail/nesting.hpp>
#include <forge_db/session/pool.hpp>
#include <forge_db/session/sessions.hpp>

#include <memory>
#include <string>
#include <utility>

namespace forge_db::detail {

/// What a database is made of; see database.hpp for the contracts.
template <driver::connection Connection>
class database_core {
 public:
  using options_type = typename Connection::options_type;
  using pool_type = connection_pool<Connection>;

  database_core(std::string path, options_type settings)
      : path_(std::move(path)),
        settings_(usable(std::move(settings))),
        single_(Connection::needs_single_connection(path_, settings_)),
        writer_(1, [this] { return Connection::open(path_, settings_); }) {
    if (settings_.readers == 0) {
      throw invalid_value("forge_db: open requires options::readers to be positive; one is enough for one thread");
    }
    if (!single_) {
      readers_ = std::make_unique<pool_type>(settings_.readers, [this] {
        auto made = Connection::open(path_, settings_);
        made.refuse_writes();
        return made;
      });
    }
    typename pool_type::lease const first{settings_.read_only ? readers() : writer_, settings_.acquire_timeout};
  }

  std::string const& path() const noexcept { return path_; }
  options_type const& settings() const noexcept { return settings_; }
  pool_type& readers() noexcept { return single_ ? writer_ : *readers_; }
  pool_type const& readers() const noexcept { return single_ ? writer_ : *readers_; }
  pool_type const& writer() const noexcept { return writer_; }

  template <class Work>
  auto read(Work& work) {
    process_.require_here("read");
    session_guard const guard{this, "read"};
    if (enclosing_ != nullptr) [[unlikely]]
      return enclosing_->run("read", session_access::read<Connection>, work);
    typename pool_type::lease lease{readers(), settings_.acquire_timeout, lease_use::read};
    age_check const check{*this, lease};
    Connection& connection = lease.connection();
    connection.begin_read();  // what it leaves on an exception ends with the lease
    auto session = session_access::read(connection);
    return run_then([&] { return work(session); }, [&] { finish(connection, "read"); });
  }

  template <class Work>
  auto write(Work& work) {
    process_.require_here("write");
    session_guard const guard{this, "write"};
    refuse_read_only("write");
    if (enclosing_ != nullptr) [[unlikely]]
      return enclosing_->run("write", session_access::write<Connection>, work);
    typename pool_type::lease lease{writer_, settings_.acquire_timeout};
    backoff pause{settings_.write_retries, settings_.retry_backoff, settings_.retry_backoff_max};
    for (;;) {
      try {
        return run_then([&] { return write_once(lease.connection(), work); }, [&] { after_write(lease.connection()); });
      } catch (busy const&) {
        if (!pause.wait()) throw;
      }
    }
  }

  template <class Work>
  auto with_writer(char const* call, Work&& work) {
    session_guard const guard{this, call};
    require_not_enclosed(call);
    typename pool_type::lease lease{writer_, settings_.acquire_timeout};
    return work(lease.connection());
  }

  bool is_enclosed() const noexcept { return enclosing_ != nullptr; }

  /// From now on every session runs within `transaction`; null ends that. No session may be open.
  void enclose(enclosing_transaction<Connection>* transaction) noexcept { enclosing_ = transaction; }

  /// Throws session_misuse while sessions run within a transaction, read_only where none could.
  void require_not_enclosed(char const* call) const {
    process_.require_here(call);
    refuse_read_only(call);
    if (enclosing_ == nullptr) return;
    throw session_misuse(
        std::string("forge_db: ") + call +
        "() requires the database to be outside of every rollback_fixture, whose transaction it would end");
  }
  pool_type& writer() noexcept { return writer_; }

 private:
  static options_type usable(options_type asked) {
    if constexpr (requires { Connection::usable(asked); }) {
      return Connection::usable(asked);
    } else {
      return asked;
    }
  }

  /// Reports a read session that was open for too long, unless a write did so already.
  struct age_check {
    database_core& core;
    typename pool_type::lease& lease;

    age_check(database_core& owner, typename pool_type::lease& checked) : core(owner), lease(checked) {}
    age_check(age_check const&) = delete;
    age_check& operator=(age_check const&) = delete;
    ~age_check() {
      if (!core.settings_.on_long_read || lease.age() <= core.settings_.read_session_limit) return;
      lease.end_soon();
      core.report_old();
    }
  };

  template <class Work>
  static auto write_once(Connection& connection, Work& work) {
    struct scope {
      Connection& connection;
      ~scope() { connection.rollback(); }  // nothing to do after a commit
    };
    connection.begin_write();
    scope const undo{connection};
    auto session = session_access::write(connection);
    return run_then([&] { return work(session); }, [&] { finish(connection, "write"); });
  }

  static void finish(Connection& connection, char const* call) {
    require_finished(connection, call, 0);
    connection.commit();
  }

  void refuse_read_only(char const* call) const {
    if (!settings_.read_only) return;
    throw read_only(std::string("forge_db: ") + call +
                    "() requires the database to be writable; it was opened with options::read_only");
  }

  void report_old() noexcept {
    try {
      for (auto const& found : readers().newly_old_reads(settings_.read_session_limit)) {
        settings_.on_long_read({found.age, settings_.read_session_limit, !found.ending});
      }
    } catch (...) {  // NOLINT(bugprone-empty-catch): a report must not undo the work that it is about
    }
  }

  void after_write(Connection& connection) noexcept {
    if constexpr (requires { connection.after_write(); }) connection.after_write();
    if (settings_.on_long_read) report_old();  // an old read matters when the log grows
  }

  process_mark const process_{};  // asked first: after a fork the pools' locks may be held by threads that are gone
  std::string const path_;
  options_type const settings_;
  bool const single_;
  pool_type writer_;
  std::unique_ptr<pool_type> readers_;
  enclosing_transaction<Connection>* enclosing_ = nullptr;
};

}  // namespace forge_db::detail
