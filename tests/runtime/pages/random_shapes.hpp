// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/pages/workshop.hpp"

#include <cstddef>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tests {

/// Filters, orders and patches of which most fields are unset.
class random_shapes {
 public:
  explicit random_shapes(unsigned seed) : random_(seed) {}

  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  bool rarely() { return below(8) == 0; }

  std::string word() { return std::vector<std::string>{"", "a", "Ä", "b'; drop table runs; --", "%"}[at(5)]; }
  workshop::run_state state() { return static_cast<workshop::run_state>(below(3)); }

  template <class T, class Make>
  forge_db::range<T> some_range(Make make) {
    forge_db::range<T> made;
    if (rarely()) made.from = make();
    if (rarely()) made.to = make();
    made.excludes_from = below(2) == 0;
    made.excludes_to = below(2) == 0;
    return made;
  }

  workshop::RunFilter filter() {
    workshop::RunFilter made;
    if (rarely()) made.name = word();
    if (rarely()) made.name_not = word();
    if (rarely()) made.name_in = std::vector<std::string>(at(4), word());
    if (rarely()) made.name_not_in = std::vector<std::string>(at(4), word());
    if (rarely()) made.name_contains = word();
    if (rarely()) made.name_starts_with = word();
    if (rarely()) made.project = word();
    if (rarely()) made.project_is_null = below(2) == 0;
    if (rarely()) made.state = state();
    if (rarely()) made.state_in = std::vector<workshop::run_state>(at(3), state());
    if (rarely()) made.state_not_in = std::vector<workshop::run_state>(at(3), state());
    if (rarely()) made.score_is_null = below(2) == 0;
    if (rarely()) made.tags = word();
    if (rarely()) made.code = word();
    if (rarely()) made.search = word();
    made.score = some_range<double>([&] { return below(8) / 2.0; });
    made.tokens = some_range<std::int64_t>([&] { return below(6) - 2; });
    made.started_at = some_range<forge_db::timestamp>([&] { return tests::moment_of(below(40)); });
    return made;
  }

  forge_db::sort_order<workshop::RunSort> order() {
    std::vector<forge_db::sort_term<workshop::RunSort>> terms;
    std::set<workshop::RunSort> used;
    for (int i = below(4); i > 0; --i) {
      auto const column = static_cast<workshop::RunSort>(below(10));
      if (!used.insert(column).second) continue;
      terms.emplace_back(column, below(2) == 0 ? forge_db::direction::ascending : forge_db::direction::descending,
                         static_cast<forge_db::nulls>(below(3)));
    }
    return forge_db::sort_order<workshop::RunSort>(terms);
  }

  workshop::RunPatch patch() {
    workshop::RunPatch made;
    if (below(3) == 0) made.name = word();
    if (below(3) == 0) made.project = word();
    if (below(3) == 0) made.score = forge_db::null;
    if (below(3) == 0) made.tokens = below(5);
    if (below(3) == 0) made.due_on = forge_db::date();
    if (below(3) == 0) made.code = word();
    return made;
  }

 private:
  std::size_t at(int limit) { return static_cast<std::size_t>(below(limit)); }
  std::mt19937 random_;
};

}  // namespace tests
