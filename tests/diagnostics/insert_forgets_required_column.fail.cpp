// expect: forge_db: insert requires a value for every column without a default; name it in the initialiser
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto made() { return insert(NewBook{.isbn = "1"}); }
