// SPDX-License-Identifier: MIT
#pragma once

// The repository of the view in view_row.hpp, which has no key, as the generator would write it.

#include "support/view_row.hpp"

#include <forge_db/repository/view_repository.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace tests {

struct StockFilter {
  std::optional<std::string> title{};
};

enum class StockSort {
  copies,
  title,
};

}  // namespace tests

template <>
struct forge_db::repository_traits<tests::Stock> {
  using filter_type = tests::StockFilter;
  using sort_type = tests::StockSort;
  using filters = forge_db::filter_list<forge_db::filter_contains<&tests::StockFilter::title, tests::stock::title_t>>;
  using sorts = forge_db::column_list<tests::stock::copies_t, tests::stock::title_t>;
  static constexpr sort_type default_sort = sort_type::copies;
  static constexpr forge_db::direction default_direction = forge_db::direction::ascending;
  static constexpr std::size_t default_page_size = 20;
  static constexpr std::size_t max_page_size = 100;
};

namespace tests {

template <class Session>
class StockRepository : public forge_db::view_repository<Stock, Session> {
 public:
  using forge_db::view_repository<Stock, Session>::view_repository;
};
template <class Session>
StockRepository(Session&) -> StockRepository<Session>;

}  // namespace tests
