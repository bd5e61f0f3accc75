// SPDX-License-Identifier: MIT
#include "support/view_row.hpp"

#include <library/models.hpp>

auto statement() { return forge_db::insert(library::Shelf{}); }
