// expect: forge_db: a select under a name requires each of its columns to have a name of its own; say as<"name">(...)
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/derived.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return derived<"sizes">(select(count()).from<Book>()); }
