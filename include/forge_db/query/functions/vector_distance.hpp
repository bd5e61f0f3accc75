// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/vector.hpp>
#include <forge_db/query/functions/function.hpp>
#include <forge_db/schema/codec_vector.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

// Distances of vectors. On PostgreSQL they are pgvector's operators, on SQLite functions of ours over every row that is
// asked about: include driver/sqlite/sqlite_functions.hpp in one file of the program. The nearest ten, in the order
// that an index of pgvector has, which is with NULLs last:
//
//     select(notes::id).from<Note>().order_by(l2_distance(notes::embedding, wanted).asc().nulls_last()).limit(10)
namespace forge_db {

namespace detail {

struct l2_text {
  static constexpr std::string_view sqlite = "forge_l2(@1, @2)";
  static constexpr std::string_view postgres = "(~1 <-> ~2)";
};
struct cosine_text {
  static constexpr std::string_view sqlite = "forge_cosine(@1, @2)";
  static constexpr std::string_view postgres = "nullif(~1 <=> ~2, 'NaN')";
  static constexpr null_rule nulls = null_rule::always;
};
struct inner_text {
  static constexpr std::string_view sqlite = "forge_inner(@1, @2)";
  static constexpr std::string_view postgres = "(~1 <#> ~2)";
};

template <class T>
inline constexpr std::size_t vector_dimensions = 0;
template <std::size_t N>
inline constexpr std::size_t vector_dimensions<vector<N>> = N;

template <class X>
consteval std::size_t dimensions_of() {
  if constexpr (is_operand<X>) {
    return vector_dimensions<value_of_operand<X>>;
  } else {
    return vector_dimensions<std::remove_cvref_t<X>>;
  }
}

template <class Text, class X, class Y>
constexpr auto vector_distance(X&& from, Y&& to) {
  constexpr std::size_t dimensions = is_operand<X> ? dimensions_of<X>() : 0;
  static_assert(dimensions > 0, "forge_db: a distance requires a vector column first; put the vector second");
  static_assert(
      dimensions_of<X>() == dimensions_of<Y>(),
      "forge_db: a distance requires two vectors of the same dimensions; give a forge_db::vector of the column's");
  if constexpr (dimensions > 0 && dimensions_of<X>() == dimensions_of<Y>()) {
    if constexpr (is_operand<Y>) {
      return call<Text, double, storage::real>(node_of(std::forward<X>(from)), node_of(std::forward<Y>(to)));
    } else {
      using like = node_for<X>;
      return call<Text, double, storage::real>(
          node_of(std::forward<X>(from)), bound_value<typename like::value_type, typename like::storage_type, true>(
                                              std::in_place, std::forward<Y>(to)));
    }
  }
}

}  // namespace detail

/// The length of the difference.
template <class X, class Y>
[[nodiscard]] constexpr auto l2_distance(X&& from, Y&& to) {
  return detail::vector_distance<detail::l2_text>(std::forward<X>(from), std::forward<Y>(to));
}

/// 1 minus the cosine of the angle between: 0 for the same direction, 2 for the opposite one. NULL beside a vector of
/// zeros, which has no direction.
template <class X, class Y>
[[nodiscard]] constexpr auto cosine_distance(X&& from, Y&& to) {
  return detail::vector_distance<detail::cosine_text>(std::forward<X>(from), std::forward<Y>(to));
}

/// The inner product with the sign turned, so that the nearest is the least.
template <class X, class Y>
[[nodiscard]] constexpr auto negative_inner_product(X&& from, Y&& to) {
  return detail::vector_distance<detail::inner_text>(std::forward<X>(from), std::forward<Y>(to));
}

}  // namespace forge_db
