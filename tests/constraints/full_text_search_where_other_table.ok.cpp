// SPDX-License-Identifier: MIT
#include <reading/articles.hpp>
#include <reading/notes.hpp>

#include <forge_db/query/query.hpp>

auto statement() { return reading::articles::full_text.search("x").where(reading::articles::rating >= 1); }
