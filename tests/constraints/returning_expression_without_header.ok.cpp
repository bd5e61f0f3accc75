// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/returning.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return remove<Book>().all_rows().returning(books::score * 2); }
