// SPDX-License-Identifier: MIT
#pragma once

// The SQLite driver. `session/session.hpp` builds databases with readers and a writer on it.

#include <forge_db/driver/query_log.hpp>
#include <forge_db/driver/sqlite/backup.hpp>
#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/driver/sqlite/errors.hpp>
#include <forge_db/driver/sqlite/options.hpp>
#include <forge_db/driver/sqlite/prepared_statement.hpp>
#include <forge_db/driver/sqlite/span_table.hpp>
#include <forge_db/driver/sqlite/statement_cache.hpp>
#include <forge_db/driver/sqlite/trace.hpp>
