// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <type_traits>

namespace forge_db {

/// A hook that was not given.
struct no_hook {};

/// Functions of yours around what a hooked repository writes, each given by its name:
///
///     hooks{.before_insert = [](NewBook& book) { ... }, .after_remove = [&](BookId const& id) { ... }}
///
/// New is the repository's new_type, Patch its patch_type, Key its key_type. What takes New& or Patch& may change what
/// is written. A before hook that throws prevents the write; an after hook runs only if a row was written, and what it
/// throws leaves the write to the transaction, which a session rolls back. Hooks run inside the session's function and
/// are repeated with it.
template <class BeforeInsert = no_hook, class AfterInsert = no_hook, class BeforeUpdate = no_hook,
          class AfterUpdate = no_hook, class BeforeSave = no_hook, class AfterSave = no_hook,
          class BeforeUpsert = no_hook, class AfterUpsert = no_hook, class BeforeRemove = no_hook,
          class AfterRemove = no_hook, class BeforeRestore = no_hook, class AfterRestore = no_hook,
          class BeforePurge = no_hook, class AfterPurge = no_hook>
struct hooks {
  [[no_unique_address]] BeforeInsert before_insert{};    ///< (New&)
  [[no_unique_address]] AfterInsert after_insert{};      ///< (Row const&)
  [[no_unique_address]] BeforeUpdate before_update{};    ///< (Key const&, Patch&)
  [[no_unique_address]] AfterUpdate after_update{};      ///< (Key const&, Patch const&)
  [[no_unique_address]] BeforeSave before_save{};        ///< (Row&), of save()
  [[no_unique_address]] AfterSave after_save{};          ///< (Row const&), as it is then
  [[no_unique_address]] BeforeUpsert before_upsert{};    ///< (New&)
  [[no_unique_address]] AfterUpsert after_upsert{};      ///< (Row const&), inserted or changed
  [[no_unique_address]] BeforeRemove before_remove{};    ///< (Key const&)
  [[no_unique_address]] AfterRemove after_remove{};      ///< (Key const&)
  [[no_unique_address]] BeforeRestore before_restore{};  ///< (Key const&), of a table with soft deletion
  [[no_unique_address]] AfterRestore after_restore{};    ///< (Key const&)
  [[no_unique_address]] BeforePurge before_purge{};      ///< (Key const&), of a table with soft deletion
  [[no_unique_address]] AfterPurge after_purge{};        ///< (Key const&)

  static constexpr bool of_inserts = !std::same_as<BeforeInsert, no_hook> || !std::same_as<AfterInsert, no_hook>;
  static constexpr bool of_updates = !std::same_as<BeforeUpdate, no_hook> || !std::same_as<AfterUpdate, no_hook>;
  static constexpr bool of_saves = !std::same_as<BeforeSave, no_hook> || !std::same_as<AfterSave, no_hook>;
  static constexpr bool of_upserts = !std::same_as<BeforeUpsert, no_hook> || !std::same_as<AfterUpsert, no_hook>;
  static constexpr bool of_purges = !std::same_as<BeforePurge, no_hook> || !std::same_as<AfterPurge, no_hook>;
  static constexpr bool see_inserted = !std::same_as<AfterInsert, no_hook>;
};

namespace detail {

/// Calls the hook, if there is one.
template <class Hook, class... Arguments>
void run_hook([[maybe_unused]] Hook const& hook, [[maybe_unused]] Arguments&&... arguments) {
  if constexpr (!std::same_as<Hook, no_hook>) {
    static_assert(std::invocable<Hook const&, Arguments&...>,
                  "forge_db: a hook requires to be callable with what hooks<> says of it, and not mutable");
    hook(arguments...);
  }
}

}  // namespace detail
}  // namespace forge_db
