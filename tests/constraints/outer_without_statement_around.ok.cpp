// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/subquery.hpp>

using namespace forge_db;
using namespace library;

std::string_view text() {
  return sql<dialect::sqlite>(select<Book>().where(exists(select<Loan>().where(loans::book_id == outer(books::id)))));
}
