// expect: forge_db: a distance requires two vectors of the same dimensions; give a forge_db::vector of the column's
// SPDX-License-Identifier: MIT
#include <measures/notes.hpp>

#include <forge_db/query/functions/vector_distance.hpp>

auto made() { return forge_db::l2_distance(measures::notes::embedding, forge_db::vector<2>{}); }
