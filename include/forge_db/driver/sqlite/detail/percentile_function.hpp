// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

// forge_percentile_cont(p, x) and forge_percentile_disc(p, x): exact, as PostgreSQL's percentile_cont and
// percentile_disc. They keep the numbers of the group in memory, 8 bytes each, and do not sort them.
namespace forge_db::sqlite::detail {

struct percentile_state {
  std::vector<double> reals;
  std::vector<std::int64_t> integers;
  double fraction = 0;
};

/// SQLite zeroes what it gives: a null pointer before the first row.
inline percentile_state** percentile_slot(sqlite3_context* context, int size) {
  return static_cast<percentile_state**>(sqlite3_aggregate_context(context, size));
}

/// A percentile of integers that has to be one of them keeps them as they are.
template <bool Discrete>
void percentile_step(sqlite3_context* context, int, sqlite3_value** values) {
  int const type = sqlite3_value_numeric_type(values[1]);
  if (type == SQLITE_NULL) return;
  if (type != SQLITE_INTEGER && type != SQLITE_FLOAT) {
    return sqlite3_result_error(context, "forge_db: a percentile requires numbers; cast what is none", -1);
  }
  percentile_state** const slot = percentile_slot(context, sizeof(percentile_state*));
  if (slot == nullptr) return sqlite3_result_error_nomem(context);
  try {
    if (*slot == nullptr) {
      *slot = new percentile_state;
      (*slot)->fraction = sqlite3_value_double(values[0]);
    }
    if (Discrete && type == SQLITE_INTEGER) {
      (*slot)->integers.push_back(sqlite3_value_int64(values[1]));
    } else {
      (*slot)->reals.push_back(sqlite3_value_double(values[1]));
    }
  } catch (std::bad_alloc const&) {
    sqlite3_result_error_nomem(context);
  }
}

template <class Number>
Number nth_smallest(std::vector<Number>& numbers, std::size_t n) {
  auto const place = numbers.begin() + static_cast<std::ptrdiff_t>(n);
  std::nth_element(numbers.begin(), place, numbers.end());
  return *place;
}

/// Between the two numbers around the place p * (n - 1), in proportion.
inline double continuous_percentile(std::vector<double>& numbers, double fraction) {
  double const place = fraction * static_cast<double>(numbers.size() - 1);
  auto const below = static_cast<std::size_t>(std::floor(place));
  double const low = nth_smallest(numbers, below);
  double const share = place - static_cast<double>(below);
  if (share == 0) return low;
  double const high = *std::min_element(numbers.begin() + static_cast<std::ptrdiff_t>(below) + 1, numbers.end());
  return low + share * (high - low);
}

/// Where the first number stands that at least a share of `fraction` of all is not greater than.
inline std::size_t discrete_place(std::size_t count, double fraction) {
  auto const place = static_cast<std::size_t>(std::ceil(fraction * static_cast<double>(count)));
  return place == 0 ? 0 : place - 1;
}

template <bool Discrete>
void percentile_final(sqlite3_context* context) {
  percentile_state** const slot = percentile_slot(context, 0);
  if (slot == nullptr || *slot == nullptr) return sqlite3_result_null(context);
  percentile_state& state = **slot;
  if (!Discrete) {
    sqlite3_result_double(context, continuous_percentile(state.reals, state.fraction));
  } else if (state.reals.empty()) {
    auto const place = discrete_place(state.integers.size(), state.fraction);
    sqlite3_result_int64(context, nth_smallest(state.integers, place));
  } else {  // a column of real numbers may hold some as integers
    state.reals.insert(state.reals.end(), state.integers.begin(), state.integers.end());
    sqlite3_result_double(context, nth_smallest(state.reals, discrete_place(state.reals.size(), state.fraction)));
  }
  delete *slot;
  *slot = nullptr;
}

inline int register_percentiles(sqlite3* connection) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  int const code = sqlite3_create_function_v2(connection, "forge_percentile_cont", 2, flags, nullptr, nullptr,
                                              &percentile_step<false>, &percentile_final<false>, nullptr);
  if (code != SQLITE_OK) return code;
  return sqlite3_create_function_v2(connection, "forge_percentile_disc", 2, flags, nullptr, nullptr,
                                    &percentile_step<true>, &percentile_final<true>, nullptr);
}

}  // namespace forge_db::sqlite::detail
