// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto made() { return insert(NewBook{.isbn = "1", .title = "x"}); }
