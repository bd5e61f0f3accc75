// SPDX-License-Identifier: MIT
#pragma once

// A database of the spec of tests/codegen/cases/function_columns.

#include <measures/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/session/session.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace tests {

inline forge_db::sqlite::database measures_database() {
  auto db = forge_db::sqlite::open(":memory:");
  db.write([](auto& session) {
    session.connection().execute_script(R"(
create table moments (id integer primary key, plain text, seconds text, iso text, unix_s integer, unix_ms integer,
  unix_us integer, unix_real real, julian real, day text, day_number integer, day_s integer, maybe text);
create table samples (id integer primary key, word text, note text, whole integer, small integer, real real, maybe real,
  flag integer, letter text, price integer, grade text, key text, data text, tags text, content blob);
)");
  });
  return db;
}

/// A row in which every storage holds the same moment, as exactly as it can.
inline measures::Moment moment_row(std::int64_t id, forge_db::timestamp at) {
  auto const day = std::chrono::floor<std::chrono::days>(at.time_point());
  return {.id = id,
          .plain = at,
          .seconds = at,
          .iso = at,
          .unix_s = at,
          .unix_ms = at,
          .unix_us = at,
          .unix_real = at,
          .julian = at,
          .day = day,
          .day_number = day,
          .day_s = day,
          .maybe = std::nullopt};
}

}  // namespace tests
