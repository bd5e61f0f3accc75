// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/composed.hpp>
#include <forge_db/query/functions/function.hpp>
#include <forge_db/query/functions/time_bucket.hpp>
#include <forge_db/query/functions/time_form.hpp>
#include <forge_db/query/functions/time_text.hpp>
#include <forge_db/schema/codec_time.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <utility>

// Functions of time stamps and dates of every storage, in UTC, whatever the session's time zone; NULL where an operand
// is. On SQLite they know the years 0000 to 9999.
namespace forge_db {

/// A part of a time, an integer.
template <time_part Part, expression E>
struct time_part_of : detail::composed<time_part_of<Part, E>, E> {
  using detail::composed<time_part_of, E>::composed;
  using value_type = std::int64_t;
  using storage_type = storage::integer;

  static constexpr void render(sql_writer& out) {
    detail::render_time_part(out, detail::time_form_of<typename E::storage_type>, Part, detail::operand_of<E>());
  }
};

/// Whole seconds or days since 1970.
template <bool Days, expression E>
struct unix_time_of : detail::composed<unix_time_of<Days, E>, E> {
  using detail::composed<unix_time_of, E>::composed;
  using value_type = std::int64_t;
  using storage_type = storage::integer;

  static constexpr void render(sql_writer& out) {
    detail::render_unix_time(out, detail::time_form_of<typename E::storage_type>, Days, detail::operand_of<E>());
  }
};

/// A time that is so many seconds, days or months later.
template <detail::time_unit Unit, expression E, expression Count>
struct shifted_time : detail::composed<shifted_time<Unit, E, Count>, E, Count> {
  using detail::composed<shifted_time, E, Count>::composed;
  using value_type = typename E::value_type;
  using storage_type = typename E::storage_type;

  static constexpr void render(sql_writer& out) {
    detail::render_time_shift(out, detail::time_form_of<storage_type>, Unit,
                              {detail::operand_of<E>(), detail::operand_of<Count>()});
  }
};

/// The current time, as Storage has it.
template <class Value, class Storage>
struct current_time : detail::composed<current_time<Value, Storage>> {
  using value_type = Value;
  using storage_type = Storage;

  static constexpr void render(sql_writer& out) { detail::render_now(out, detail::time_form_of<Storage>); }
};

namespace detail {

template <class X>
inline constexpr time_form form_of_operand = time_form_of<storage_of_operand<X>>;
template <class X>
inline constexpr bool is_time_operand = form_of_operand<X> != time_form::none;

/// Integers, as an expression or a value.
template <class X>
consteval bool is_integer_value() {
  if constexpr (is_operand<X>) {
    return is_integer_operand<X>;
  } else {
    return std::integral<std::remove_cvref_t<X>> && !std::same_as<std::remove_cvref_t<X>, bool>;
  }
}

template <class N>
constexpr auto count_node(N&& count) {
  if constexpr (is_operand<N>) {
    return node_of(std::forward<N>(count));
  } else {
    return bound_value<std::int64_t, storage::integer>(std::in_place, std::forward<N>(count));
  }
}

template <time_unit Unit, class X, class N>
constexpr auto shift_time(X&& time, N&& count) {
  auto node = count_node(std::forward<N>(count));
  return shifted_time<Unit, node_for<X>, decltype(node)>(node_of(std::forward<X>(time)), std::move(node));
}

}  // namespace detail

/// The year, month, ISO week ... of a time in UTC: `extract<time_part::iso_week>(loans::lent_at)`.
template <time_part Part, class X>
[[nodiscard]] constexpr auto extract(X&& time) {
  constexpr bool clock = Part == time_part::hour || Part == time_part::minute || Part == time_part::second;
  static_assert(
      detail::is_time_operand<X>,
      "forge_db: extract() requires a column or expression that is a timestamp or a date; declare it so in the spec");
  static_assert(!clock || !detail::is_date_form(detail::form_of_operand<X>),
                "forge_db: extract() of a date requires a part of the calendar; a date has no hours");
  if constexpr (detail::is_time_operand<X>) {
    return time_part_of<Part, detail::node_for<X>>(detail::node_of(std::forward<X>(time)));
  }
}

/// Whole seconds since 1970-01-01 00:00:00 UTC; what is finer is cut off, towards the past.
template <class X>
[[nodiscard]] constexpr auto unix_seconds(X&& time) {
  static_assert(detail::is_time_operand<X>,
                "forge_db: unix_seconds() requires a column or expression that is a timestamp or a date; declare it so "
                "in the spec");
  if constexpr (detail::is_time_operand<X>) {
    return unix_time_of<false, detail::node_for<X>>(detail::node_of(std::forward<X>(time)));
  }
}

/// Days since 1970-01-01 of the day in UTC that the time is on.
template <class X>
[[nodiscard]] constexpr auto unix_days(X&& time) {
  static_assert(
      detail::is_time_operand<X>,
      "forge_db: unix_days() requires a column or expression that is a timestamp or a date; declare it so in the spec");
  if constexpr (detail::is_time_operand<X>) {
    return unix_time_of<true, detail::node_for<X>>(detail::node_of(std::forward<X>(time)));
  }
}

/// Seconds from one time to another, of any storages; each is cut off to whole seconds first.
template <class From, class To>
[[nodiscard]] constexpr auto seconds_between(From&& from, To&& to) {
  return unix_seconds(std::forward<To>(to)) - unix_seconds(std::forward<From>(from));
}

/// Midnights in UTC from one time to another, of any storages.
template <class From, class To>
[[nodiscard]] constexpr auto days_between(From&& from, To&& to) {
  return unix_days(std::forward<To>(to)) - unix_days(std::forward<From>(from));
}

/// A time stamp that is so many seconds later, or earlier where they are negative. As for the other two, the count is
/// an integer or an expression of one.
template <class X, class N>
[[nodiscard]] constexpr auto add_seconds(X&& time, N&& seconds) {
  constexpr bool good = detail::is_time_operand<X> && detail::is_integer_value<N>();
  static_assert(good, "forge_db: add_seconds() requires a timestamp and an integer; cast what is no integer");
  static_assert(!detail::is_date_form(detail::form_of_operand<X>),
                "forge_db: add_seconds() requires a timestamp; add_days() moves a date");
  if constexpr (good) {
    return detail::shift_time<detail::time_unit::second>(std::forward<X>(time), std::forward<N>(seconds));
  }
}

/// The same time of the day in UTC so many days later.
template <class X, class N>
[[nodiscard]] constexpr auto add_days(X&& time, N&& days) {
  constexpr bool good = detail::is_time_operand<X> && detail::is_integer_value<N>();
  static_assert(good, "forge_db: add_days() requires a timestamp or a date, and an integer; cast what is no integer");
  if constexpr (good) {
    return detail::shift_time<detail::time_unit::day>(std::forward<X>(time), std::forward<N>(days));
  }
}

/// The same day so many months later, or the last of that month where it is shorter: January 31st and a month are the
/// last of February.
template <class X, class N>
[[nodiscard]] constexpr auto add_months(X&& time, N&& months) {
  constexpr bool good = detail::is_time_operand<X> && detail::is_integer_value<N>();
  static_assert(good, "forge_db: add_months() requires a timestamp or a date, and an integer; cast what is no integer");
  if constexpr (good) {
    return detail::shift_time<detail::time_unit::month>(std::forward<X>(time), std::forward<N>(months));
  }
}

/// The current time of the database, as canonical text; now_like() for other storages. On SQLite it is that of the
/// statement, to a millisecond, on PostgreSQL that of the transaction. For a time that rows are compared with,
/// timestamp::now() as a value is as good.
[[nodiscard]] constexpr auto now() { return current_time<timestamp, storage::timestamp_text>{}; }

/// The current time, or for a date the current day in UTC, as the values of a column are stored.
template <class X>
[[nodiscard]] constexpr auto now_like(X&& column) {
  static_assert(
      detail::is_time_operand<X>,
      "forge_db: now_like() requires a column or expression that is a timestamp or a date; declare it so in the spec");
  static_cast<void>(column);
  if constexpr (detail::is_time_operand<X>) {
    return current_time<detail::value_of_operand<X>, detail::storage_of_operand<X>>{};
  }
}

}  // namespace forge_db
