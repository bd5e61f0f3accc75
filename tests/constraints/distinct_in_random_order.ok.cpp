// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/functions/random_order.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() {
  return sql<dialect::sqlite>(select(books::title).from<Book>().distinct().order_by(books::title.asc()));
}
