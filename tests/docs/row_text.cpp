// SPDX-License-Identifier: MIT
// The code that docs/repositories.md shows of rows as text.

#include "support/catch.hpp"

#include <library/models.hpp>

#include <forge_db/text/row_text.hpp>
#include <forge_db/text/to_json.hpp>

#include <string>

TEST_CASE("docs: rows as text") {
  library::Shelf shelf;
  shelf.id = library::ShelfId{7};
  shelf.code = "A1";
  shelf.name = "By the door";
  // [json]
  std::string const exact = forge_db::to_json(shelf);
  CHECK(exact == R"({"id": 7, "code": "A1", "name": "By the door", "parent_id": null, "depth": 0})");
  CHECK(forge_db::row_text(shelf) == "shelves{id: 7, code: A1, name: By the door, parent_id: null, depth: 0}");
  // [/json]
}
