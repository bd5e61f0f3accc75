// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/json.hpp>
#include <forge_db/query/aggregate.hpp>
#include <forge_db/query/functions/condition_value.hpp>
#include <forge_db/query/functions/function.hpp>
#include <forge_db/query/functions/json_path.hpp>
#include <forge_db/query/functions/json_sink.hpp>
#include <forge_db/schema/codec_json.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

// JSON made of values, of a row's or of a group's. Statements throw invalid_value when they run with text for it that
// is not UTF-8, given as a value or in an expression.
namespace forge_db {

namespace detail {

/// How a value becomes JSON.
enum class json_form { plain, truth, letter, word, decimal, nested, none };

template <class Storage>
consteval json_form json_form_of() {
  if (is_json_storage<Storage>) return json_form::nested;
  if (std::same_as<Storage, storage::boolean>) return json_form::truth;
  if (std::same_as<Storage, storage::boolean_letter>) return json_form::letter;
  if (std::same_as<Storage, storage::boolean_text>) return json_form::word;
  if (std::same_as<Storage, storage::decimal_scaled>) return json_form::decimal;
  bool const plain = std::same_as<Storage, storage::text> || std::same_as<Storage, storage::integer> ||
                     std::same_as<Storage, storage::real> || std::same_as<Storage, storage::enum_text> ||
                     std::same_as<Storage, storage::uuid_text36> || std::same_as<Storage, storage::date_text>;
  return plain ? json_form::plain : json_form::none;
}

/// The pattern of a decimal of Scale as a JSON number, with all its digits: SQLite keeps it times 10 to the scale.
template <int Scale>
struct json_decimal_text {
  static constexpr auto made = [] {
    std::array<char, 256> text{};
    std::size_t size = 0;
    auto const add = [&](std::string_view piece) {
      for (char const c : piece) text[size++] = c;
    };
    auto const add_one = [&] {
      add("1");
      for (int i = 0; i < Scale; ++i) add("0");
    };
    add("json(case when ~1 is not null then printf('%s%d.%0");
    if (Scale >= 10) add("1");
    text[size++] = static_cast<char>('0' + Scale % 10);
    add("d', case when ~1 < 0 then '-' else '' end, abs(~1 / ");
    add_one();
    add("), abs(~1 % ");
    add_one();
    add(")) end)");
    return std::pair(text, size);
  }();
  static constexpr std::string_view sqlite{made.first.data(), made.second};
};

/// What goes into JSON. Text that is given anywhere in it has to be UTF-8 when the statement runs; what a column holds
/// is not looked at.
template <class Self, expression E>
struct json_operand : composed<Self, E> {
  using composed<Self, E>::composed;

  template <class Sink>
  void bind(Sink& sink, int& index) const {
    if constexpr (std::same_as<typename E::storage_type, storage::text>) {
      json_sink<Sink> checked(sink);
      composed<Self, E>::bind(checked, index);
    } else {
      composed<Self, E>::bind(sink, index);
    }
  }
};

/// The name of a member.
template <expression E>
struct json_name_node : json_operand<json_name_node<E>, E> {
  using json_operand<json_name_node, E>::json_operand;
  using value_type = typename E::value_type;
  using storage_type = typename E::storage_type;

  static constexpr void render(sql_writer& out) { E::render(out); }
};

/// A value of a row as JSON: NULL as `null`, decimals as numbers, enums, uuids and dates as text.
template <expression E>
struct json_value_node : json_operand<json_value_node<E>, E> {
  using json_operand<json_value_node, E>::json_operand;
  using value_type = json;
  using storage_type = storage::json_text;
  static constexpr json_form form = json_form_of<typename E::storage_type>();
  static_assert(
      form != json_form::none,
      "forge_db: JSON requires text, numbers, bools, enums, uuids, dates as text, or JSON; cast what is none");

  static constexpr void render(sql_writer& out) {
    if (out.is_postgres()) return E::render(out);
    if constexpr (form == json_form::decimal) {
      if constexpr (E::value_type::scale > 0) {
        std::array<text_operand, 1> operands{operand_of<E>()};
        return render_pattern(out, json_decimal_text<E::value_type::scale>::sqlite, operands);
      }
    }
    constexpr bool in_json = form != json_form::plain && form != json_form::decimal;
    constexpr std::string_view cases[] = {"",
                                          " when 1 then 'true' when 0 then 'false' end)",
                                          " when 'Y' then 'true' when 'N' then 'false' end)",
                                          " when 'true' then 'true' when 'false' then 'false' end)",
                                          "",
                                          ")"};
    if (in_json) out.text(form == json_form::nested ? "json(" : "json(case ");
    render_operand_of<E, 9>(out);
    out.text(cases[static_cast<std::size_t>(form)]);
  }
};

template <class X>
using json_node_for = json_value_node<node_for<X>>;
template <class X>
constexpr auto json_node(X&& operand) {
  return json_node_for<X>(node_of(std::forward<X>(operand)));
}

}  // namespace detail

/// `[a, b, ...]` of values of a row.
template <expression... Values>
struct json_array_of : detail::composed<json_array_of<Values...>, Values...> {
  using detail::composed<json_array_of, Values...>::composed;
  using value_type = json;
  using storage_type = storage::json_text;

  static constexpr void render(sql_writer& out) {
    sql_separator separate(", ", out.is_postgres() ? "jsonb_build_array(" : "json_array(");
    ((separate(out), Values::render(out)), ...);
    out.text(")");
  }
  template <class>
  static consteval bool is_nullable() {
    return false;
  }
};

/// `{"name": a, ...}` of values of a row.
template <class Names, expression... Values>
struct json_object_of;

namespace detail {
template <fixed_string... Names>
struct json_names {};

template <fixed_string Name>
consteval bool is_json_name() {
  for (char const c : Name.view()) {
    if (c == '\'' || static_cast<unsigned char>(c) < ' ') return false;
  }
  return true;
}
}  // namespace detail

template <fixed_string... Names, expression... Values>
struct json_object_of<detail::json_names<Names...>, Values...>
    : detail::composed<json_object_of<detail::json_names<Names...>, Values...>, Values...> {
  using detail::composed<json_object_of, Values...>::composed;
  using value_type = json;
  using storage_type = storage::json_text;

  static constexpr void render(sql_writer& out) {
    sql_separator separate(", ", out.is_postgres() ? "jsonb_build_object(" : "json_object(");
    ((separate(out), render_member(out, Names, &Values::render)), ...);
    out.text(")");
  }
  template <class>
  static consteval bool is_nullable() {
    return false;
  }

 private:
  static constexpr void render_member(sql_writer& out, std::string_view name, void (*value)(sql_writer&)) {
    out.text("'");
    out.text(name);
    out.text("', ");
    value(out);
  }
};

/// `json_object<"id", "title">(books::id, books::title)`: an object of values of the row, NULLs as `null`.
template <fixed_string... Names, class... Xs>
[[nodiscard]] constexpr auto json_object(Xs&&... values) {
  constexpr bool good = sizeof...(Xs) > 0 && sizeof...(Names) == sizeof...(Xs) && (detail::is_operand<Xs> && ...);
  static_assert(good,
                "forge_db: json_object() requires one name for each of its columns and expressions; name the others");
  static_assert((detail::is_json_name<Names>() && ...),
                "forge_db: json_object() requires names without quotes and control characters; rename it");
  if constexpr (good) {
    return json_object_of<detail::json_names<Names...>, detail::json_node_for<Xs>...>(
        detail::json_node(std::forward<Xs>(values))...);
  }
}

/// An array of values of the row.
template <class... Xs>
[[nodiscard]] constexpr auto json_array(Xs&&... values) {
  constexpr bool good = sizeof...(Xs) > 0 && (detail::is_operand<Xs> && ...);
  static_assert(good, "forge_db: json_array() requires columns and expressions; make values expressions by val()");
  if constexpr (good) {
    return json_array_of<detail::json_node_for<Xs>...>(detail::json_node(std::forward<Xs>(values))...);
  }
}

/// An array of a value of all rows, NULLs as `null`, in no order that is promised; `[]` without rows.
template <expression Value>
struct json_agg_of : detail::aggregate_call<json_agg_of<Value>, Value> {
  using detail::aggregate_call<json_agg_of, Value>::aggregate_call;
  using value_type = json;
  using storage_type = storage::json_text;
  static constexpr bool counts = true;  // never NULL
  static constexpr std::string_view postgres_before = "coalesce(";
  static constexpr std::string_view postgres_cast = ", '[]')";

  static constexpr void render_call(sql_writer& out) {
    out.text(out.is_postgres() ? "jsonb_agg(" : "json_group_array(");
    Value::render(out);
    out.text(")");
  }
  template <class>
  static consteval bool is_nullable() {
    return false;
  }
};

/// An object of a name and a value of all rows; `{}` without rows.
template <expression Name, expression Value>
struct json_object_agg_of : detail::aggregate_call<json_object_agg_of<Name, Value>, Name, Value> {
  using detail::aggregate_call<json_object_agg_of, Name, Value>::aggregate_call;
  using value_type = json;
  using storage_type = storage::json_text;
  static constexpr bool counts = true;
  static constexpr std::string_view postgres_before = "coalesce(";
  static constexpr std::string_view postgres_cast = ", '{}')";

  static constexpr void render_call(sql_writer& out) {
    out.text(out.is_postgres() ? "jsonb_object_agg(" : "json_group_object(");
    Name::render(out);
    out.text(", ");
    Value::render(out);
    out.text(")");
  }
  template <class>
  static consteval bool is_nullable() {
    return false;
  }
};

template <class X>
[[nodiscard]] constexpr auto json_agg(X&& value) {
  static_assert(detail::is_operand<X>, "forge_db: json_agg() requires a column or an expression; name one");
  if constexpr (detail::is_operand<X>) {
    return json_agg_of<detail::json_node_for<X>>(detail::json_node(std::forward<X>(value)));
  }
}

/// Names have to be text that is not NULL and different in each group: of a name that comes twice SQLite keeps both
/// members, PostgreSQL one.
template <class Name, class X>
[[nodiscard]] constexpr auto json_object_agg(Name&& name, X&& value) {
  constexpr bool good = detail::is_text<Name> && detail::is_operand<X>;
  static_assert(good,
                "forge_db: json_object_agg() requires a text column for the names, and one for the values; cast the "
                "name to std::string");
  if constexpr (good) {
    using name_node = detail::json_name_node<detail::node_for<Name>>;
    return json_object_agg_of<name_node, detail::json_node_for<X>>(name_node(detail::node_of(std::forward<Name>(name))),
                                                                   detail::json_node(std::forward<X>(value)));
  }
}

}  // namespace forge_db
