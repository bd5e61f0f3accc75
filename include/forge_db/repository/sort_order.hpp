// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/order.hpp>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>

namespace forge_db {

/// One column of an order. Without a direction, the default sort column has the spec's and every other is ascending.
/// NULL sorts below every value unless `place` says otherwise.
template <class Sort>
struct sort_term {
  Sort column;
  std::optional<direction> way;
  nulls place;

  constexpr sort_term(Sort by, std::optional<direction> w = std::nullopt,  // NOLINT(google-explicit-constructor)
                      nulls p = nulls::lowest) noexcept
      : column(by), way(w), place(p) {}
};

/// The columns that a list is sorted by, the first one first, each with a direction of its own; none is the table's
/// default sort. What is alike in all of them is ordered by key, in the first column's direction; an order that names
/// the key's columns says it otherwise.
///
///     books.page_after(filter, {{BookSort::score, direction::descending}, BookSort::title});
template <class Sort>
class sort_order {
 public:
  using term = sort_term<Sort>;
  static constexpr std::size_t capacity = 4;

  constexpr sort_order() noexcept = default;
  constexpr sort_order(Sort column) noexcept : size_(1) {  // NOLINT(google-explicit-constructor): the same thing
    terms_[0] = term(column);
  }
  /// Throws invalid_value for more columns than `capacity`, and for a column that comes twice.
  sort_order(std::initializer_list<term> terms) : sort_order(std::span<term const>(terms.begin(), terms.size())) {}
  explicit sort_order(std::span<term const> terms) {
    if (terms.size() > capacity) {
      throw invalid_value("forge_db: an order requires at most " + std::to_string(capacity) +
                          " sort columns; leave out the last ones");
    }
    for (term const& added : terms) {
      for (term const& before : *this) {
        if (before.column == added.column) {
          throw invalid_value("forge_db: an order requires each sort column once; leave out the second");
        }
      }
      terms_[size_++] = added;
    }
  }

  [[nodiscard]] constexpr term const* begin() const noexcept { return terms_.data(); }
  [[nodiscard]] constexpr term const* end() const noexcept { return terms_.data() + size_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }

 private:
  std::array<term, capacity> terms_{Sort{}, Sort{}, Sort{}, Sort{}};
  std::size_t size_ = 0;
};

}  // namespace forge_db
