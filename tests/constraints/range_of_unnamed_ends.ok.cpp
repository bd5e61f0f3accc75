// SPDX-License-Identifier: MIT
#include <library/books_repository.hpp>

using namespace forge_db;
using namespace library;

void narrow(BookFilter& filter) { filter.score = {.from = 5.0, .to = 6.0}; }
