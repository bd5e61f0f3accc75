// expect: forge_db: a read session requires the statement to be a select; run it in write()
// SPDX-License-Identifier: MIT
#include <lending/queries.hpp>

#include <forge_db/session/session.hpp>

void run(forge_db::sqlite::database& database) {
  database.read([](auto& session) {
    return lending::queries::put_aside(session, lending::BookId{1}, lending::loan_status::lost).size();
  });
}
