// SPDX-License-Identifier: MIT
#include <lending/queries.hpp>

auto statement() { return lending::queries::path_to(lending::ShelfId{1}); }
