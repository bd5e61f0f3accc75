// expect: forge_db: a named query requires the items of a list to be of its type; convert them
// SPDX-License-Identifier: MIT
#include <lending/queries.hpp>

auto statement(std::vector<lending::LoanId> const& ids) {
  return lending::queries::titles_without(ids, forge_db::null);
}
