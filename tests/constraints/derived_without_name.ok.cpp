// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/derived.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return derived<"sizes">(select(as<"n">(count())).from<Book>()); }
