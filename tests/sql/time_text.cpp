// SPDX-License-Identifier: MIT
// Functions of time, as text.
#include "sql/sql_of.hpp"

#include <measures/models.hpp>

#include <forge_db/query/functions/time_bucket.hpp>

namespace {

using namespace forge_db;
using namespace measures;

constexpr auto buckets =
    select(time_bucket<bucket::hour>(moments::unix_s), time_bucket<bucket::week>(moments::unix_ms),
           time_bucket<bucket::year>(moments::day), time_bucket<bucket::quarter>(moments::day_number))
        .from<Moment>();
static_assert(
    sql<dialect::sqlite>(buckets) ==
    R"(select ("unix_s" - ("unix_s" % 3600 + 3600) % 3600), )"
    R"(("unix_ms" - (("unix_ms" - 345600000) % 604800000 + 604800000) % 604800000), )"
    R"(strftime('%Y-%m-%d', "day", 'start of year'), )"
    R"(cast(strftime('%Y%m%d', printf('%04d-%02d-%02d', "day_number" / 10000, "day_number" / 100 % 100, )"
    R"("day_number" % 100), 'start of month', '-' || ((strftime('%m', printf('%04d-%02d-%02d', "day_number" / 10000, )"
    R"("day_number" / 100 % 100, "day_number" % 100)) + 2) % 3) || ' months') as integer) from "moments")");
static_assert(sql<dialect::postgres>(buckets) ==
              R"(select date_trunc('hour', "unix_s", 'UTC'), date_trunc('week', "unix_ms", 'UTC'), )"
              R"(date_trunc('year', "day"::timestamp)::date, date_trunc('quarter', "day_number"::timestamp)::date )"
              R"(from "moments")");

// Text of other programs may have an offset; what is finer than a second is cut off before SQLite rounds it.
constexpr auto months = select(time_bucket<bucket::month>(moments::seconds)).from<Moment>();
static_assert(
    sql<dialect::sqlite>(months) ==
    R"(select strftime('%Y-%m-%d 00:00:00', substr("seconds", 1, 19) || case when substr("seconds", 20) )"
    R"(not glob '*[+-]*' then '' when substr("seconds", -3) glob '[+-]*' then substr("seconds", -3) || ':00' )"
    R"(else substr("seconds", -6) end, 'start of month') from "moments")");

}  // namespace
