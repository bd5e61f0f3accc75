// SPDX-License-Identifier: MIT
#pragma once

// Everything that programs write queries and run sessions with. Migrations are separate (migration/migration.hpp), so
// that a file which only reads rows does not pay for them.
#include <forge_db/core/core.hpp>
#include <forge_db/driver/sqlite/sqlite.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/repository/repository.hpp>
#include <forge_db/schema/schema.hpp>
#include <forge_db/session/session.hpp>
