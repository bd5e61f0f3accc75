// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto some(bool on) { return select<Book>().where(when(on, books::title == "a")); }
