// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/update_each.hpp>

using namespace forge_db;
using namespace library;

std::vector<std::pair<std::string, std::string>> const rows;
auto statement() { return update_each(rows).by(books::isbn).set(books::title); }
