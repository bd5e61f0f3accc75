// SPDX-License-Identifier: MIT
#pragma once

#include <office/migrations.hpp>
#include <office/repositories.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <string>

namespace tests {

/// The tables of tests/codegen/cases/guarded_tables, empty.
inline forge_db::sqlite::database office_database(std::string const& path = ":memory:") {
  auto db = forge_db::sqlite::open(path);
  forge_db::migration::runner{db}.upgrade({&office::migrations()});
  return db;
}

/// Whether `call` throws a constraint_violation of that kind.
template <class Call>
bool violates(forge_db::error_code code, Call&& call) {
  try {
    call();
  } catch (forge_db::constraint_violation const& refused) {
    return refused.code() == code;
  }
  return false;
}

template <class Session>
std::string query_text(Session& session, std::string const& sql) {
  auto rows = session.connection().prepare_once(sql);
  return rows.step() ? std::string(rows.text(0)) : "no row";
}

}  // namespace tests
