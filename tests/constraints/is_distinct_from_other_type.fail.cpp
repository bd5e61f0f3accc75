// expect: forge_db: is_distinct_from() and is_not_distinct_from() require both sides to be of one type
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/distinctness.hpp>
#include <forge_db/query/query.hpp>

#include <optional>

using namespace forge_db;
using namespace library;

auto made(std::optional<int> score) { return is_not_distinct_from(books::title, score); }
