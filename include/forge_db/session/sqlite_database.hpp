// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/session/database.hpp>
#include <forge_db/session/sessions.hpp>

#include <string>
#include <utility>

namespace forge_db::sqlite {

using database = forge_db::database<connection>;
using read_session = forge_db::read_session<connection>;
using write_session = forge_db::write_session<connection>;

/// Opens a database file, or ":memory:". See forge_db::database and sqlite::options. A template, so that files which
/// open no database do not compile what a database is made of.
template <class Connection = connection>
forge_db::database<Connection> open(std::string path, options settings = {}) {
  return forge_db::database<Connection>::open(std::move(path), std::move(settings));
}

}  // namespace forge_db::sqlite
