// SPDX-License-Identifier: MIT
#include <desk/notes_repository.hpp>

#include <forge_db/session/session.hpp>

auto made(forge_db::sqlite::write_session& session) {
  return desk::NoteRepository{session}.rename_tag("urgent", "soon");
}
