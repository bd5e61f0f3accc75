// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>

namespace forge_db::sqlite {

/// Called with the text of each statement as it starts, placeholders and all: bound values are never shown. It also
/// sees pragmas and the inner statements of full-text tables. It runs inside SQLite: it must not throw (what it throws
/// is dropped) and must not use the connection.
using trace_hook = std::function<void(std::string_view sql)>;

/// Whether a traced text is a statement of a trigger's body: SQLite marks those by a leading "--".
inline bool is_trigger_trace(std::string_view sql) noexcept { return sql.starts_with("--"); }

}  // namespace forge_db::sqlite
