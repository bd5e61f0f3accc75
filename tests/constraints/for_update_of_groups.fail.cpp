// expect: forge_db: for_update() and for_share() require a select of rows as they are; leave distinct(), groups
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/row_lock.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return for_update(select(books::title).from<Book>().distinct()); }
