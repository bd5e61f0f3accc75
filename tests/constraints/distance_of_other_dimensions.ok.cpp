// SPDX-License-Identifier: MIT
#include <measures/notes.hpp>

#include <forge_db/query/functions/vector_distance.hpp>

auto made() { return forge_db::l2_distance(measures::notes::embedding, forge_db::vector<3>{}); }
