// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/cte.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

constexpr auto good = cte<"good">(select(books::title).from<Book>());
std::string_view text() { return sql<dialect::sqlite>(with(good, select(good[books::title]).from(good))); }
