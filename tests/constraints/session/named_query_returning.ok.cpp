// SPDX-License-Identifier: MIT
#include <lending/queries.hpp>

#include <forge_db/session/session.hpp>

void run(forge_db::sqlite::database& database) {
  database.write([](auto& session) {
    return lending::queries::put_aside(session, lending::BookId{1}, lending::loan_status::lost).size();
  });
}
