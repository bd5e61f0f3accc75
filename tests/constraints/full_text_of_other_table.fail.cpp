// expect: forge_db: where() requires columns of the selected table; add a join, or move the condition
// SPDX-License-Identifier: MIT
#include <reading/articles.hpp>
#include <reading/notes.hpp>

#include <forge_db/query/query.hpp>

auto statement() { return forge_db::select<reading::Article>().where(reading::notes::full_text.matches("x")); }
