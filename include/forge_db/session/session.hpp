// SPDX-License-Identifier: MIT
#pragma once

// Start here: how a program gets at its data. database.hpp opens and hands out sessions, sessions.hpp are the two kinds
// of them, execute.hpp is what a session can do with a query.

#include <forge_db/session/database.hpp>
#include <forge_db/session/execute.hpp>
#include <forge_db/session/pool.hpp>
#include <forge_db/session/pool_status.hpp>
#include <forge_db/session/sessions.hpp>
#include <forge_db/session/sqlite_database.hpp>
#include <forge_db/session/stream.hpp>
