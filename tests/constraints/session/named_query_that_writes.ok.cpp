// SPDX-License-Identifier: MIT
#include <lending/queries.hpp>

#include <forge_db/session/session.hpp>

void run(forge_db::sqlite::database& database) {
  database.write([](auto& session) { lending::queries::rescore(session, 1.5, lending::ShelfId{1}); });
}
