// expect: forge_db: link() requires tables without a scope; write the link table by its repository
// SPDX-License-Identifier: MIT
#include <vault/files_relations.hpp>
#include <vault/files_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace vault;

bool link(forge_db::sqlite::write_session& session) {
  return FileRepository{session, "a"}.link(FileId{1}, files::words, WordId{1});
}
