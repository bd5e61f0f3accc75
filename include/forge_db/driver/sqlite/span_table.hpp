// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

namespace forge_db::sqlite {

/// Makes the table-valued function `forge_span(?)` known to a connection: its argument is a bound `span_source`, its
/// columns are `c0` to `c99`, its rows the elements in order. A list is thus one parameter, and the SQL text the same
/// for any size:
///
///     insert into books (isbn, title) select c0, c1 from forge_span(?) where true
///     delete from books where id in (select c0 from forge_span(?))
///     update books set title = s.c1 from forge_span(?) as s where books.id = s.c0
///
/// `connection::open` does this; it is public for connections that another library opened. It works with DEFENSIVE on
/// and trusted_schema off, and cannot be used in views or triggers. Throws sql_error when SQLite refuses to register
/// it.
void register_span_table(sqlite3* connection);

}  // namespace forge_db::sqlite

#include <forge_db/driver/sqlite/detail/span_module.hpp>  // IWYU pragma: export
