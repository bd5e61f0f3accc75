// SPDX-License-Identifier: MIT
#include <reading/articles.hpp>
#include <reading/notes.hpp>

#include <forge_db/query/query.hpp>

auto statement() { return forge_db::select<reading::Article>().where(reading::articles::full_text.matches("x")); }
