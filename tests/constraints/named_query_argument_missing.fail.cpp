// expect: forge_db: a named query requires an argument for each parameter behind the session; give the missing one
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <lending/queries.hpp>

auto statement([[maybe_unused]] forge_db::sqlite::read_session& session, [[maybe_unused]] lending::ShelfId shelf) {
  return lending::queries::path_to(session);
}
