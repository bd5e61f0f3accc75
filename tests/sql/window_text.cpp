// SPDX-License-Identifier: MIT
// Window functions, as text.
#include "sql/sql_of.hpp"

#include <measures/models.hpp>

#include <forge_db/query/functions/window.hpp>

#include <concepts>
#include <optional>
#include <tuple>

namespace {

using namespace forge_db;
using namespace measures::samples;
using measures::Sample;

auto const ranked =
    select(row_number().over(partition_by(grade), order_by(whole.desc(), small.asc())),
           sum(whole).over(order_by(measures::samples::id.asc()), rows_between(preceding<2>, current_row)),
           avg(maybe).filter(flag == true).over(partition_by(grade)), lag(whole, 2, 0).over(order_by(real.asc())),
           count().over(), ntile(4).over(order_by(real.asc())), lead(word).over(order_by(real.asc())),
           max(real).over(order_by(real.asc()), rows_between(following<1>, following<2>)))
        .from<Sample>()
        .where(whole > 3)
        .order_by(rank().over(order_by(whole.asc())).desc());
static_assert(
    sqlite_of<decltype(ranked)> ==
    R"(select row_number() over (partition by "grade" order by "whole" desc, "small" nulls first), )"
    R"(sum("whole") over (order by "id" rows between 2 preceding and current row), )"
    R"(avg("maybe") filter (where "flag" = ?) over (partition by "grade"), lag("whole", ?, ?) over (order by "real"), )"
    R"(count(*) over (), ntile(?) over (order by "real"), lead("word", ?) over (order by "real"), )"
    R"(max("real") over (order by "real" rows between 1 following and 2 following) )"
    R"(from "samples" where "whole" > ? order by rank() over (order by "whole") desc nulls last)");
static_assert(postgres_of<decltype(ranked)> ==
              R"(select row_number() over (partition by "grade" order by "whole" desc, "small" nulls first), )"
              R"(sum("whole") over (order by "id" rows between 2 preceding and current row)::bigint, )"
              R"(avg("maybe") filter (where "flag" = $1) over (partition by "grade")::double precision, )"
              R"(lag("whole", $2::integer, $3::bigint) over (order by "real"), count(*) over (), )"
              R"(ntile($4::integer) over (order by "real")::bigint, lead("word", $5::integer) over (order by "real"), )"
              R"(max("real") over (order by "real" rows between 1 following and 2 following) )"
              R"(from "samples" where "whole" > $6 order by rank() over (order by "whole") desc nulls last)");

// What can be missing: a filter's rows, a neighbour, a frame of other rows.
static_assert(std::same_as<typename decltype(ranked)::row_type,
                           std::tuple<std::int64_t, std::int64_t, std::optional<double>, std::int64_t, std::int64_t,
                                      std::int64_t, std::optional<std::string>, std::optional<double>>>);

// In a grouped statement a window is over the groups.
auto const groups = select(grade, sum(whole), rank().over(order_by(sum(whole).desc()))).from<Sample>().group_by(grade);
static_assert(sqlite_of<decltype(groups)> ==
              R"(select "grade", sum("whole"), rank() over (order by sum("whole") desc nulls last) from "samples" )"
              R"(group by "grade")");

auto const framed = select(count().over(order_by(whole.asc()), range_between(unbounded_preceding, current_row)),
                           count().over(order_by(whole.asc()), groups_between(preceding<1>, unbounded_following)))
                        .from<Sample>();
static_assert(sqlite_of<decltype(framed)> ==
              R"(select count(*) over (order by "whole" range between unbounded preceding and current row), )"
              R"(count(*) over (order by "whole" groups between 1 preceding and unbounded following) from "samples")");

auto const placed = select(dense_rank().over(order_by(whole.asc())), percent_rank().over(order_by(whole.asc())),
                           cume_dist().over(order_by(whole.asc())), first_value(word).over(order_by(whole.asc())),
                           last_value(word).over(order_by(whole.asc())), nth_value(word, 2).over(order_by(whole.asc())))
                        .from<Sample>();
static_assert(
    sqlite_of<decltype(placed)> ==
    R"(select dense_rank() over (order by "whole"), percent_rank() over (order by "whole"), )"
    R"(cume_dist() over (order by "whole"), first_value("word") over (order by "whole"), )"
    R"(last_value("word") over (order by "whole"), nth_value("word", ?) over (order by "whole") from "samples")");
static_assert(postgres_of<decltype(placed)> ==
              R"(select dense_rank() over (order by "whole"), percent_rank() over (order by "whole"), )"
              R"(cume_dist() over (order by "whole"), first_value("word") over (order by "whole"), )"
              R"(last_value("word") over (order by "whole"), nth_value("word", $1::integer) over (order by "whole") )"
              R"(from "samples")");

}  // namespace
