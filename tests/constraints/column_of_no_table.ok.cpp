// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/condition_value.hpp>
#include <forge_db/query/no_table.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() { return sql<dialect::sqlite>(select(val(1)).from(no_table)); }
