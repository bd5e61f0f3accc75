// expect: forge_db: preview_remove() and remove_cascade() require a table without soft_delete, whose remove() only
// SPDX-License-Identifier: MIT
#include <desk/projects_repository.hpp>

#include <forge_db/session/session.hpp>

auto told(forge_db::sqlite::read_session& session) {
  return desk::ProjectRepository{session}.preview_remove(desk::ProjectId{1});
}
