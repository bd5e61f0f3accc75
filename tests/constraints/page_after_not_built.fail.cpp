// expect: forge_db: page_after() is not supported yet
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

void text() { static_cast<void>(select<Book>().page_after(std::string(), 20)); }
