// SPDX-License-Identifier: MIT
#include <lending/queries.hpp>

auto statement() { return lending::queries::rescore(forge_db::null, lending::ShelfId{1}); }
