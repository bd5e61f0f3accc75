// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/driver/sqlite/connection_extension.hpp>
#include <forge_db/driver/sqlite/detail/configure.hpp>
#include <forge_db/driver/sqlite/detail/hooks.hpp>
#include <forge_db/driver/sqlite/detail/live_connection.hpp>
#include <forge_db/driver/sqlite/detail/log_file.hpp>
#include <forge_db/driver/sqlite/detail/open_error.hpp>
#include <forge_db/driver/sqlite/detail/usable_options.hpp>
#include <forge_db/driver/sqlite/span_table.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <climits>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db::sqlite {

inline options connection::usable(options const& asked) { return detail::usable_options(asked); }

inline connection connection::open(std::string const& path, options const& asked) {
  options const settings = usable(asked);
  detail::check_path(path);
  bool const memory = detail::is_memory(path);
  int const access = settings.read_only ? SQLITE_OPEN_READONLY
                                        : SQLITE_OPEN_READWRITE | (settings.create || memory ? SQLITE_OPEN_CREATE : 0);
  connection made{std::make_unique<detail::live_connection>(), settings.masked_statements};
  made.state_->busy_timeout = settings.busy_timeout;
  made.state_->log_limit = settings.checkpoint == checkpoint_policy::bounded ? settings.journal_size_limit : -1;
  int const code = sqlite3_open_v2(detail::plain_name(path).c_str(), &made.state_->handle,
                                   access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (made.native() == nullptr) throw std::bad_alloc();
  if (code != SQLITE_OK)
    detail::throw_open_error(path, settings, code, sqlite3_errmsg(made.native()), sqlite3_system_errno(made.native()));
  if (!settings.read_only && made.is_read_only()) {  // SQLite falls back to reading without a word
    throw read_only("forge_db: open requires \"" + path +
                    "\" to be writable by this user; set options::read_only to only read it");
  }
  try {
    detail::configure(made.native(), settings, memory);
  } catch (detail::setup_failure const& failure) {
    detail::throw_open_error(path, settings, failure.extended_code, failure.engine_message,
                             sqlite3_system_errno(made.native()));
  }
  register_span_table(made.native());
  for (auto* extension = detail::connection_extensions.load(std::memory_order_acquire); extension != nullptr;
       extension = extension->next) {
    if (extension->install(made.native()) != SQLITE_OK) throw_last_error(made.native(), "an extension");
  }
  if (settings.on_query) {
    made.state_->recorder = std::make_unique<detail::query_recorder>(
        settings.on_query, settings.slow_query, settings.show_parameter_values_and_secrets_in_query_log);
    detail::install_trace(*made.state_);
  }
  return made;
}

namespace detail {

/// Closing an inherited connection could remove the parent's log, so that it stays open until the process ends.
struct inherited_connection {
  std::unique_ptr<connection_state> state;
  statement_cache cache;
  mask_cache<cached_record> shapes;
  inherited_connection* next;
};
inline constinit std::atomic<inherited_connection*> inherited_connections{nullptr};  // kept in reach of leak checkers

inline void leave_to_parent(std::unique_ptr<connection_state> state, statement_cache cache,
                            mask_cache<cached_record> shapes) {
  auto* const kept = new inherited_connection{std::move(state), std::move(cache), std::move(shapes), nullptr};
  kept->next = inherited_connections.exchange(kept);
}

}  // namespace detail

inline connection::~connection() {
  if (state_ == nullptr) return;
  if (!state_->process.is_here()) {
    detail::leave_to_parent(std::move(state_), std::move(cache_), std::move(shapes_));
    return;
  }
  cache_.clear();
  shapes_.clear();
  sqlite3* const handle = state_->handle;
  if (state_->has_deadline) detail::remove_deadline(*state_);
  sqlite3_trace_v2(handle, 0, nullptr, nullptr);
  if (state_->statements_out != 0) {
    state_->closed = true;
    state_.release();  // NOLINT(bugprone-unused-return-value): the last statement deletes it
  }
  sqlite3_close_v2(handle);
}

inline detail::cached_record connection::make_record(std::string_view text, unsigned flags, char const** rest) {
  state_->process.require_here("prepare");
  if (text.size() > INT_MAX) throw_error(SQLITE_TOOBIG, "statement too long", {});
  if (text.find('\0') != std::string_view::npos) [[unlikely]]  // SQLite would take it for the end
    throw invalid_value("forge_db: SQL text requires to be without NUL bytes; bind values as parameters");
  detail::cached_record record{new detail::statement_record};
  record->state = state_.get();
  char const* end = nullptr;
  int const code =
      sqlite3_prepare_v3(native(), text.data(), static_cast<int>(text.size()), flags, &record->handle, &end);
  if (code != SQLITE_OK) refuse_text(text);
  if (rest != nullptr) *rest = end;
  if (state_->recorder && record->handle != nullptr) {
    state_->recorder->watch(record->handle);
    record->recorded = true;
  }
  return record;
}

[[noreturn]] inline void connection::refuse_text(std::string_view text) {
  try {
    throw_last_error(native(), text);
  } catch (error const& failure) {
    if (state_->recorder) state_->recorder->refused(text, failure);
    throw;
  }
}

inline detail::statement_record* detail::live_connection::prepare_constant(connection& self, bool keep,
                                                                           std::size_t slot, std::string_view text) {
  if (keep) {
    auto* const found = self.cache_.find_crowded_out(text.data());
    if (found != nullptr && !found->in_use) return found;
    keep = found == nullptr;
  }
  auto record = self.make_record(text, keep ? SQLITE_PREPARE_PERSISTENT : 0);
  record->text = text.data();
  return keep ? self.cache_.insert(slot, std::move(record)) : record.release();
}

inline detail::statement_record* detail::live_connection::prepare_shape(connection& self, bool keep,
                                                                        statement_slot const& slot,
                                                                        shape_mask const& mask, join_function join) {
  auto record = self.make_record(join(connection::sql_dialect, mask), keep ? SQLITE_PREPARE_PERSISTENT : 0);
  if (!keep) return record.release();
  record->set_owned(true);
  return self.shapes_.insert(slot, mask, std::move(record)).get();
}

inline statement connection::prepare_once(std::string_view text) {
  auto record = make_record(text, 0);
  if (record->handle == nullptr) throw_error(SQLITE_ERROR, "empty statement", text);
  return statement{record.release()};
}

inline void connection::execute_script(std::string_view script) {
  while (!script.empty()) {
    char const* rest = nullptr;
    auto record = make_record(script, 0, &rest);
    script.remove_prefix(static_cast<std::size_t>(rest - script.data()));
    if (record->handle == nullptr) continue;  // white space or a comment
    statement running{record.release()};
    while (running.step()) {
    }
  }
}

template <class Tag, std::size_t Size>
void connection::run_constant(char const (&text)[Size]) {
  state_->process.require_here("a transaction");
  prepare(slot_of<Tag, sql_dialect>, text, Size - 1).step();
}

namespace detail {
inline constexpr char begin_read_text[] = "begin";
inline constexpr char begin_write_text[] = "begin immediate";
inline constexpr char commit_text[] = "commit";
inline constexpr char rollback_text[] = "rollback";
inline constexpr char savepoint_text[] = "savepoint forge_db";
inline constexpr char release_text[] = "release forge_db";
inline constexpr char rollback_to_text[] = "rollback to forge_db";
inline constexpr char cookie_text[] = "pragma schema_version";
struct begin_read_statement {};
struct begin_write_statement {};
struct commit_statement {};
struct rollback_statement {};
struct savepoint_statement {};
struct release_statement {};
struct rollback_to_statement {};
struct cookie_statement {};
}  // namespace detail

inline void connection::begin_read() { run_constant<detail::begin_read_statement>(detail::begin_read_text); }
inline void connection::begin_write() { run_constant<detail::begin_write_statement>(detail::begin_write_text); }
inline void connection::commit() { run_constant<detail::commit_statement>(detail::commit_text); }
inline void connection::savepoint() { run_constant<detail::savepoint_statement>(detail::savepoint_text); }
inline void connection::release_savepoint() { run_constant<detail::release_statement>(detail::release_text); }

inline void connection::rollback() noexcept {
  if (!in_transaction()) return;  // some errors roll back by themselves
  try {
    run_constant<detail::rollback_statement>(detail::rollback_text);
  } catch (...) {  // NOLINT(bugprone-empty-catch): closing the connection undoes what is left
  }
}

inline void connection::rollback_to_savepoint() noexcept {
  if (!in_transaction()) return;
  try {
    run_constant<detail::rollback_to_statement>(detail::rollback_to_text);
    release_savepoint();
  } catch (...) {  // NOLINT(bugprone-empty-catch): the transaction around it fails at its next statement
  }
}

inline std::int64_t connection::schema_cookie() {
  auto found =
      prepare(slot_of<detail::cookie_statement, sql_dialect>, detail::cookie_text, sizeof detail::cookie_text - 1);
  found.step();
  return found.int64(0);
}

inline bool connection::checkpoint(std::chrono::milliseconds patience) {
  state_->process.require_here("checkpoint");
  clear_deadline();
  sqlite3_busy_timeout(native(), detail::usable_milliseconds(patience));
  int const code = sqlite3_wal_checkpoint_v2(native(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(native(), static_cast<int>(state_->busy_timeout.count()));
  if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) return false;
  if (code != SQLITE_OK) throw_last_error(native(), {});
  return true;
}

inline void connection::after_write() noexcept {
  if (state_->log_limit < 0) return;
  try {
    if (detail::log_size(native()) > state_->log_limit) checkpoint();
  } catch (...) {  // NOLINT(bugprone-empty-catch): the write is committed, the log only stays long
  }
}

inline bool connection::make_reusable() noexcept {
  clear_deadline();
  rollback();
  return statements_in_use() == 0 && !in_transaction();
}

inline void connection::refuse_writes() { execute_script("pragma query_only = on"); }

inline void connection::require_deferred_keys() {
  int open = 0;
  int highest = 0;
  sqlite3_db_status(native(), SQLITE_DBSTATUS_DEFERRED_FKS, &open, &highest, 0);
  if (open != 0) throw_error(SQLITE_CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed", detail::commit_text);
}

inline void connection::refuse_commits(bool refuse) noexcept {
  sqlite3_commit_hook(native(), refuse ? +[](void*) { return 1; } : nullptr, nullptr);
}

inline void connection::set_trace(trace_hook hook) {
  state_->trace = std::move(hook);
  detail::install_trace(*state_);
}

inline void connection::set_deadline(std::chrono::steady_clock::time_point when) noexcept {
  state_->deadline = when;
  detail::install_deadline(*state_);
}

inline void connection::clear_deadline() noexcept {
  if (state_->has_deadline) detail::remove_deadline(*state_);
}

}  // namespace forge_db::sqlite
