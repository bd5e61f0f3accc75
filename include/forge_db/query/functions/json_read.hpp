// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/json.hpp>
#include <forge_db/query/functions/function.hpp>
#include <forge_db/query/functions/json_path.hpp>
#include <forge_db/schema/codec_json.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// What is inside of JSON. A path is `$`, then `.name`, `."a name"` or `[0]` for each step; it is checked when it is
// compiled and stands in the SQL text. Text in a JSON column that is no JSON is an error on SQLite.
namespace forge_db {

namespace detail {

struct json_text_at {
  static constexpr std::string_view sqlite = "case json_type(@1, @2) when 'text' then json_extract(@1, @2) end";
  static constexpr std::string_view postgres = "case jsonb_typeof(~1 #> @2) when 'string' then ~1 #>> @2 end";
  static constexpr null_rule nulls = null_rule::always;
};
struct json_integer_at {
  // What does not fit 64 bits is a real number to json_extract(), and another one than its integer.
  static constexpr std::string_view sqlite =
      "case when json_type(@1, @2) in ('integer', 'real') and json_extract(@1, @2) = cast(json_extract(@1, @2) as "
      "integer) then cast(json_extract(@1, @2) as integer) end";
  static constexpr std::string_view postgres =
      "case when jsonb_typeof(~1 #> @2) = 'number' then case when (~1 #>> @2)::numeric = trunc((~1 #>> @2)::numeric) "
      "and (~1 #>> @2)::numeric between -9223372036854775808 and 9223372036854775807 then "
      "(~1 #>> @2)::numeric::bigint end end";
  static constexpr null_rule nulls = null_rule::always;
};
struct json_real_at {
  static constexpr std::string_view sqlite =
      "case when json_type(@1, @2) in ('integer', 'real') then cast(json_extract(@1, @2) as real) end";
  static constexpr std::string_view postgres =
      "case jsonb_typeof(~1 #> @2) when 'number' then (~1 #>> @2)::double precision end";
  static constexpr null_rule nulls = null_rule::always;
};
struct json_boolean_at {
  static constexpr std::string_view sqlite = "case json_type(@1, @2) when 'true' then 1 when 'false' then 0 end";
  static constexpr std::string_view postgres =
      "case jsonb_typeof(~1 #> @2) when 'boolean' then (~1 #>> @2)::boolean end";
  static constexpr null_rule nulls = null_rule::always;
};
struct json_part_at {
  static constexpr std::string_view sqlite = "(~1 -> @2)";
  static constexpr std::string_view postgres = "(~1 #> @2)";
  static constexpr null_rule nulls = null_rule::always;
};
struct json_type_at {
  static constexpr std::string_view sqlite =
      "case json_type(@1, @2) when 'text' then 'string' when 'integer' then 'number' when 'real' then 'number' when "
      "'true' then 'boolean' when 'false' then 'boolean' else json_type(@1, @2) end";
  static constexpr std::string_view postgres = "jsonb_typeof(~1 #> @2)";
  static constexpr null_rule nulls = null_rule::always;
};
struct json_length_at {
  static constexpr std::string_view sqlite = "case json_type(@1, @2) when 'array' then json_array_length(@1, @2) end";
  static constexpr std::string_view postgres =
      "case jsonb_typeof(~1 #> @2) when 'array' then jsonb_array_length(~1 #> @2)::bigint end";
  static constexpr null_rule nulls = null_rule::always;
};

template <class T>
struct json_read_of;
template <>
struct json_read_of<std::string> {
  using text = json_text_at;
  using storage_type = storage::text;
};
template <>
struct json_read_of<std::int64_t> {
  using text = json_integer_at;
  using storage_type = storage::integer;
};
template <>
struct json_read_of<double> {
  using text = json_real_at;
  using storage_type = storage::real;
};
template <>
struct json_read_of<bool> {
  using text = json_boolean_at;
  using storage_type = storage::boolean;
};
template <>
struct json_read_of<json> {
  using text = json_part_at;
  using storage_type = storage::json_text;
};

template <class T>
inline constexpr bool can_read_json = std::same_as<T, std::string> || std::same_as<T, std::int64_t> ||
                                      std::same_as<T, double> || std::same_as<T, bool> || std::same_as<T, json>;

template <class Text, class Value, class Storage, fixed_string Path, class X>
constexpr auto call_json(X&& operand) {
  return call<Text, Value, Storage>(node_of(std::forward<X>(operand)), json_path_operand<Path>{});
}

template <fixed_string Path, class X>
consteval bool check_json_read() {
  static_assert(is_json_operand<X>(),
                "forge_db: JSON functions require a JSON column or expression; cast what is none");
  static_assert(is_json_path(Path),
                "forge_db: a JSON path requires to be $, then .name, .\"a name\" or [0] for each step; write it so");
  return is_json_operand<X>() && is_json_path(Path);
}

}  // namespace detail

/// What is at a path, as a std::string, std::int64_t, double, bool or json:
/// `json_get<std::string, "$.address.city">(members::settings)`. NULL where there is nothing, or something of another
/// type. A std::int64_t is a number of 64 bits without a fraction, however it is written: 1000, 1e3, 1000.0. An index
/// on an object finds nothing on SQLite; PostgreSQL takes it for a name.
template <class T, fixed_string Path, class X>
[[nodiscard]] constexpr auto json_get(X&& operand) {
  static_assert(detail::can_read_json<T>,
                "forge_db: json_get() requires std::string, std::int64_t, double, bool or forge_db::json as its type; "
                "take one of them");
  if constexpr (detail::check_json_read<Path, X>() && detail::can_read_json<T>) {
    using read = detail::json_read_of<T>;
    return detail::call_json<typename read::text, T, typename read::storage_type, Path>(std::forward<X>(operand));
  }
}

/// `object`, `array`, `string`, `number`, `boolean` or `null`; NULL where there is nothing.
template <fixed_string Path = "$", class X>
[[nodiscard]] constexpr auto json_kind(X&& operand) {
  if constexpr (detail::check_json_read<Path, X>()) {
    return detail::call_json<detail::json_type_at, std::string, storage::text, Path>(std::forward<X>(operand));
  }
}

/// The number of elements of an array; NULL where there is none.
template <fixed_string Path = "$", class X>
[[nodiscard]] constexpr auto json_length(X&& operand) {
  if constexpr (detail::check_json_read<Path, X>()) {
    return detail::call_json<detail::json_length_at, std::int64_t, storage::integer, Path>(std::forward<X>(operand));
  }
}

/// An array at a path holds a value. What is no array holds none.
template <fixed_string Path, expression E, expression Value>
struct json_array_has : detail::composed_predicate<E, Value> {
  using detail::composed_predicate<E, Value>::composed_predicate;

  static constexpr void render(sql_writer& out) {
    std::array<detail::text_operand, 3> operands{
        detail::operand_of<E>(), detail::operand_of<detail::json_path_operand<Path>>(), detail::operand_of<Value>()};
    if (out.is_postgres()) {
      return detail::render_pattern(
          out, "case jsonb_typeof(~1 #> @2) when 'array' then (~1 #> @2) @> to_jsonb(@3) else false end", operands);
    }
    bool const qualified = out.enter();  // json_each has columns of its own
    detail::render_pattern(
        out,
        "exists (select 1 from json_each(case json_type(@1, @2) when 'array' then json_extract(@1, @2) else '[]' end) "
        "as item where item.type ",
        operands);
    using value = typename Value::value_type;
    if constexpr (std::same_as<value, bool>) {
      detail::render_pattern(out, "= case ~3 when 1 then 'true' else 'false' end)", operands);
    } else {
      out.text(std::same_as<value, std::string> ? "= 'text'" : "in ('integer', 'real')");
      detail::render_pattern(out, " and item.value = ~3)", operands);
    }
    out.leave(qualified);
  }
};

/// Rows whose JSON has an array at the path with the value, a text, number or bool, in it. For a list of text
/// column.has() can be used, too.
template <fixed_string Path = "$", class X, class V>
[[nodiscard]] constexpr auto json_contains(X&& operand, V&& value) {
  constexpr bool known = !detail::is_operand<V> && !std::is_void_v<detail::own_storage_t<V>>;
  static_assert(known,
                "forge_db: json_contains() requires text, a number or a bool as the value; convert other values");
  if constexpr (detail::check_json_read<Path, X>() && known) {
    auto node = detail::bound<true>(std::forward<V>(value));
    return json_array_has<Path, detail::node_for<X>, decltype(node)>(detail::node_of(std::forward<X>(operand)),
                                                                     std::move(node));
  }
}

}  // namespace forge_db
