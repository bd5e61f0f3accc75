// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/recursive.hpp>

using namespace forge_db;
using namespace library;

auto statement() {
  return recursive<"tree">(select(shelves::id).from<Shelf>(), [](auto tree) {
    return select(shelves::id).template from<Shelf>().join(tree, shelves::parent_id == tree[shelves::id]);
  });
}
