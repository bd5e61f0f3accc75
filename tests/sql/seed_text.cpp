// SPDX-License-Identifier: MIT
#include <library/shelves.hpp>

#include <forge_db/core/dialect.hpp>
#include <forge_db/seed/detail/seed_insert.hpp>

#include "support/catch.hpp"

#include <initializer_list>
#include <string>
#include <utility>

using namespace forge_db;
using library::Shelf;
namespace shelves = library::shelves;

namespace {

template <class Existing>
std::string text_of(dialect target, std::initializer_list<std::size_t> given) {
  shape_mask mask;
  for (std::size_t const column : given) {
    mask.set(column);
    mask.set(seed::detail::given_bit + column);
  }
  return seed::detail::seed_insert<Shelf, Existing>::join(target, mask);
}

using by_code = decltype(seed::update_existing(shelves::code));

}  // namespace

TEST_CASE("loading rows: only the columns of the text are inserted and updated") {
  CHECK(text_of<seed::refuse_existing>(dialect::sqlite, {1, 2}) ==
        "insert into \"shelves\" (\"code\", \"name\") select c1, c2 from forge_span(?) where true ");
  CHECK(
      text_of<by_code>(dialect::sqlite, {0, 1, 2, 3}) ==
      "insert into \"shelves\" (\"id\", \"code\", \"name\", \"parent_id\") select c0, c1, c2, c3 from forge_span(?) "
      "where true on conflict (\"code\") do update set \"name\" = excluded.\"name\", \"parent_id\" = "
      "excluded.\"parent_id\" where \"shelves\".\"name\" is not excluded.\"name\" or \"shelves\".\"parent_id\" is not "
      "excluded.\"parent_id\"");
  CHECK(text_of<by_code>(dialect::postgres, {1, 2}) ==
        "insert into \"shelves\" (\"code\", \"name\") select c1, c2 from unnest($1::bigint[], $2::text[], $3::text[], "
        "$4::bigint[], $5::bigint[]) as new_rows(c0, c1, c2, c3, c4) where true on conflict (\"code\") do update set "
        "\"name\" = excluded.\"name\" where \"shelves\".\"name\" is distinct from excluded.\"name\"");
  CHECK(text_of<by_code>(dialect::sqlite, {1}) ==
        "insert into \"shelves\" (\"code\") select c1 from forge_span(?) where true on conflict (\"code\") do nothing");
  CHECK(text_of<decltype(seed::skip_existing())>(dialect::sqlite, {1}) ==
        "insert into \"shelves\" (\"code\") select c1 from forge_span(?) where true on conflict do nothing");
}
