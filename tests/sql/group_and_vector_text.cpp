// SPDX-License-Identifier: MIT
// Percentiles and distances of vectors, as text.
#include "sql/sql_of.hpp"

#include <measures/models.hpp>

#include <forge_db/query/functions/percentile.hpp>
#include <forge_db/query/functions/vector_distance.hpp>

namespace {

using namespace forge_db;
using namespace measures::samples;

auto const percentiles =
    select(median(real + 1.0), percentile_disc(0.9, price).filter(whole > 3)).from<measures::Sample>();
static_assert(
    sqlite_of<decltype(percentiles)> ==
    R"(select forge_percentile_cont(?, "real" + ?), forge_percentile_disc(?, "price") filter (where "whole" > ?) )"
    R"(from "samples")");
static_assert(postgres_of<decltype(percentiles)> ==
              R"(select percentile_cont($1::double precision) within group (order by "real" + $2), )"
              R"(percentile_disc($3::double precision) within group (order by "price") filter (where "whole" > $4) )"
              R"(from "samples")");

auto const nearest = select(measures::notes::id, cosine_distance(measures::notes::embedding, vector<3>{}))
                         .from<measures::Note>()
                         .order_by(l2_distance(measures::notes::embedding, vector<3>{}).asc().nulls_last())
                         .limit(10);
static_assert(
    sqlite_of<decltype(nearest)> ==
    R"(select "id", forge_cosine("embedding", ?) from "notes" order by forge_l2("embedding", ?) nulls last limit ?)");
static_assert(postgres_of<decltype(nearest)> ==
              R"(select "id", nullif("embedding" <=> $1::vector, 'NaN') from "notes" )"
              R"(order by ("embedding" <-> $2::vector) nulls last limit $3)");

}  // namespace
