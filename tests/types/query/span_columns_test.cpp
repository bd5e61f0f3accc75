// SPDX-License-Identifier: MIT
// Statements behind other statements: what a span is to a sink is that to sinks around it, and a condition of several
// parts stays one.
#include "support/catch.hpp"

#include <library/shelves.hpp>

#include <forge_db/query/detail/shifted_sink.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/query/update_patches.hpp>

#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace forge_db;
using library::Shelf;
using library::ShelfId;
using library::ShelfPatch;
namespace shelves = library::shelves;

namespace {

/// A driver that has a parameter for each column of a span.
struct columns_sink {
  static constexpr bool binds_span_columns = true;
  std::vector<int> spans{};

  void span(int index, span_source const&) { spans.push_back(index); }
};

}  // namespace

TEST_CASE("a span has as many parameters for sinks around a sink as for that") {
  columns_sink sink;
  span_source source{};
  source.columns = 3;
  forge_db::detail::shifted_sink<columns_sink> outer(sink, 10);
  forge_db::detail::shifted_sink inner(outer, 0);
  inner.span(1, source);
  CHECK(sink.spans == std::vector<int>{11});
  CHECK(inner.next() == 4);
  CHECK(outer.next() == 14);
}

TEST_CASE("what else rows have to satisfy holds as a whole for many patches") {
  std::vector<std::pair<ShelfId, ShelfPatch>> const patches{{ShelfId{1}, {.name = "a"}}};
  auto const condition = shelves::code == "x" || shelves::depth > 1;
  forge_db::detail::update_patches_statement<Shelf, ShelfId, std::remove_const_t<decltype(condition)>> const statement{
      patches, condition};
  for (dialect const target : {dialect::sqlite, dialect::postgres}) {
    std::string const text = statement.join(target, statement.mask());
    CAPTURE(text);
    CHECK(text.find(R"( and ("shelves"."code" = )") != std::string::npos);
    CHECK(text.ends_with(")"));
  }
}
