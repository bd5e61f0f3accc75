// SPDX-License-Identifier: MIT
#include "sql/sql_of.hpp"

#include <library/models.hpp>

#include <array>
#include <string>
#include <vector>

namespace {

using namespace forge_db;
using namespace library;

// The six operators, in both orders.
FORGE_CONDITION(Book, "\"score\" = ?", "\"score\" = $1", books::score == 7.5);
FORGE_CONDITION(Book, "\"score\" <> ?", "\"score\" <> $1", books::score != 7.5);
FORGE_CONDITION(Book, "\"score\" < ?", "\"score\" < $1", books::score < 7.5);
FORGE_CONDITION(Book, "\"score\" <= ?", "\"score\" <= $1", books::score <= 7.5);
FORGE_CONDITION(Book, "\"score\" > ?", "\"score\" > $1", books::score > 7.5);
FORGE_CONDITION(Book, "\"score\" >= ?", "\"score\" >= $1", books::score >= 7.5);
FORGE_CONDITION(Book, "\"score\" = ?", "\"score\" = $1", 7.5 == books::score);
FORGE_CONDITION(Book, "\"score\" <> ?", "\"score\" <> $1", 7.5 != books::score);
FORGE_CONDITION(Book, "\"score\" > ?", "\"score\" > $1", 7.5 < books::score);
FORGE_CONDITION(Book, "\"score\" >= ?", "\"score\" >= $1", 7.5 <= books::score);
FORGE_CONDITION(Book, "\"score\" < ?", "\"score\" < $1", 7.5 > books::score);
FORGE_CONDITION(Book, "\"score\" <= ?", "\"score\" <= $1", 7.5 >= books::score);

// Columns against columns, integers against a real column, an enum.
FORGE_CONDITION(Book, "\"updated_at\" > \"created_at\"", "\"updated_at\" > \"created_at\"",
                books::updated_at > books::created_at);
FORGE_CONDITION(Book, "\"score\" = ?", "\"score\" = $1", books::score == 7);
FORGE_CONDITION(Book, "\"status\" = ?", "\"status\" = $1", books::status == loan_status::lost);

// Precedence: parentheses where the text needs them, and only there.
FORGE_CONDITION(Book, "\"score\" > ? and \"score\" < ? or \"id\" = ?",
                "\"score\" > $1 and \"score\" < $2 or \"id\" = $3",
                (books::score > 1 && books::score < 2) || books::id == BookId{1});
FORGE_CONDITION(Book, "(\"score\" > ? or \"score\" < ?) and \"id\" = ?",
                "(\"score\" > $1 or \"score\" < $2) and \"id\" = $3",
                (books::score > 1 || books::score < 2) && books::id == BookId{1});
FORGE_CONDITION(Book, "not (\"score\" > ? or \"score\" < ?)", "not (\"score\" > $1 or \"score\" < $2)",
                !(books::score > 1 || books::score < 2));
FORGE_CONDITION(Book, "\"id\" = ? and not (\"score\" > ?)", "\"id\" = $1 and not (\"score\" > $2)",
                books::id == BookId{1} && !(books::score > 1));
FORGE_CONDITION(Book, "not (\"title\" collate binary >= ? and \"title\" collate binary < ?)",
                "not (\"title\" collate \"C\" >= $1 and \"title\" collate \"C\" < $2)", !books::title.starts_with("a"));

FORGE_CONDITION(Book, "\"score\" between ? and ?", "\"score\" between $1 and $2", books::score.between(1, 2.5));
FORGE_CONDITION(Book, "\"score\" is null", "\"score\" is null", books::score.is_null());
FORGE_CONDITION(Book, "\"score\" is not null", "\"score\" is not null", books::score.is_not_null());

// A sequence is one parameter.
FORGE_CONDITION(Book, "\"id\" in (select c0 from forge_span(?))", "\"id\" = any($1)",
                books::id.in(std::vector<BookId>{}));
FORGE_CONDITION(Book, "\"id\" not in (select c0 from forge_span(?))", "\"id\" <> all($1)",
                books::id.not_in(std::array<BookId, 2>{}));

// LIKE would differ between the dialects, and make SQLite prepare again.
FORGE_CONDITION(Book, "instr(lower(\"title\"), lower(?)) > 0",
                "position(lower($1::text collate \"C\") in lower(\"title\"::text collate \"C\")) > 0",
                books::title.contains("x"));
FORGE_CONDITION(Book, "\"title\" collate binary >= ? and \"title\" collate binary < ?",
                "\"title\" collate \"C\" >= $1 and \"title\" collate \"C\" < $2", books::title.starts_with("x"));
FORGE_CONDITION(Book,
                "exists (select 1 from json_each(case when json_valid(\"books\".\"tags\") then case when "
                "json_type(\"books\".\"tags\") = 'array' then \"books\".\"tags\" else '[]' end else '[]' end) where "
                "json_each.value = ?)",
                "\"tags\"::jsonb @> jsonb_build_array($1::text)", books::tags.has("x"));

// The type of a statement does not depend on where its values come from.
template <class T>
using condition = decltype(books::title == std::declval<T>());
static_assert(std::same_as<condition<std::string>, condition<std::string const&>>);
static_assert(std::same_as<condition<std::string>, condition<std::string&>>);
static_assert(std::same_as<condition<std::string>, condition<std::string_view>>);
static_assert(std::same_as<condition<std::string>, condition<char const (&)[4]>>);
static_assert(std::same_as<decltype(books::id.in(std::declval<std::vector<BookId>>())),
                           decltype(books::id.in(std::declval<std::span<BookId const>&>()))>);

}  // namespace
