// SPDX-License-Identifier: MIT
#include <library/models.hpp>

#include <forge_db/query/derived.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace library;

constexpr auto names = derived<"names">(select(books::title).from<Book>());
auto statement() { return names[books::title]; }
