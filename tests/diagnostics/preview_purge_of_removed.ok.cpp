// SPDX-License-Identifier: MIT
#include <desk/folders_repository.hpp>

#include <forge_db/session/session.hpp>

auto told(forge_db::sqlite::read_session& session) {
  return desk::FolderRepository{session}.preview_remove(desk::FolderId{1});
}
