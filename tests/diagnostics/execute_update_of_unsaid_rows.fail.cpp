// expect: forge_db: update requires where(); say .all_rows() to change every row of the table
// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace library;

auto run(sqlite::write_session& session) { return session.execute(update<Book>().set(books::title = "x")); }
