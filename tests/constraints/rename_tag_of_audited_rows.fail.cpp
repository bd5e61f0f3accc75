// expect: forge_db: rename_tag() of an audited table is not supported yet; use remove_tags() and add_tags() of each row
// SPDX-License-Identifier: MIT
#include <desk/members_repository.hpp>

#include <forge_db/session/session.hpp>

auto made(forge_db::sqlite::write_session& session) {
  return desk::MemberRepository{session, "a"}.rename_tag("urgent", "soon");
}
