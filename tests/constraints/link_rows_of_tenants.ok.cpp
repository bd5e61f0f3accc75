// SPDX-License-Identifier: MIT
#include <vault/files_relations.hpp>
#include <vault/files_repository.hpp>

#include <forge_db/session/session.hpp>

using namespace vault;

auto read(forge_db::sqlite::write_session& session) {
  return FileRepository{session, "a"}.with(files::words).get(FileId{1});
}
