// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/dialect.hpp>
#include <forge_db/driver/sqlite/detail/connection_state.hpp>
#include <forge_db/driver/sqlite/options.hpp>
#include <forge_db/driver/sqlite/prepared_statement.hpp>
#include <forge_db/driver/sqlite/statement_cache.hpp>
#include <forge_db/driver/sqlite/trace.hpp>
#include <forge_db/query/mask_cache.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/schema/slot.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db::sqlite {

namespace detail {
struct live_connection;
}  // namespace detail

/// One connection to a SQLite database, set up by `options`.
///
/// Thread safety: it and its statements belong to one thread at a time (SQLite's own mutex is off); only interrupt()
/// may be called from elsewhere. Exception safety: every function either does its work or throws and leaves the
/// connection usable. Functions that run SQL throw the families of errors.hpp. A moved-from connection may only be
/// destroyed or assigned to.
class connection {
 public:
  using options_type = options;
  using statement_type = statement;
  static constexpr dialect sql_dialect = dialect::sqlite;

  /// Opens a file (UTF-8 name, taken literally) or ":memory:". Throws cannot_open with the cure when the file or its
  /// directory is missing or out of reach, read_only when the file cannot be written to, corrupt when it is no
  /// database.
  static connection open(std::string const& path, options const& settings = {});

  /// `asked` as it is used: values out of reach are brought into it.
  static options usable(options const& asked);

  /// Whether a database has to live on one connection, where reads and writes exclude each other: in memory, as nobody
  /// else could see it; with a rollback journal, as readers and the writer would stop each other.
  static bool needs_single_connection(std::string const& path, options const& settings) noexcept {
    return path == ":memory:" || !settings.journal_wal;
  }

  connection(connection&&) noexcept = default;
  connection& operator=(connection&& other) noexcept {
    std::swap(state_, other.state_);
    std::swap(cache_, other.cache_);
    std::swap(shapes_, other.shapes_);
    return *this;
  }
  ~connection();

  /// The statement for `text`, a zero-terminated constant of `size` bytes that lives as long as the program (so a
  /// plugin that ran statements is not unloaded before the connection is closed). Prepared at the first call; later
  /// ones find it by slot. One that is still in use is never handed out again: the caller gets another.
  prepared prepare(statement_slot& slot, char const* text, std::size_t size) {
    std::size_t const number = slot.number();
    auto* const record = cache_.find(number, text);
    if (record != nullptr && !record->in_use) [[likely]]
      return statement{record};
    return statement{state_->prepare_constant(*this, record == nullptr, number, {text, size})};
  }

  /// The statement for a query: by its slot, and by its mask where its shape varies.
  template <forge_db::statement Query>
  prepared prepare(Query const& query) {
    if constexpr (Query::is_dynamic) {
      return prepare_shape(slot_of<Query, sql_dialect>, query.mask(), &Query::join);
    } else {
      static constexpr std::string_view text = sql_text<Query, sql_dialect>;
      return prepare(slot_of<Query, sql_dialect>, text.data(), text.size());
    }
  }

  /// Prepares text that is used once, of one statement. The text may come from anywhere: values belong into parameters.
  /// Throws invalid_value for NUL bytes, as does execute_script().
  statement prepare_once(std::string_view text);

  /// Runs statements separated by ";", one after the other, ignoring their rows. Stops at the first error; what ran
  /// before stays, so open a transaction around it.
  void execute_script(std::string_view script);

  std::int64_t changes() const noexcept { return sqlite3_changes64(native()); }
  std::int64_t last_insert_rowid() const noexcept { return sqlite3_last_insert_rowid(native()); }
  bool in_transaction() const noexcept { return sqlite3_get_autocommit(native()) == 0; }
  bool is_read_only() const noexcept { return sqlite3_db_readonly(native(), "main") == 1; }

  /// The counter that moves with every change of the schema (also with VACUUM, and in copies).
  std::int64_t schema_cookie();

  // Transactions, as sessions use them.
  void begin_read();   ///< The snapshot is taken by the first statement that reads.
  void begin_write();  ///< Takes the write lock now; throws busy when the busy timeout passes.
  void commit();       ///< On failure the transaction is still open.
  void rollback() noexcept;
  void savepoint();  ///< Savepoints nest: the next two functions mean the latest.
  void release_savepoint();
  void rollback_to_savepoint() noexcept;  ///< Undoes and removes it.

  /// Copies the write-ahead log into the database file and empties it. Waits up to `patience` for other connections to
  /// let go of it; answers whether it could be done, a log that is in use is no error.
  bool checkpoint(std::chrono::milliseconds patience = std::chrono::milliseconds{0});

  /// What options::checkpoint asks for after a write. Failure is left to the next time.
  void after_write() noexcept;

  /// Whether a session that ends may give the connection to another one. Ends what the session left: a deadline, an
  /// open transaction. False when a statement is still in use: the connection has to be closed.
  bool make_reusable() noexcept;

  /// Refuses writes from now on, as the readers of a pool do: the second line of defence behind the compiler.
  void refuse_writes();

  /// Throws what a commit would throw while a deferred foreign key is broken.
  void require_deferred_keys();

  /// Turns every commit into a roll back and a constraint_violation, until told otherwise. For tests.
  void refuse_commits(bool refuse) noexcept;

  /// Statements whose `statement` objects are alive.
  std::size_t statements_in_use() const noexcept { return state_->statements_out; }

  /// Calls `hook` for every statement that starts, see trace_hook; an empty one stops that.
  void set_trace(trace_hook hook);

  /// Statements that still run at `when` throw interrupted; waiting for a lock ends then, too, and throws busy.
  void set_deadline(std::chrono::steady_clock::time_point when) noexcept;
  void clear_deadline() noexcept;
  bool has_deadline() const noexcept { return state_->has_deadline; }

  /// Makes the running statement throw interrupted. Any thread may call it while the connection is open.
  void interrupt() noexcept { sqlite3_interrupt(native()); }

  /// For what ForgeDB does not cover. Do not close it, and do not set its trace, progress or busy handler.
  sqlite3* native() const noexcept { return state_->handle; }

 private:
  friend struct detail::live_connection;

  connection(std::unique_ptr<detail::connection_state> state, std::size_t shapes)
      : state_(std::move(state)), shapes_(shapes) {}

  detail::cached_record make_record(std::string_view text, unsigned flags, char const** rest = nullptr);
  [[noreturn]] void refuse_text(std::string_view text);

  prepared prepare_shape(statement_slot const& slot, shape_mask const& mask,
                         detail::connection_state::join_function join) {
    auto* const found = shapes_.find(slot, mask);
    if (found != nullptr && !(*found)->in_use) [[likely]]
      return statement{found->get()};
    return statement{state_->prepare_shape(*this, found == nullptr, slot, mask, join)};
  }

  template <class Tag, std::size_t Size>
  void run_constant(char const (&text)[Size]);

  std::unique_ptr<detail::connection_state> state_;
  statement_cache cache_;
  mask_cache<detail::cached_record> shapes_;
};

}  // namespace forge_db::sqlite

#include <forge_db/driver/sqlite/detail/connection_body.hpp>  // IWYU pragma: export
