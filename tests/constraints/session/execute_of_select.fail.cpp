// expect: forge_db: execute() requires the statement to change rows; use all(), first() or one() for a select
// SPDX-License-Identifier: MIT

#include "runtime/session/raw_query.hpp"

void run(forge_db::sqlite::database& database) {
  database.write([](auto& session) { session.execute(count_words{}); });
}
