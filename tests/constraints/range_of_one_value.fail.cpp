// expect: forge_db: a range requires its ends by their names; say {.from = a}, {.to = b}, or both
// SPDX-License-Identifier: MIT
#include <library/books_repository.hpp>

using namespace forge_db;
using namespace library;

BookFilter const good{.score = 5.0};
