// expect: forge_db: a range requires its ends by their names; say {.from = a}, {.to = b}, or both
// SPDX-License-Identifier: MIT
#include <library/books_repository.hpp>

using namespace forge_db;
using namespace library;

void narrow(BookFilter& filter) { filter.score = {5.0, 6.0}; }
