// expect: forge_db: with() requires rows of a table with a scope to be related to rows of the same scope
// SPDX-License-Identifier: MIT
#include <vault/auditors_relations.hpp>
#include <vault/files_relations.hpp>

#include <forge_db/session/session.hpp>

using namespace vault;

auto read(forge_db::sqlite::read_session& session, Auditor const& row) { return load(session, row, auditors::file); }
