// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/session/sqlite_database.hpp>

#include <concepts>

namespace kernel::app {

/// What the repositories of this folder take: sqlite::read_session for what reads, sqlite::write_session for all. Both
/// are compiled once, in the library. A repository refers to its session and must not outlive it.
template <class Session>
concept writes = std::same_as<Session, forge_db::sqlite::write_session>;

}  // namespace kernel::app
