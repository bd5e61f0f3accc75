// SPDX-License-Identifier: MIT
// Functions of time, as text.
#include "sql/sql_of.hpp"

#include <measures/models.hpp>

#include <forge_db/query/functions/time.hpp>

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

// What SQLite answers is compared with the calendar in runtime/functions/time_test.cpp.
constexpr auto parts =
    select(extract<time_part::iso_week>(moments::plain), extract<time_part::second>(moments::unix_ms),
           extract<time_part::iso_weekday>(moments::day), unix_seconds(moments::iso), unix_days(moments::unix_us),
           unix_days(moments::day_number), seconds_between(moments::plain, moments::day),
           days_between(moments::day, moments::unix_s))
        .from<Moment>();
static_assert(postgres_of<decltype(parts)> ==
              R"(select floor(extract(week from "plain" at time zone 'UTC'))::bigint, )"
              R"(floor(extract(second from "unix_ms" at time zone 'UTC'))::bigint, )"
              R"(floor(extract(isodow from "day"))::bigint, floor(extract(epoch from "iso"))::bigint, )"
              R"((("unix_us" at time zone 'UTC')::date - date '1970-01-01')::bigint, )"
              R"(("day_number" - date '1970-01-01')::bigint, )"
              R"(floor(extract(epoch from "day"))::bigint - floor(extract(epoch from "plain"))::bigint, )"
              R"((("unix_s" at time zone 'UTC')::date - date '1970-01-01')::bigint - )"
              R"(("day" - date '1970-01-01')::bigint from "moments")");

constexpr auto later =
    select(add_seconds(moments::plain, 5), add_days(moments::iso, 1), add_months(moments::unix_us, 2),
           add_days(moments::day, moments::id), add_months(moments::day_number, 1))
        .from<Moment>();
static_assert(postgres_of<decltype(later)> ==
              R"(select ("plain" + make_interval(secs => $1::double precision)), )"
              R"((("iso" at time zone 'UTC' + make_interval(days => $2::integer)) at time zone 'UTC'), )"
              R"((("unix_us" at time zone 'UTC' + make_interval(months => $3::integer)) at time zone 'UTC'), )"
              R"(("day" + "id"::integer), ("day_number" + make_interval(months => $4::integer))::date from "moments")");

constexpr auto current = select(now(), now_like(moments::unix_s), now_like(moments::day)).from<Moment>();
static_assert(sqlite_of<decltype(current)> ==
              R"(select strftime('%Y-%m-%d %H:%M:%f000', 'now'), cast(strftime('%s', 'now') as integer), date('now') )"
              R"(from "moments")");
static_assert(postgres_of<decltype(current)> ==
              R"(select now(), now(), (now() at time zone 'UTC')::date from "moments")");

}  // namespace
