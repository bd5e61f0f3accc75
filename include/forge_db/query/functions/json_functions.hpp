// SPDX-License-Identifier: MIT
#pragma once

// JSON: what is inside, changed, made, and as a table.
#include <forge_db/query/functions/json_build.hpp>   // json_object, json_array, json_agg, json_object_agg
#include <forge_db/query/functions/json_change.hpp>  // json_set, json_insert, json_replace, json_remove, json_append
#include <forge_db/query/functions/json_each.hpp>    // a list as a table
#include <forge_db/query/functions/json_read.hpp>    // json_get, json_kind, json_length, json_contains
