// SPDX-License-Identifier: MIT
// Which aggregates have a form for the different values alone: of any other one no text is made.
#include <library/models.hpp>

#include <forge_db/query/functions/distinct_aggregate.hpp>
#include <forge_db/query/query.hpp>

namespace {

using namespace forge_db;
using score = detail::node_for<library::books::score_t>;

template <class Aggregate>
concept has_distinct_call = requires {
  detail::distinct_call<Aggregate>::begin;
};

static_assert(has_distinct_call<sum_of<score>>);
static_assert(has_distinct_call<avg_of<score>>);
static_assert(!has_distinct_call<extreme_of<score, true>>);

}  // namespace
