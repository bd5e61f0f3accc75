// SPDX-License-Identifier: MIT
#pragma once

// Statements, from columns to text and bound values. In the order in which to read them:
#include <forge_db/query/aggregate.hpp>          // count, sum, avg, min, max, string_agg
#include <forge_db/query/alias.hpp>              // a table a second time
#include <forge_db/query/column_operations.hpp>  // conditions, order terms and assignments, made by columns
#include <forge_db/query/insert.hpp>
#include <forge_db/query/mask_cache.hpp>  // prepared statements of variable shape
#include <forge_db/query/remove.hpp>
#include <forge_db/query/render.hpp>    // the text of a statement, per dialect
#include <forge_db/query/row_view.hpp>  // rows seen in place
#include <forge_db/query/select.hpp>
#include <forge_db/query/statement.hpp>  // what a session can run
#include <forge_db/query/update.hpp>
