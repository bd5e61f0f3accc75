// expect: forge_db: a read session requires the statement to be a select; run it in write()
// SPDX-License-Identifier: MIT

#include "runtime/session/raw_query.hpp"

void run(forge_db::sqlite::database& database) {
  database.read([](auto& session) { session.execute(insert_word{"x"}); });
}
