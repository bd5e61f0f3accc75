// SPDX-License-Identifier: MIT

#include "runtime/session/raw_query.hpp"

void run(forge_db::sqlite::database& database) {
  database.write([](auto& session) { session.execute(insert_word{"x"}); });
}
