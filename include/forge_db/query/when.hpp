// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/predicate.hpp>
#include <forge_db/query/shape_mask.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace forge_db {

/// A condition that is asked for when the statement runs, or not. Without it the text says `true` in its place, which
/// both databases drop before they choose an index; the texts of all choices are made of the same constants, each at
/// its first use.
template <predicate Condition>
struct optional_condition : detail::predicate_base {
  static constexpr int strength = Condition::strength;
  static constexpr detail::level level = Condition::level;
  static constexpr bool has_choice = true;
  static_assert(!Condition::has_choice,
                "forge_db: when() requires a condition without another when() in it; join the two by &&");

  std::optional<Condition> condition;

  constexpr explicit optional_condition(std::optional<Condition> c) : condition(std::move(c)) {}

  static constexpr void render(sql_writer& out) {
    if (out.next_choice()) {
      Condition::render(out);
    } else {
      out.text("true");
    }
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    if (condition) condition->bind(sink, index);
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return Condition::template belongs_to<Scope...>();
  }
};

/// `condition` if `on`: `where(books::status == status && when(only_good, books::score > 7.5))`.
template <class P>
[[nodiscard]] constexpr auto when(bool on, P condition) {
  static_assert(predicate<P>, "forge_db: when() requires a condition; compare a column with a value");
  return optional_condition<P>(on ? std::optional<P>(std::move(condition)) : std::nullopt);
}

/// The condition that `make` answers for the value, if there is one. The value is borrowed, as an lvalue is:
/// `when(wanted_title, [](auto const& title) { return books::title == title; })`.
template <class T, class Make>
[[nodiscard]] auto when(std::optional<T> const& value, Make&& make) {
  using condition = std::invoke_result_t<Make, T const&>;
  static_assert(
      predicate<condition>,
      "forge_db: when() requires its function to answer a condition; return a comparison, without braces around it");
  return optional_condition<condition>(value ? std::optional<condition>(std::invoke(make, *value)) : std::nullopt);
}

template <class T, class Make>
auto when(std::optional<T>&& value, Make&& make) = delete;  // the condition would refer to what is gone

namespace detail {

/// How many choices stand among conditions that are joined by `and`.
template <class P>
inline constexpr std::size_t choices_in = 0;
template <class P>
inline constexpr std::size_t choices_in<optional_condition<P>> = 1;
template <class Left, class Right>
inline constexpr std::size_t choices_in<conjunction<Left, Right>> = choices_in<Left> + choices_in<Right>;

/// True if a choice stands where `true` would mean something else than its absence.
template <class P>
inline constexpr bool misplaces_choice = P::has_choice;
template <class P>
inline constexpr bool misplaces_choice<optional_condition<P>> = false;
template <class Left, class Right>
inline constexpr bool misplaces_choice<conjunction<Left, Right>> = misplaces_choice<Left> || misplaces_choice<Right>;

/// Marks which choices were made, in the order of the text.
template <class P>
constexpr void mark_choices(P const&, shape_mask&, std::size_t&) {}
template <class P>
constexpr void mark_choices(optional_condition<P> const& choice, shape_mask& mask, std::size_t& bit) {
  mask.set(bit++, choice.condition.has_value());
}
template <class Left, class Right>
constexpr void mark_choices(conjunction<Left, Right> const& both, shape_mask& mask, std::size_t& bit) {
  mark_choices(both.left, mask, bit);
  mark_choices(both.right, mask, bit);
}

}  // namespace detail
}  // namespace forge_db
