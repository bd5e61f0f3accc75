// expect: forge_db: preview_purge() and purge_cascade() require a table with soft_delete; say preview_remove() and
// SPDX-License-Identifier: MIT
#include <desk/folders_repository.hpp>

#include <forge_db/session/session.hpp>

auto told(forge_db::sqlite::read_session& session) {
  return desk::FolderRepository{session}.preview_purge(desk::FolderId{1});
}
