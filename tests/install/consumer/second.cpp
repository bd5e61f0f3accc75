// SPDX-License-Identifier: MIT
// A second file with the same headers: everything in them must be inline. It also uses the component `json`.
#include <notes/migrations.hpp>
#include <notes/repositories.hpp>

#include <forge_db/core/json_value.hpp>
#include <forge_db/forge_db.hpp>

std::size_t members_of(forge_db::json const& text) { return forge_db::to_value(text).as_object().size(); }
