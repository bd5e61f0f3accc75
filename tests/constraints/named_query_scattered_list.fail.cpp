// expect: forge_db: a list of a named query requires a contiguous sequence, such as a vector; copy the values
// SPDX-License-Identifier: MIT
#include <lending/queries.hpp>

#include <deque>
#include <vector>

auto statement(std::deque<lending::BookId> const& ids) { return lending::queries::titles_without(ids, forge_db::null); }
