// SPDX-License-Identifier: MIT
#include <vault/auditors_relations.hpp>
#include <vault/files_relations.hpp>

#include <forge_db/session/session.hpp>

using namespace vault;

auto read(forge_db::sqlite::read_session& session, File const& row) { return load(session, row, files::folder); }
