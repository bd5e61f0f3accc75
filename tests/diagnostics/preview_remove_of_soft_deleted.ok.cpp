// SPDX-License-Identifier: MIT
#include <desk/projects_repository.hpp>

#include <forge_db/session/session.hpp>

auto told(forge_db::sqlite::read_session& session) {
  return desk::ProjectRepository{session}.preview_purge(desk::ProjectId{1});
}
