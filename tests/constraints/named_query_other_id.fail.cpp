// expect: forge_db: a named query requires its arguments to be of their parameters' types; convert the value
// SPDX-License-Identifier: MIT
#include <lending/queries.hpp>

auto statement() { return lending::queries::path_to(lending::BookId{1}); }
