// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/repository/repository_hooks.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace forge_db {

/// A repository with hooks around what it writes:
///
///     hooked_repository books{BookRepository(session), hooks{before_insert(...)}};
///
/// What it only reads is the repository's own; what other functions of the repository write, such as those of trees and
/// settings, and what queries write, runs no hooks. Hooks are called directly, and those that are not given cost
/// nothing. It keeps copies of both, and must not outlive the session.
template <class Repository, class Hooks>
class hooked_repository : public Repository {
 public:
  static constexpr bool watches_changes = true;  // nothing is written past it: see repository/many.hpp

  using row_type = typename Repository::row_type;
  using key_type = typename Repository::key_type;
  using new_type = typename Repository::new_type;
  using patch_type = typename Repository::patch_type;

  hooked_repository(Repository repository, Hooks hooks) : Repository(std::move(repository)), hooks_(std::move(hooks)) {}

  /// Without hooks.
  [[nodiscard]] Repository const& unhooked() const noexcept { return *this; }

  row_type insert(new_type new_row) const {
    detail::run_hook<hook_event::before_insert>(hooks_, new_row);
    row_type row = Repository::insert(new_row);
    detail::run_hook<hook_event::after_insert>(hooks_, std::as_const(row));
    return row;
  }

  /// Runs all before hooks, then inserts, then runs all after hooks; for these the rows are asked for.
  std::int64_t insert_many(std::span<new_type const> new_rows) const {
    if constexpr (Hooks::see_inserted) {
      return static_cast<std::int64_t>(insert_many_returning(new_rows).size());
    } else {
      return Repository::insert_many(prepared(new_rows));
    }
  }
  std::vector<row_type> insert_many_returning(std::span<new_type const> new_rows) const {
    std::vector<row_type> rows = Repository::insert_many_returning(prepared(new_rows));
    for (row_type const& row : rows) detail::run_hook<hook_event::after_insert>(hooks_, row);
    return rows;
  }

  template <class... Columns>
  row_type upsert(new_type new_row, Columns... columns) const {
    static_assert(Hooks::of_upserts || !(Hooks::of_inserts || Hooks::of_updates),
                  "forge_db: upsert() requires hooks of its own beside those of insert and update; give before_upsert "
                  "or after_upsert");
    detail::run_hook<hook_event::before_upsert>(hooks_, new_row);
    row_type row = Repository::upsert(new_row, columns...);
    detail::run_hook<hook_event::after_upsert>(hooks_, std::as_const(row));
    return row;
  }

  /// Each form of the repository's update() and update_unchecked().
  bool update(key_type const& key, patch_type changes) const {
    return changed(key, changes, [&] { return Repository::update(key, changes); });
  }
  template <class Version>
  auto update(key_type const& key, Version expected, patch_type changes) const {
    return changed(key, changes, [&] { return Repository::update(key, expected, changes); });
  }
  bool update_unchecked(key_type const& key, patch_type changes) const {
    return changed(key, changes, [&] { return Repository::update_unchecked(key, changes); });
  }

  row_type save(row_type row) const {
    static_assert(Hooks::of_saves || !Hooks::of_updates,
                  "forge_db: save() requires hooks of its own beside those of update; give before_save or after_save");
    detail::run_hook<hook_event::before_save>(hooks_, row);
    row_type saved = Repository::save(row);
    detail::run_hook<hook_event::after_save>(hooks_, std::as_const(saved));
    return saved;
  }

  bool remove(key_type const& key) const {
    return around<hook_event::before_remove, hook_event::after_remove>(key, [&] { return Repository::remove(key); });
  }
  template <class Version>
  void remove(key_type const& key, Version expected) const {
    around<hook_event::before_remove, hook_event::after_remove>(
        key, [&] { return Repository::remove(key, expected), true; });
  }
  bool restore(key_type const& key) const {
    return around<hook_event::before_restore, hook_event::after_restore>(key, [&] { return Repository::restore(key); });
  }
  bool purge(key_type const& key) const {
    return around<hook_event::before_purge, hook_event::after_purge>(key, [&] { return Repository::purge(key); });
  }

  template <class... Before>
  std::int64_t purge_deleted(Before... before) const {
    static_assert(!Hooks::of_purges,
                  "forge_db: purge_deleted() requires no hooks of purge, which it would not run; say "
                  "unhooked().purge_deleted()");
    return Repository::purge_deleted(before...);
  }

  [[nodiscard]] hooked_repository with_deleted() const { return {Repository::with_deleted(), hooks_}; }
  [[nodiscard]] hooked_repository only_deleted() const { return {Repository::only_deleted(), hooks_}; }

 private:
  /// The new rows as the before hooks leave them.
  auto prepared(std::span<new_type const> new_rows) const {
    std::vector<new_type> rows(new_rows.begin(), new_rows.end());
    for (new_type& row : rows) detail::run_hook<hook_event::before_insert>(hooks_, row);
    return rows;
  }

  template <class Write>
  auto changed(key_type const& key, patch_type& changes, Write write) const {
    detail::run_hook<hook_event::before_update>(hooks_, key, changes);
    auto const answer = write();
    if (answer) detail::run_hook<hook_event::after_update>(hooks_, key, std::as_const(changes));
    return answer;
  }

  template <hook_event Before, hook_event After, class Write>
  bool around(key_type const& key, Write write) const {
    detail::run_hook<Before>(hooks_, key);
    if (!write()) return false;
    detail::run_hook<After>(hooks_, key);
    return true;
  }

  [[no_unique_address]] Hooks hooks_;
};

}  // namespace forge_db
