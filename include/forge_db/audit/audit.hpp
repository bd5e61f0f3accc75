// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/audit/detail/audit_statement.hpp>
#include <forge_db/audit/detail/change_text.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/core/json.hpp>
#include <forge_db/repository/change_context.hpp>
#include <forge_db/repository/detail/atomically.hpp>
#include <forge_db/repository/detail/has_guards.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db {

/// The table and columns of an audit trail, as repository_traits<Row>::audit: `audit:` of the spec. What the trail does
/// not keep is void; Action is always there.
template <class Log, class Actor, class Action, class Entity, class EntityId, class Changes, class Note>
struct audit_columns {
  using log_type = Log;
  using actor = Actor;
  using action = Action;
  using entity = Entity;
  using entity_id = EntityId;
  using changes = Changes;
  using note = Note;
};

/// A repository whose changes are logged: `audit:` of the spec. insert, update and remove write a line of the trail in
/// the same transaction: who (the change_context), what (`insert`, `update`, `remove`), which row, and its values: all
/// but NULLs of an inserted or removed row, `{"column": {"from": ..., "to": ...}}` of an updated one. Values of secret
/// columns are masked. An update that changes no value of its patch writes no line; nor do the stamps that the
/// repository sets.
///
/// Errors beside those of the repository: invalid_value where the trail's actor cannot be NULL and no change_context is
/// there. Rows that the database removes or changes for foreign keys are not logged.
template <class Base>
class audit_functions : public Base {
  using row = typename Base::row_type;
  using trail = typename repository_traits<row>::audit;
  using columns = typename table<row>::columns;

 public:
  static constexpr bool watches_changes = true;  // nothing is written past it: see repository/many.hpp

  using Base::Base;
  using typename Base::key_type;
  using typename Base::new_type;
  using typename Base::patch_type;

  row insert(new_type const& new_row) const {
    return atomic([&] {
      row made = Base::insert(new_row);
      log_row("insert", made);
      return made;
    });
  }

  /// One line a row.
  std::int64_t insert_many(std::span<new_type const> new_rows) const {
    return static_cast<std::int64_t>(insert_many_returning(new_rows).size());
  }
  std::vector<row> insert_many_returning(std::span<new_type const> new_rows) const {
    return atomic([&] {
      std::vector<row> made = Base::insert_many_returning(new_rows);
      for (row const& one : made) log_row("insert", one);
      return made;
    });
  }

  /// Reads the row before it writes it.
  bool update(key_type const& key, patch_type const& changes) const {
    return logged_update(key, changes, [&] { return Base::update(key, changes); });
  }
  bool update_unchecked(key_type const& key, patch_type const& changes) const requires(detail::has_guards<row>) {
    return logged_update(key, changes, [&] { return Base::update_unchecked(key, changes); });
  }
  template <class Version>
    requires(detail::has_optimistic_lock<row>)
  auto update(key_type const& key, Version const& expected, patch_type const& changes) const {
    return logged_update(key, changes, [&] { return Base::update(key, expected, changes); });
  }
  row save(row const& changed) const requires(detail::has_optimistic_lock<row>) {
    return atomic([&] {
      key_type const key = detail::key_in_row(changed);
      std::optional<row> const before = Base::find(key);
      row after = Base::save(changed);
      if (before) {
        if (auto const differs = detail::row_differences(*before, after, columns{})) log("update", key, *differs);
      }
      return after;
    });
  }

  /// Reads the row before it removes it.
  bool remove(key_type const& key) const {
    return atomic([&] {
      std::optional<row> const before = Base::find(key);
      if (!before || !Base::remove(key)) return false;
      log_row("remove", *before);
      return true;
    });
  }

  template <class Version>
    requires(detail::has_optimistic_lock<row>)
  void remove(key_type const& key, Version const& expected) const {
    atomic([&] {
      std::optional<row> const before = Base::find(key);
      Base::remove(key, expected);
      if (before) log_row("remove", *before);
    });
  }

  /// Of a table with soft deletion, whose remove() is logged as `remove`. Purges of many rows are not logged.
  bool restore(key_type const& key) const requires(detail::has_soft_delete<row>) {
    return atomic([&] { return Base::restore(key) && (log("restore", key), true); });
  }
  bool purge(key_type const& key) const requires(detail::has_soft_delete<row>) {
    return atomic([&] { return Base::purge(key) && (log("purge", key), true); });
  }

  /// Runs what changes one row past this layer, and logs it: for layers around this one. `work` answers whether it
  /// found the row.
  template <class Work>
  bool logged_change(key_type const& key, Work work) const {
    return atomic([&] {
      std::optional<row> const before = Base::find(key);
      if (!before || !work()) return false;
      if (std::optional<row> const after = Base::find(key)) {
        if (auto const differs = detail::row_differences(*before, *after, columns{})) log("update", key, *differs);
      }
      return true;
    });
  }

  /// A line of the program's own, such as `publish`. `changes` is JSON, or empty for none; what is no JSON is refused
  /// as json::parse() refuses it.
  void log(std::string_view action, key_type const& key, std::string const& changes = {}) const {
    if (!changes.empty()) static_cast<void>(json::parse(changes));
    change_context const* const context = change_context::current();
    require_actor(context);
    std::string const id = detail::logged_key(key, typename table<row>::key{});
    this->session().execute(
        detail::log_change<row>{context != nullptr ? &context->actor() : nullptr, action, table<row>::name, id,
                                changes.empty() ? nullptr : &changes,
                                context != nullptr && !context->note().empty() ? &context->note() : nullptr});
  }

  /// Not built: an upsert would have to say which of the two it did.
  template <class... Columns>
  void upsert(typename Base::new_type const&, Columns...) const {
    static_assert(sizeof...(Columns) == std::size_t(-1),
                  "forge_db: upsert() of an audited table is not supported yet; use find(), then insert() or update()");
  }

 private:
  template <class Work>
  auto atomic(Work&& work) const {
    return detail::atomically(this->session(), work);
  }
  /// `update` answers whether it found the row, or the row's new version.
  template <class Update>
  auto logged_update(key_type const& key, patch_type const& changes, Update update) const {
    return atomic([&] {
      std::optional<row> const before = Base::find(key);
      auto const done = update();
      if (before && done) {
        if (auto const changed = detail::patch_changes(*before, changes, columns{})) log("update", key, *changed);
      }
      return done;
    });
  }
  void log_row(std::string_view action, row const& logged) const {
    log(action, detail::key_in_row(logged), detail::row_changes(logged, columns{}));
  }
  static void require_actor([[maybe_unused]] change_context const* context) {
    if constexpr (!std::is_void_v<typename trail::actor>) {
      if constexpr (!trail::actor::nullable) {
        if (context != nullptr) return;
        error_context place;
        place.table = table<typename trail::log_type>::name;
        place.column = trail::actor::name;
        throw invalid_value("forge_db: an audited table requires an actor for its changes; open a change_context",
                            std::move(place));
      }
    }
  }
};

}  // namespace forge_db
