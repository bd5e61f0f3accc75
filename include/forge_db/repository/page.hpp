// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace forge_db {

/// Which page of a list: pages count from 1; an unset size is the table's default. With an `offset` the page begins
/// behind so many rows, wherever pages begin otherwise.
struct offset_page {
  std::size_t page = 1;
  std::optional<std::size_t> per_page{};
  std::optional<std::size_t> offset{};
};

/// A page of a list, and how long the whole list is.
template <class Row>
struct page {
  std::vector<Row> rows{};
  std::int64_t total = 0;  ///< Rows of all pages.
  std::size_t number = 1;  ///< Of this page.
  std::size_t size = 0;    ///< The most rows that a page can have.

  [[nodiscard]] std::size_t pages() const noexcept {
    return size == 0 ? 0 : (static_cast<std::size_t>(total) + size - 1) / size;
  }
  [[nodiscard]] bool has_next() const noexcept { return number < pages(); }
};

namespace detail {

struct row_window {
  std::int64_t limit;
  std::int64_t offset;

  /// Of the page in which the first row lies.
  [[nodiscard]] std::size_t number() const noexcept { return static_cast<std::size_t>(offset / limit) + 1; }
};

/// Of whom window_of() speaks when it refuses, and how its pages become larger.
struct page_words {
  char const* call = "list()";
  char const* cure = "ask for several pages, or raise `page: {max: ...}` in the spec";
};

[[noreturn]] inline void refuse_page(page_words const& of, std::string const& rule) {
  throw invalid_value(std::string("forge_db: ") + of.call + " requires its page " + rule);
}

/// Throws invalid_value for a page 0, and for a size that is 0 or above `max_size`.
inline row_window window_of(offset_page const& asked, std::size_t default_size, std::size_t max_size,
                            page_words const& of = {}) {
  std::size_t const size = asked.per_page.value_or(default_size);
  if (asked.page == 0) refuse_page(of, "to be 1 or more; pages count from 1");
  if (size == 0 || size > max_size) refuse_page(of, "size to be 1 to " + std::to_string(max_size) + "; " + of.cure);
  constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  if (asked.page - 1 > limit / size || asked.offset.value_or(0) > limit) {
    refuse_page(of, "to be within reach; there is no row so far back");
  }
  return {static_cast<std::int64_t>(size), static_cast<std::int64_t>(asked.offset.value_or((asked.page - 1) * size))};
}

}  // namespace detail
}  // namespace forge_db
