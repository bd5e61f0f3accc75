// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace library;

auto titles(sqlite::read_session& session) { return session.all(select(books::title).from<Book>()); }
