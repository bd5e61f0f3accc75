// expect: forge_db: a distance requires two vectors of the same dimensions; give a forge_db::vector of the column's
// SPDX-License-Identifier: MIT
#include "support/vector_row.hpp"

#include <forge_db/query/functions/vector_distance.hpp>

auto made() { return forge_db::l2_distance(tests::notes::embedding, forge_db::vector<2>{}); }
