// SPDX-License-Identifier: MIT
#include <reading/articles.hpp>
#include <reading/notes.hpp>

#include <forge_db/query/query.hpp>

auto statement(bool given) {
  return forge_db::select<reading::Article>().where(forge_db::when(given, reading::articles::rating >= 1));
}
