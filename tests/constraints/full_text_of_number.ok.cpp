// SPDX-License-Identifier: MIT
#include <reading/articles.hpp>
#include <reading/notes.hpp>

#include <forge_db/query/query.hpp>

auto condition() { return reading::articles::full_text.matches("5"); }
