// expect: forge_db: limit() requires to be the only one
// SPDX-License-Identifier: MIT
#include <reading/articles.hpp>
#include <reading/notes.hpp>

#include <forge_db/query/query.hpp>

auto statement() { return reading::articles::full_text.search("x").limit(1).limit(1); }
