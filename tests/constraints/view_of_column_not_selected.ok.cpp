// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

struct reader {
  value_kind kind(int) { return value_kind::null; }
  std::int64_t int64(int) { return 0; }
  double float64(int) { return 0; }
  std::string_view text(int) { return {}; }
  std::span<std::byte const> blob(int) { return {}; }
};
auto viewed(reader& row) {
  using query = decltype(select(books::id, books::title).from<Book>());
  return query::view_type<reader>(row)[books::title];
}
