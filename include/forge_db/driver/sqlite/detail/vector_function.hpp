// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>

// forge_l2(a, b), forge_cosine(a, b) and forge_inner(a, b): distances of vectors, blobs of float32 in little-endian
// order.
namespace forge_db::sqlite::detail {

static_assert(std::endian::native == std::endian::little,
              "forge_db: vectors require a little-endian machine; leave driver/sqlite/sqlite_functions.hpp out");

/// Eight numbers, which the compiler puts into the widest registers that the machine it compiles for has.
using eight_floats = float __attribute__((vector_size(32)));

/// Blobs lie anywhere.
inline void load_eight(unsigned char const* from, eight_floats& to) noexcept { std::memcpy(&to, from, sizeof to); }
inline float load_float(unsigned char const* from) noexcept {
  float made = 0;
  std::memcpy(&made, from, sizeof made);
  return made;
}
inline double sum_of_eight(eight_floats const& numbers) noexcept {
  double sum = 0;
  for (int i = 0; i < 8; ++i) sum += static_cast<double>(numbers[i]);
  return sum;
}

struct vector_sums {
  double difference = 0;  ///< The squares of a - b.
  double product = 0;     ///< a * b
  double left = 0;        ///< a * a
  double right = 0;       ///< b * b
};

enum class distance_kind { l2, cosine, inner };

/// Only the sums that a distance needs.
template <distance_kind Kind>
vector_sums sum_vectors(unsigned char const* a, unsigned char const* b, std::size_t count) noexcept {
  eight_floats difference{};
  eight_floats product{};
  eight_floats left{};
  eight_floats right{};
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    eight_floats x;
    eight_floats y;
    load_eight(a + 4 * i, x);
    load_eight(b + 4 * i, y);
    if constexpr (Kind == distance_kind::l2) {
      eight_floats const apart = x - y;
      difference += apart * apart;
    } else {
      product += x * y;
      if constexpr (Kind == distance_kind::cosine) {
        left += x * x;
        right += y * y;
      }
    }
  }
  vector_sums sums{sum_of_eight(difference), sum_of_eight(product), sum_of_eight(left), sum_of_eight(right)};
  for (; i < count; ++i) {
    auto const x = static_cast<double>(load_float(a + 4 * i));
    auto const y = static_cast<double>(load_float(b + 4 * i));
    sums.difference += (x - y) * (x - y);
    sums.product += x * y;
    sums.left += x * x;
    sums.right += y * y;
  }
  return sums;
}

template <distance_kind Kind>
double distance_of(unsigned char const* a, unsigned char const* b, std::size_t count) noexcept {
  vector_sums const sums = sum_vectors<Kind>(a, b, count);
  if constexpr (Kind == distance_kind::l2) return std::sqrt(sums.difference);
  if constexpr (Kind == distance_kind::inner) return -sums.product;
  return 1 - sums.product / std::sqrt(sums.left * sums.right);  // not a number for a vector of zeros: NULL
}

template <distance_kind Kind>
void distance_function(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL || sqlite3_value_type(values[1]) == SQLITE_NULL) {
    return sqlite3_result_null(context);
  }
  bool const blobs = sqlite3_value_type(values[0]) == SQLITE_BLOB && sqlite3_value_type(values[1]) == SQLITE_BLOB;
  auto const* const a = static_cast<unsigned char const*>(sqlite3_value_blob(values[0]));
  auto const* const b = static_cast<unsigned char const*>(sqlite3_value_blob(values[1]));
  int const size = sqlite3_value_bytes(values[0]);
  if (!blobs || size != sqlite3_value_bytes(values[1]) || size == 0 || size % 4 != 0) {
    return sqlite3_result_error(context, "forge_db: a distance requires two vectors of the same dimensions", -1);
  }
  sqlite3_result_double(context, distance_of<Kind>(a, b, static_cast<std::size_t>(size) / 4));
}

inline int register_distances(sqlite3* connection) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  auto const add = [&](char const* name, void (*function)(sqlite3_context*, int, sqlite3_value**)) {
    return sqlite3_create_function_v2(connection, name, 2, flags, nullptr, function, nullptr, nullptr, nullptr);
  };
  int code = add("forge_l2", &distance_function<distance_kind::l2>);
  if (code == SQLITE_OK) code = add("forge_cosine", &distance_function<distance_kind::cosine>);
  return code != SQLITE_OK ? code : add("forge_inner", &distance_function<distance_kind::inner>);
}

}  // namespace forge_db::sqlite::detail
