// SPDX-License-Identifier: MIT
#pragma once

// Statements within statements, and those of many rows at once; a program that does not use them does not include them.
#include <forge_db/query/conflict_set.hpp>   // upserts by assignments and conditions
#include <forge_db/query/cte.hpp>            // with
#include <forge_db/query/derived.hpp>        // selects to select from
#include <forge_db/query/explain.hpp>        // the plan of a statement
#include <forge_db/query/insert_select.hpp>  // insert into ... select
#include <forge_db/query/no_table.hpp>       // select ... without a table
#include <forge_db/query/outer.hpp>          // columns of the statement around a subquery
#include <forge_db/query/partial_index.hpp>  // on_conflict of an index with a condition
#include <forge_db/query/recursive.hpp>      // with recursive
#include <forge_db/query/returning.hpp>      // expressions in returning()
#include <forge_db/query/row_lock.hpp>       // for update, for share
#include <forge_db/query/row_value.hpp>      // (a, b) in ..., keys of many rows
#include <forge_db/query/set_operation.hpp>  // union, intersect, except
#include <forge_db/query/subquery.hpp>       // scalar, exists, in
#include <forge_db/query/update_each.hpp>    // an update of many rows by a span
#include <forge_db/query/update_from.hpp>    // update ... from
