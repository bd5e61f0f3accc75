// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

struct scored {
  std::string title;
  std::optional<double> score;
};
std::string_view text() { return sql<dialect::sqlite>(select(books::title, books::score).into<scored>().from<Book>()); }
