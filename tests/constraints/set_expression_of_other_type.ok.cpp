// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return update<Shelf>().set(shelves::depth = shelves::depth * 2); }
