// SPDX-License-Identifier: MIT
#include <lending/queries.hpp>

#include <deque>
#include <vector>

auto statement(std::vector<lending::BookId> const& ids) {
  return lending::queries::titles_without(ids, forge_db::null);
}
