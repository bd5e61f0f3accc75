// SPDX-License-Identifier: MIT
#include <library/books_repository.hpp>

using namespace forge_db;
using namespace library;

BookFilter const good{.score = {.from = 5.0}};
