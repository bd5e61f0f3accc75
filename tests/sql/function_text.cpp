// SPDX-License-Identifier: MIT
// Functions of conditions, types, text and numbers, as text.
#include "sql/sql_of.hpp"

#include <measures/models.hpp>

#include <forge_db/query/functions/cast.hpp>
#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/functions/distinct_aggregate.hpp>
#include <forge_db/query/functions/distinctness.hpp>
#include <forge_db/query/functions/math.hpp>
#include <forge_db/query/functions/text.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <tuple>

namespace {

using namespace forge_db;
using namespace measures::samples;
using measures::Sample;

/// What is selected, without the words around it.
template <class Item, dialect D>
consteval std::string_view item_of() {
  using statement = decltype(select(std::declval<Item>()).template from<Sample>());
  constexpr std::string_view text = sql_text<statement, D>;
  return text.substr(7, text.find(" from \"samples\"") - 7);
}
template <class Item>
using result_of =
    std::tuple_element_t<0, typename decltype(select(std::declval<Item>()).template from<Sample>())::row_type>;

#define FORGE_FUNCTION(result, expected_sqlite, expected_postgres, ...)                    \
  static_assert(item_of<decltype(__VA_ARGS__), dialect::sqlite>() == expected_sqlite);     \
  static_assert(item_of<decltype(__VA_ARGS__), dialect::postgres>() == expected_postgres); \
  static_assert(std::same_as<result_of<decltype(__VA_ARGS__)>, result>)
#define FORGE_FUNCTION_SAME(result, expected, ...) FORGE_FUNCTION(result, expected, expected, __VA_ARGS__)

using maybe_text = std::optional<std::string>;
using maybe_real = std::optional<double>;
using maybe_int = std::optional<std::int64_t>;
using tenths = decimal<8, 1>;

// Conditions as values; they are NULL where they compare with what can be.
FORGE_FUNCTION(bool, R"("whole" > ?)", R"("whole" > $1)", val(whole > 5));
FORGE_FUNCTION(std::optional<bool>, R"("maybe" > ? or "note" is null)", R"("maybe" > $1 or "note" is null)",
               val(maybe > 5.0 || note.is_null()));
FORGE_FUNCTION_SAME(bool, R"("note" is null)", val(note.is_null()));
FORGE_FUNCTION(std::int64_t, "?", "$1::bigint", val(7));
FORGE_FUNCTION(measures::grade, "?", "$1::text", val_like(measures::samples::grade, measures::grade::low));
FORGE_FUNCTION(maybe_real, "null", "null::double precision", null_of<double>());
FORGE_FUNCTION(std::optional<forge_db::uuid>, "null", "null::uuid", null_like(key));

// case: NULL where nothing holds; one real number makes all of them real.
FORGE_FUNCTION(maybe_text, R"(case when "whole" < ? then ? end)", R"(case when "whole" < $1 then $2::text end)",
               case_when(whole < 0, "negative"));
FORGE_FUNCTION(std::string, R"(case when "whole" < ? then ? when "whole" = ? then "word" else ? end)",
               R"(case when "whole" < $1 then $2::text when "whole" = $3 then "word" else $4::text end)",
               case_when(whole < 0, "negative").when(whole == 0, word).otherwise("positive"));
FORGE_FUNCTION(double, R"(case when "flag" = ? then ? else "real" end)",
               R"(case when "flag" = $1 then $2::bigint else "real" end)", iif(flag == true, 1, real));
FORGE_FUNCTION(maybe_real, R"(case when "flag" = ? then "real" else "maybe" end)",
               R"(case when "flag" = $1 then "real" else "maybe" end)", iif(flag == true, real, maybe));

FORGE_FUNCTION(std::string, R"(coalesce("note", ?))", R"(coalesce("note", $1::text))", coalesce(note, "none"));
FORGE_FUNCTION(maybe_real, R"(coalesce("maybe", "small"))", R"(coalesce("maybe", "small"))", coalesce(maybe, small));
FORGE_FUNCTION(double, R"(coalesce("maybe", "small", ?))", R"(coalesce("maybe", "small", $1::double precision))",
               coalesce(maybe, small, 0));
FORGE_FUNCTION(maybe_text, R"(nullif("word", ?))", R"(nullif("word", $1::text))", nullif(word, ""));
FORGE_FUNCTION(std::int64_t, R"(max("whole", ?))",
               R"(case when "whole" >= $1::bigint then "whole" when "whole" < $1::bigint then $1::bigint end)",
               greatest(whole, 3));
FORGE_FUNCTION(maybe_real, R"(min("real" + ?, "maybe"))",
               R"(case when ("real" + $1) <= "maybe" then "real" + $1 when ("real" + $1) > "maybe" then "maybe" end)",
               least(real + 1, maybe));

// Casts.
FORGE_FUNCTION(std::int64_t, R"(cast("real" as integer))", R"(trunc("real")::bigint)", cast<std::int64_t>(real));
FORGE_FUNCTION(std::int64_t, R"(("price" / 100))", R"(trunc("price")::bigint)", cast<std::int64_t>(price));
FORGE_FUNCTION(std::int64_t, R"(cast("flag" as integer))", R"("flag"::integer::bigint)", cast<std::int64_t>(flag));
FORGE_FUNCTION(std::int64_t, R"(("letter" = 'Y'))", R"("letter"::integer::bigint)", cast<std::int64_t>(letter));
FORGE_FUNCTION(std::int64_t, R"(cast("id" as integer))", R"("id"::bigint)", cast<std::int64_t>(measures::samples::id));
FORGE_FUNCTION(double, R"(("price" / 100.0))", R"("price"::double precision)", cast<double>(price));
FORGE_FUNCTION(double, R"(cast(("whole" + ?) as real))", R"(("whole" + $1)::double precision)",
               cast<double>(whole + 1));
FORGE_FUNCTION(std::string, R"(cast("grade" as text))", R"("grade"::text)",
               cast<std::string>(measures::samples::grade));
FORGE_FUNCTION(std::string,
               R"(case when "price" is not null then printf('%s%d.%02d', case when "price" < 0 then '-' else '' end, )"
               R"(abs("price") / 100, abs("price") % 100) end)",
               R"("price"::text)", cast<std::string>(price));
FORGE_FUNCTION(tenths, R"(("whole" * 10))", R"("whole"::numeric(8, 1))", cast<tenths>(whole));
FORGE_FUNCTION(tenths, R"(cast(round("real" * 10) as integer))",
               R"((trunc(("real" * 10) + sign("real") * 0.5)::numeric / 10)::numeric(8, 1))", cast<tenths>(real));

// Text: only A to Z change their case, also on PostgreSQL.
FORGE_FUNCTION(std::string, R"(lower("word"))", R"(lower("word" collate "C"))", lower(word));
FORGE_FUNCTION(maybe_text, R"(upper("note"))", R"(upper("note" collate "C"))", upper(note));
FORGE_FUNCTION(std::int64_t, R"(length("word"))", R"(length("word")::bigint)", length(word));
FORGE_FUNCTION(maybe_int, R"(length(cast("content" as blob)))", R"(octet_length("content")::bigint)",
               byte_length(content));
FORGE_FUNCTION(std::string, R"(substr("word", ?, ?))", R"(substr("word", $1::integer, $2::integer))",
               substr(word, 2, 3));
FORGE_FUNCTION(std::string, R"(substr("word", -?, ?1))", R"(right("word", $1::integer))", right(word, 3));
FORGE_FUNCTION(std::string, R"(substr("word", ?, ?))", R"(substr("word", $1::integer, $2::integer))", left(word, 3));
FORGE_FUNCTION(std::string, R"(trim("word", ?))", R"(btrim("word", $1::text))", trim(word));
FORGE_FUNCTION(std::string, R"(ltrim("word", ?))", R"(ltrim("word", $1::text))", ltrim(word));
FORGE_FUNCTION(maybe_text, R"(rtrim("note", ?))", R"(rtrim("note", $1::text))", rtrim(note, "x"));
FORGE_FUNCTION(maybe_text, R"(replace("word", ?, "note"))", R"(replace("word", $1::text, "note"))",
               replace(word, "a", note));
FORGE_FUNCTION(maybe_text, R"("word" || ? || lower("note" || "word"))",
               R"("word" || $1::text || lower(("note" || "word") collate "C"))",
               concat(word, ", ", lower(concat(note, word))));
FORGE_FUNCTION(std::int64_t, R"(instr("word", ?))", R"(strpos("word", $1::text)::bigint)", position(word, "a"));
FORGE_CONDITION(Sample, R"(instr(lower("word"), lower(?)) > 0)",
                R"(strpos(lower("word" collate "C"), lower($1::text collate "C")) > 0)", contains(word, "a"));
FORGE_CONDITION(Sample, R"(not (instr("word", ?) = 1) and "whole" = ?)",
                R"(not (starts_with("word", $1::text)) and "whole" = $2)", !starts_with(word, "a") && whole == 1);
FORGE_CONDITION(
    Sample,
    R"(substr(cast(x'FF' || "word" as blob), -length(cast(? as blob)), length(cast(?1 as blob))) = cast(?1 as blob))",
    R"(right("word", length($1::text)) = $1::text)", ends_with(word, "a"));
FORGE_CONDITION(Sample, R"("word" like (? || '') escape '\')",
                R"(lower("word" collate "C") like lower($1::text collate "C") escape '\')", like_pattern(word, "a%"));

// Numbers.
FORGE_FUNCTION(measures::samples::price_t::value_type, R"(abs("price"))", R"(abs("price"))", abs(price));
FORGE_FUNCTION(double, R"((round("real" * ?) / ?1))",
               R"(case when abs("real" * $1::double precision) < 4503599627370496 then trunc("real" * )"
               R"($1::double precision + sign("real") * 0.5::double precision) / $1::double precision else "real" end)",
               round(real, 2));
FORGE_FUNCTION(maybe_real,
               R"(case when abs("maybe") < 4503599627370496.0 then (cast("maybe" as integer) - ("maybe" < )"
               R"(cast("maybe" as integer))) * 1.0 else "maybe" end)",
               R"(floor("maybe"))", floor(maybe));
FORGE_FUNCTION(double, R"(round("real"))",
               R"(case when abs("real") < 4503599627370496 then trunc("real" + sign("real") * )"
               R"(0.5::double precision) else "real" end)",
               round(real));
FORGE_FUNCTION(double,
               R"(case when abs("real") < 4503599627370496.0 then (cast("real" as integer) + ("real" > )"
               R"(cast("real" as integer))) * 1.0 else "real" end)",
               R"(ceil("real"))", ceil(real));
FORGE_FUNCTION(maybe_real, R"(pow("real", ?))", R"(power("real", $1::double precision))", power(real, 2));
FORGE_FUNCTION_SAME(std::int64_t, R"((-"whole"))", -whole);
FORGE_FUNCTION_SAME(maybe_int, R"((-(-"small")))", -(-small));
FORGE_FUNCTION(double, R"((-("real" + ?)))", R"((-("real" + $1)))", -(real + 1));
FORGE_FUNCTION_SAME(measures::samples::price_t::value_type, R"((-"price"))", -price);
FORGE_FUNCTION(maybe_real, R"(sqrt("real"))", R"(case when "real" >= 0 then sqrt("real") end)", sqrt(real));

// Aggregates of different values.
FORGE_FUNCTION(maybe_int, R"(sum(distinct "whole"))", R"(sum(distinct "whole")::bigint)", sum_distinct(whole));
FORGE_FUNCTION(std::optional<measures::samples::price_t::value_type>, R"(sum(distinct "price"))",
               R"(sum(distinct "price"))", sum_distinct(price));
FORGE_FUNCTION(maybe_real, R"(avg(distinct "small") filter (where "whole" > ?))",
               R"(avg(distinct "small") filter (where "whole" > $1)::double precision)",
               avg_distinct(small).filter(whole > 3));

// Comparisons in which NULL equals NULL.
[[maybe_unused]] std::optional<std::string> const perhaps;
FORGE_CONDITION(Sample, R"("note" is ?)", R"("note" is not distinct from $1)", is_not_distinct_from(note, perhaps));
FORGE_CONDITION(Sample, R"("note" is not ? and "whole" = ?)", R"("note" is distinct from $1 and "whole" = $2)",
                is_distinct_from(note, "a") && whole == 1);
FORGE_CONDITION(Sample, R"(not ("maybe" + ? is "small"))", R"(not ("maybe" + $1 is not distinct from "small"))",
                !is_not_distinct_from(maybe + 1, small));
FORGE_FUNCTION(bool, R"("maybe" is not "real")", R"("maybe" is distinct from "real")",
               val(is_distinct_from(maybe, real)));

}  // namespace
