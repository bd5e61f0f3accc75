// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

namespace forge_db {

enum class hook_event {
  before_insert,
  after_insert,
  before_update,
  after_update,
  before_save,
  after_save,
  before_upsert,
  after_upsert,
  before_remove,
  after_remove,
  before_restore,
  after_restore,
  before_purge,
  after_purge
};

/// A function and what it is run at; the functions below make it.
template <hook_event Event, class Function>
struct hook {
  [[no_unique_address]] Function function;
};

// New is the repository's new_type, Patch its patch_type, Key its key_type. What takes New&, Patch& or Row& may change
// what is written.

/// (New&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::before_insert, Function> before_insert(Function function) {
  return {std::move(function)};
}
/// (Row const&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::after_insert, Function> after_insert(Function function) {
  return {std::move(function)};
}
/// (Key const&, Patch&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::before_update, Function> before_update(Function function) {
  return {std::move(function)};
}
/// (Key const&, Patch const&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::after_update, Function> after_update(Function function) {
  return {std::move(function)};
}
/// (Row&), of save()
template <class Function>
[[nodiscard]] constexpr hook<hook_event::before_save, Function> before_save(Function function) {
  return {std::move(function)};
}
/// (Row const&), of save()
template <class Function>
[[nodiscard]] constexpr hook<hook_event::after_save, Function> after_save(Function function) {
  return {std::move(function)};
}
/// (New&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::before_upsert, Function> before_upsert(Function function) {
  return {std::move(function)};
}
/// (Row const&), inserted or changed
template <class Function>
[[nodiscard]] constexpr hook<hook_event::after_upsert, Function> after_upsert(Function function) {
  return {std::move(function)};
}
/// (Key const&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::before_remove, Function> before_remove(Function function) {
  return {std::move(function)};
}
/// (Key const&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::after_remove, Function> after_remove(Function function) {
  return {std::move(function)};
}
/// (Key const&), of a table with soft deletion, as the three below
template <class Function>
[[nodiscard]] constexpr hook<hook_event::before_restore, Function> before_restore(Function function) {
  return {std::move(function)};
}
/// (Key const&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::after_restore, Function> after_restore(Function function) {
  return {std::move(function)};
}
/// (Key const&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::before_purge, Function> before_purge(Function function) {
  return {std::move(function)};
}
/// (Key const&)
template <class Function>
[[nodiscard]] constexpr hook<hook_event::after_purge, Function> after_purge(Function function) {
  return {std::move(function)};
}

namespace detail {

template <hook_event Event, class Hook>
inline constexpr bool is_hook_at = false;
template <hook_event Event, class Function>
inline constexpr bool is_hook_at<Event, hook<Event, Function>> = true;

template <hook_event Event, class Function>
constexpr Function const& function_at(hook<Event, Function> const& found) noexcept {
  return found.function;
}

}  // namespace detail

/// Functions of yours around what a hooked repository writes:
///
///     hooks{before_insert([](NewBook& book) { ... }), after_remove([&](BookId const& id) { ... })}
///
/// A before hook that throws prevents the write; an after hook runs only if a row was written, and what it throws
/// leaves the write to the transaction, which a session rolls back. Hooks run inside the session's function and are
/// repeated with it. (Not designated initialisers: clang 19 forgets them in templates, and the hook would not run.)
template <class... Hooks>
struct hooks : Hooks... {
  constexpr explicit hooks(Hooks... given) : Hooks(std::move(given))... {}

  template <hook_event Event>
  static constexpr bool has = (detail::is_hook_at<Event, Hooks> || ...);
  template <hook_event Event>
  static constexpr int count_of = (0 + ... + int{detail::is_hook_at<Event, Hooks>});

  static constexpr bool of_inserts = has<hook_event::before_insert> || has<hook_event::after_insert>;
  static constexpr bool of_updates = has<hook_event::before_update> || has<hook_event::after_update>;
  static constexpr bool of_saves = has<hook_event::before_save> || has<hook_event::after_save>;
  static constexpr bool of_upserts = has<hook_event::before_upsert> || has<hook_event::after_upsert>;
  static constexpr bool of_purges = has<hook_event::before_purge> || has<hook_event::after_purge>;
  static constexpr bool see_inserted = has<hook_event::after_insert>;
};

namespace detail {

/// Calls the hook of the event, if there is one.
template <hook_event Event, class Hooks, class... Arguments>
void run_hook([[maybe_unused]] Hooks const& hooks, [[maybe_unused]] Arguments&&... arguments) {
  if constexpr (Hooks::template has<Event>) {
    static_assert(Hooks::template count_of<Event> == 1,
                  "forge_db: hooks requires one function an event; call the second one from the first");
    auto const& function = function_at<Event>(hooks);
    static_assert(std::invocable<decltype(function), Arguments&...>,
                  "forge_db: a hook requires to be callable with what its function says of it, and not mutable; see "
                  "repository_hooks.hpp for what each takes");
    function(arguments...);
  }
}

}  // namespace detail
}  // namespace forge_db
