// expect: forge_db: a query requires the statement to return rows; use execute(), or add returning()
// SPDX-License-Identifier: MIT

#include "runtime/session/raw_query.hpp"

void run(forge_db::sqlite::database& database) {
  database.write([](auto& session) { session.each(insert_word{"x"}, [](word const&) {}); });
}
