// expect: forge_db: a search requires conditions without when(); select with matches()
// SPDX-License-Identifier: MIT
#include <reading/articles.hpp>
#include <reading/notes.hpp>

#include <forge_db/query/query.hpp>

auto statement(bool given) {
  return reading::articles::full_text.search("x").where(forge_db::when(given, reading::articles::rating >= 1));
}
