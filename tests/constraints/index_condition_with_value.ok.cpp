// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/partial_index.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

auto statement() { return index_on(members::card).where(members::card.is_not_null()); }
