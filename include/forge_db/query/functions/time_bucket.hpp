// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/functions/function.hpp>
#include <forge_db/query/functions/time_bucket_text.hpp>
#include <forge_db/query/functions/time_form.hpp>

#include <utility>

namespace forge_db {

/// The beginning of the bucket that a time is in, as a time of the same storage; see time_bucket().
template <bucket Size, expression E>
struct time_bucket_of : detail::composed<time_bucket_of<Size, E>, E> {
  using detail::composed<time_bucket_of, E>::composed;
  using value_type = typename E::value_type;
  using storage_type = typename E::storage_type;

  static constexpr void render(sql_writer& out) {
    detail::render_time_bucket(out, detail::time_form_of<storage_type>, Size, detail::operand_of<E>());
  }
};

/// The hour, day, ISO week, month, quarter or year in UTC that a time is in, as the moment at which it begins:
/// `time_bucket<bucket::month>(loans::lent_at)`. The same on both dialects for every storage, for the years 0001 to
/// 9999; on SQLite, time in a form that no codec reads is NULL, which is a decode_error where the column is required.
template <bucket Size, class X>
[[nodiscard]] constexpr auto time_bucket(X&& operand) {
  constexpr detail::time_form form = detail::time_form_of<detail::storage_of_operand<X>>;
  static_assert(form != detail::time_form::none,
                "forge_db: time_bucket() requires a column or expression that is a timestamp or a date; declare it so "
                "in the spec");
  static_assert(!detail::is_date_form(form) || Size != bucket::hour,
                "forge_db: time_bucket() of a date requires a bucket of a day or more; a date has no hours");
  if constexpr (form != detail::time_form::none) {
    return time_bucket_of<Size, detail::node_for<X>>(detail::node_of(std::forward<X>(operand)));
  }
}

}  // namespace forge_db
