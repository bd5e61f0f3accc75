// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/core/json.hpp>
#include <forge_db/query/functions/json_build.hpp>
#include <forge_db/query/functions/json_read.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

// JSON with a part set or taken out. Text that is put into it is UTF-8, as in json_build.hpp. PostgreSQL's jsonb keeps
// values, not spacing and not the order of members.
namespace forge_db {

namespace detail {

// Operands: the JSON, the path, its parent, the value. Where the parent is no object nothing is changed: the dialects
// would disagree about whether it is made.
struct json_set_text {
  static constexpr std::string_view sqlite =
      "case when json_type(@1, @2) = 'object' then json_set(@1, @3, @4) else json(@1) end";
  static constexpr std::string_view postgres =
      "case jsonb_typeof(~1 #> @2) when 'object' then jsonb_set(@1, @3, coalesce(to_jsonb(@4), 'null')) else @1 end";
};
struct json_insert_text {
  static constexpr std::string_view sqlite =
      "case when json_type(@1, @2) = 'object' then json_insert(@1, @3, @4) else json(@1) end";
  static constexpr std::string_view postgres =
      "case when jsonb_typeof(~1 #> @2) = 'object' and (~1 #> @3) is null then jsonb_set(@1, @3, "
      "coalesce(to_jsonb(@4), 'null')) else @1 end";
};
struct json_replace_text {
  static constexpr std::string_view sqlite =
      "case when json_type(@1, @2) = 'object' then json_replace(@1, @3, @4) else json(@1) end";
  static constexpr std::string_view postgres =
      "case jsonb_typeof(~1 #> @2) when 'object' then jsonb_set(@1, @3, coalesce(to_jsonb(@4), 'null'), false) else @1 "
      "end";
};
struct json_remove_member_text {
  static constexpr std::string_view sqlite =
      "case when json_type(@1, @2) = 'object' then json_remove(@1, @3) else json(@1) end";
  static constexpr std::string_view postgres = "case jsonb_typeof(~1 #> @2) when 'object' then ~1 #- @3 else @1 end";
};
struct json_remove_element_text {
  static constexpr std::string_view sqlite =
      "case when json_type(@1, @2) = 'array' then json_remove(@1, @3) else json(@1) end";
  static constexpr std::string_view postgres = "case jsonb_typeof(~1 #> @2) when 'array' then ~1 #- @3 else @1 end";
};
struct json_append_text {
  static constexpr std::string_view sqlite =
      "case when json_type(@1, @2) = 'array' then json_insert(@1, @2 || '[#]', @3) else json(@1) end";
  static constexpr std::string_view postgres =
      "case jsonb_typeof(~1 #> @2) when 'array' then jsonb_set(@1, @2, (~1 #> @2) || jsonb_build_array(@3)) else @1 "
      "end";
};
struct json_append_to_all_text {
  static constexpr std::string_view sqlite =
      "case when json_type(@1, @2) = 'array' then json_insert(@1, @2 || '[#]', @3) else json(@1) end";
  static constexpr std::string_view postgres =
      "case jsonb_typeof(~1 #> @2) when 'array' then ~1 || jsonb_build_array(@3) else @1 end";
};

/// Values that can be put into JSON: of a row, or text, numbers, bools and JSON.
template <class V>
inline constexpr bool is_json_value =
    is_operand<V> || !std::is_void_v<own_storage_t<V>> || std::same_as<std::remove_cvref_t<V>, json>;

template <class V>
constexpr auto json_value_of(V&& value) {
  if constexpr (is_operand<V>) {
    return json_node(std::forward<V>(value));
  } else if constexpr (std::same_as<std::remove_cvref_t<V>, json>) {
    return json_node(bound_value<json, storage::json_text, true>(std::in_place, std::forward<V>(value)));
  } else {
    return json_node(bound<true>(std::forward<V>(value)));
  }
}

template <class Text, fixed_string Path, class X, class... V>
constexpr auto change_json(X&& operand, V&&... value) {
  return call<Text, json, storage::json_text>(node_of(std::forward<X>(operand)), json_path_operand<Path, true>{},
                                              json_path_operand<Path>{}, json_value_of(std::forward<V>(value))...);
}

template <fixed_string Path, class X, class V>
consteval bool check_json_change() {
  static_assert(names_json_member(Path) || !is_json_path(Path),
                "forge_db: a change of JSON requires a path that ends in a name; json_append() adds to an array");
  static_assert(
      is_json_value<V>,
      "forge_db: a change of JSON requires text, a number, a bool, JSON or a column as value; convert other values");
  return check_json_read<Path, X>() && names_json_member(Path) && is_json_value<V>;
}

}  // namespace detail

/// JSON with the member at the path set, added if it is not there: `json_set<"$.theme">(members::settings, "dark")`.
/// Where what is around it is no object, nothing changes. The statement throws invalid_value when it runs if text that
/// is given, as the value or within an expression of text, is not UTF-8 then; text of columns is taken as it is.
template <fixed_string Path, class X, class V>
[[nodiscard]] constexpr auto json_set(X&& operand, V&& value) {
  if constexpr (detail::check_json_change<Path, X, V>()) {
    return detail::change_json<detail::json_set_text, Path>(std::forward<X>(operand), std::forward<V>(value));
  }
}
/// As json_set(), but a member that is there stays as it is.
template <fixed_string Path, class X, class V>
[[nodiscard]] constexpr auto json_insert(X&& operand, V&& value) {
  if constexpr (detail::check_json_change<Path, X, V>()) {
    return detail::change_json<detail::json_insert_text, Path>(std::forward<X>(operand), std::forward<V>(value));
  }
}
/// As json_set(), but a member that is not there is not added.
template <fixed_string Path, class X, class V>
[[nodiscard]] constexpr auto json_replace(X&& operand, V&& value) {
  if constexpr (detail::check_json_change<Path, X, V>()) {
    return detail::change_json<detail::json_replace_text, Path>(std::forward<X>(operand), std::forward<V>(value));
  }
}

/// JSON without the member or element at the path.
template <fixed_string Path, class X>
[[nodiscard]] constexpr auto json_remove(X&& operand) {
  static_assert(detail::names_json_part(Path) || !detail::is_json_path(Path),
                "forge_db: json_remove() requires a path to a part; all of it is no JSON any more");
  if constexpr (detail::check_json_read<Path, X>() && detail::names_json_part(Path)) {
    using text = std::conditional_t<detail::names_json_member(Path), detail::json_remove_member_text,
                                    detail::json_remove_element_text>;
    return detail::change_json<text, Path>(std::forward<X>(operand));
  }
}

/// JSON with a value more at the end of the array at the path. What is no array stays as it is. The statement throws
/// invalid_value as with json_set().
template <fixed_string Path = "$", class X, class V>
[[nodiscard]] constexpr auto json_append(X&& operand, V&& value) {
  static_assert(
      detail::is_json_value<V>,
      "forge_db: json_append() requires text, a number, a bool, JSON or a column as its value; convert other values");
  if constexpr (detail::check_json_read<Path, X>() && detail::is_json_value<V>) {
    using text =
        std::conditional_t<detail::names_json_part(Path), detail::json_append_text, detail::json_append_to_all_text>;
    return detail::call<text, json, storage::json_text>(detail::node_of(std::forward<X>(operand)),
                                                        detail::json_path_operand<Path>{},
                                                        detail::json_value_of(std::forward<V>(value)));
  }
}

namespace detail {

/// Not constexpr: a text for PostgreSQL cannot be made, and the compiler says so with this name.
inline void json_merge_patch_is_not_supported_on_postgres() {
  throw not_supported("forge_db: json_merge_patch() is not supported on PostgreSQL; use json_set() and json_remove()");
}

}  // namespace detail

/// RFC 7396: `patch` laid over the JSON, members that are null in it taken out. SQLite only: PostgreSQL has no such
/// function, and a statement with it does not compile for it.
template <expression E, expression Patch>
struct json_merged : detail::composed<json_merged<E, Patch>, E, Patch> {
  using detail::composed<json_merged, E, Patch>::composed;
  using value_type = json;
  using storage_type = storage::json_text;

  static constexpr void render(sql_writer& out) {
    if (out.is_postgres()) detail::json_merge_patch_is_not_supported_on_postgres();
    out.text("json_patch(");
    E::render(out);
    out.text(", ");
    Patch::render(out);
    out.text(")");
  }
};

template <class X, class P>
[[nodiscard]] constexpr auto json_merge_patch(X&& operand, P&& patch) {
  constexpr bool known = detail::is_json_operand<P>() || std::same_as<std::remove_cvref_t<P>, json>;
  static_assert(known, "forge_db: json_merge_patch() requires JSON as its patch; json::parse() makes it of text");
  if constexpr (detail::check_json_read<"$", X>() && known) {
    auto node = [&] {
      if constexpr (detail::is_operand<P>) {
        return detail::node_of(std::forward<P>(patch));
      } else {
        return detail::bound_value<json, storage::json_text, true>(std::in_place, std::forward<P>(patch));
      }
    }();
    return json_merged<detail::node_for<X>, decltype(node)>(detail::node_of(std::forward<X>(operand)), std::move(node));
  }
}

}  // namespace forge_db
