// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto changed() { return update<Book>().set(books::score = 1.0).where(books::score > 3.0); }
