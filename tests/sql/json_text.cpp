// SPDX-License-Identifier: MIT
// Functions of JSON, as text.
#include "sql/sql_of.hpp"

#include <measures/models.hpp>

#include <forge_db/query/functions/json_functions.hpp>

#include <concepts>
#include <optional>
#include <tuple>

namespace {

using namespace forge_db;
using namespace measures::samples;
using measures::Sample;

static_assert(detail::is_json_path("$") && detail::is_json_path("$.a[0].\"b c\"") && detail::is_json_path("$[12]"));
static_assert(!detail::is_json_path("") && !detail::is_json_path("a") && !detail::is_json_path("$.") &&
              !detail::is_json_path("$[]") && !detail::is_json_path("$[-1]") && !detail::is_json_path("$.a b") &&
              !detail::is_json_path("$.\"it's\"") && !detail::is_json_path("$[1") && !detail::is_json_path("$.0"));

auto const read = select(json_get<std::string, "$.a.\"b c\"[0]">(data), json_get<bool, "$.on">(data),
                         json_get<json, "$">(data), json_length<"$.list">(data))
                      .from<Sample>()
                      .where(json_get<std::int64_t, "$.n">(data) > 3 && json_contains<"$.list">(data, "x"));
static_assert(
    sqlite_of<decltype(read)> ==
    R"(select case json_type("data", '$.a."b c"[0]') when 'text' then json_extract("data", '$.a."b c"[0]') end, )"
    R"(case json_type("data", '$.on') when 'true' then 1 when 'false' then 0 end, ("data" -> '$'), )"
    R"(case json_type("data", '$.list') when 'array' then json_array_length("data", '$.list') end )"
    R"(from "samples" where )"
    R"(case when json_type("data", '$.n') in ('integer', 'real') and json_extract("data", '$.n') = )"
    R"(cast(json_extract("data", '$.n') as integer) then cast(json_extract("data", '$.n') as integer) end > ? )"
    R"(and exists (select 1 from json_each(case json_type("samples"."data", '$.list') when 'array' then )"
    R"(json_extract("samples"."data", '$.list') else '[]' end) as item where item.type = 'text' )"
    R"(and item.value = ?))");
static_assert(
    postgres_of<decltype(read)> ==
    R"(select case jsonb_typeof("data" #> '{"a","b c",0}') when 'string' then "data" #>> '{"a","b c",0}' end, )"
    R"(case jsonb_typeof("data" #> '{"on"}') when 'boolean' then ("data" #>> '{"on"}')::boolean end, )"
    R"(("data" #> '{}'), )"
    R"(case jsonb_typeof("data" #> '{"list"}') when 'array' then )"
    R"(jsonb_array_length("data" #> '{"list"}')::bigint end from "samples" where )"
    R"(case when jsonb_typeof("data" #> '{"n"}') = 'number' then case when ("data" #>> '{"n"}')::numeric = )"
    R"(trunc(("data" #>> '{"n"}')::numeric) and ("data" #>> '{"n"}')::numeric between -9223372036854775808 and )"
    R"(9223372036854775807 then ("data" #>> '{"n"}')::numeric::bigint end end > $1 and )"
    R"(case jsonb_typeof("data" #> '{"list"}') when 'array' then ("data" #> '{"list"}') @> )"
    R"(to_jsonb($2::text) else false end)");
static_assert(
    std::same_as<typename decltype(read)::row_type, std::tuple<std::optional<std::string>, std::optional<bool>,
                                                               std::optional<json>, std::optional<std::int64_t>>>);

auto const changed = select(json_set<"$.a.b">(data, true), json_remove<"$.list[1]">(data), json_append(data, whole),
                            json_object<"n", "p">(whole, price))
                         .from<Sample>();
auto const gathered = select(json_agg(flag).filter(whole > 1), json_object_agg(word, data)).from<Sample>();
static_assert(
    sqlite_of<decltype(changed)> ==
    R"(select case when json_type("data", '$.a') = 'object' then json_set("data", '$.a.b', )"
    R"(json(case ? when 1 then 'true' when 0 then 'false' end)) else json("data") end, )"
    R"(case when json_type("data", '$.list') = 'array' then json_remove("data", '$.list[1]') else json("data") end, )"
    R"(case when json_type("data", '$') = 'array' then json_insert("data", '$' || '[#]', "whole") else json("data") end, )"
    R"(json_object('n', "whole", 'p', json(case when "price" is not null then printf('%s%d.%02d', )"
    R"(case when "price" < 0 then '-' else '' end, abs("price" / 100), abs("price" % 100)) end)) from "samples")");
static_assert(
    sqlite_of<decltype(gathered)> ==
    R"(select json_group_array(json(case "flag" when 1 then 'true' when 0 then 'false' end)) filter (where "whole" > ?), )"
    R"(json_group_object("word", json("data")) from "samples")");
static_assert(postgres_of<decltype(gathered)> ==
              R"(select coalesce(jsonb_agg("flag") filter (where "whole" > $1), '[]'), )"
              R"(coalesce(jsonb_object_agg("word", "data"), '{}') from "samples")");
static_assert(
    postgres_of<decltype(changed)> ==
    R"(select case jsonb_typeof("data" #> '{"a"}') when 'object' then jsonb_set("data", '{"a","b"}', )"
    R"(coalesce(to_jsonb($1::boolean), 'null')) else "data" end, )"
    R"(case jsonb_typeof("data" #> '{"list"}') when 'array' then "data" #- '{"list",1}' else "data" end, )"
    R"(case jsonb_typeof("data" #> '{}') when 'array' then "data" || jsonb_build_array("whole") else "data" end, )"
    R"(jsonb_build_object('n', "whole", 'p', "price") from "samples")");

constexpr auto tag = each<"tag">(tags);
auto const items = select(word, tag.key, tag.value).from<Sample>().cross_join(tag).where(tag.value != "x");
static_assert(
    sqlite_of<decltype(items)> ==
    R"(select "samples"."word", "tag"."key", "tag"."value" from "samples" cross join )"
    R"(json_each(case json_type("samples"."tags") when 'array' then "samples"."tags" else '[]' end) as "tag" )"
    R"(where "tag"."value" <> ?)");
static_assert(postgres_of<decltype(items)> ==
              R"(select "samples"."word", "tag"."key", "tag"."value" from "samples" cross join )"
              R"(lateral (select value, ordinality - 1 as key from jsonb_array_elements_text(case )"
              R"(jsonb_typeof("samples"."tags") when 'array' then "samples"."tags" else '[]' end) with ordinality) )"
              R"(as "tag" where "tag"."value" <> $1)");

}  // namespace
