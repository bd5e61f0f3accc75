// SPDX-License-Identifier: MIT
#pragma once

// All functions of the query language. They cost time to compile: a file that needs few includes their family alone.
#include <forge_db/query/functions/cast.hpp>                // cast<std::int64_t>(x)
#include <forge_db/query/functions/conditional.hpp>         // case_when, coalesce, nullif, greatest, val
#include <forge_db/query/functions/distinct_aggregate.hpp>  // sum_distinct
#include <forge_db/query/functions/distinctness.hpp>        // is_distinct_from
#include <forge_db/query/functions/json_functions.hpp>
#include <forge_db/query/functions/math.hpp>
#include <forge_db/query/functions/percentile.hpp>  // needs driver/sqlite/sqlite_functions.hpp on SQLite
#include <forge_db/query/functions/random_order.hpp>
#include <forge_db/query/functions/text.hpp>
#include <forge_db/query/functions/time.hpp>             // time_bucket, extract, add_months, now
#include <forge_db/query/functions/vector_distance.hpp>  // needs it, too
#include <forge_db/query/functions/window.hpp>           // row_number().over(...)
